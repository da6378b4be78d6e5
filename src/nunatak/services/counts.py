"""Counts by name, such as of a caller's requests in a minute: this process's own, or those that several share."""

from __future__ import annotations

from typing import Protocol

from limits.storage import MemoryStorage


class Counts(Protocol):
    """Counts by name, each within the seconds that began with its first, whose end is in Unix seconds."""

    def count(self, name: str, seconds: int) -> tuple[int, float]:
        """One more of this name: how many that makes, and their end. Raises Busy while nobody can count."""

    def counted(self, name: str) -> tuple[int, float]:
        """How many there are of this name by now, and their end. Raises Busy while nobody can count."""


class OwnCounts:
    """Counts of this process alone."""

    def __init__(self) -> None:
        self._held = MemoryStorage()

    def count(self, name: str, seconds: int) -> tuple[int, float]:
        """As Counts has it."""
        return self._held.incr(name, seconds), self._held.get_expiry(name)

    def counted(self, name: str) -> tuple[int, float]:
        """As Counts has it."""
        return self._held.get(name), self._held.get_expiry(name)
