"""Refusals in the log: enough to see what happens, and too few to bury what else is there."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

_EVERY = timedelta(minutes=10)  # the same refusal is told again, with how many there were meanwhile
_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 120  # entries of refusals in one organization's log, of one process
_HELD = 10_000
Key = tuple[str, ...]


class Refusals:
    """Which refusals are told: each the first time, the same again after a while, and so many an hour for an
    organization. What is held is bounded, whatever is asked."""

    def __init__(self) -> None:
        self._same: OrderedDict[Key, tuple[datetime, int]] = OrderedDict()
        self._hours: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, organization_id: str, key: Key, now: datetime) -> int | None:
        """How many of these there were since one was told, this one too; None for one that isn't told."""
        with self._lock:
            since, untold = self._same.get((organization_id, *key), (None, 0))
            begun, told = self._hours.get(organization_id, (now, 0))
            begun, told = (now, 0) if now - begun >= _HOUR else (begun, told)
            is_told = (since is None or now - since >= _EVERY) and told < MOST_AN_HOUR
            self._same[organization_id, *key] = (now, 0) if is_told else (since or now - _EVERY, untold + 1)
            self._hours[organization_id] = (begun, told + is_told)
            for held in (self._same, self._hours):
                while len(held) > _HELD:
                    held.popitem(last=False)
            return untold + 1 if is_told else None
