"""The jobs that this process has in hand, and how it lets go of them when it stops."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

_GRACE = 0.5  # seconds that jobs in hand have before what can be cut is cut


class JobFailed(Exception):
    """What the engine records of a job that failed; the work's own record knows more."""


class Hands:
    """The jobs in hand, at most so many of each kind at once, and how far the stop has come: working, draining (nothing
    new), left (nothing counts)."""

    def __init__(self, most: Mapping[str, int]) -> None:
        self.draining = False
        self._most = most
        self._busy: dict[str, str] = {}  # kinds by job id
        self._let_go: set[str] = set()
        self._changed = threading.Condition()
        self._left = threading.Event()

    @property
    def left(self) -> bool:
        return self._left.is_set()

    @property
    def busy(self) -> bool:
        """Whether any job is in hand."""
        return bool(self._busy)

    def leaving_within(self, seconds: float) -> bool:
        """Waits some seconds; whether everything was left meanwhile."""
        return self._left.wait(seconds)

    @contextmanager
    def on(self, job_id: str, kind: str) -> Iterator[None]:
        """Holds a job, once there is room: the engine, which counts those that have begun, may take one too many. One
        that comes while the hands drain is held back until all is left, so that it stays queued."""
        with self._changed:
            self._changed.wait_for(lambda: self.draining or self._has_room(kind))
            if not self.draining:
                self._busy[job_id] = kind
        if job_id not in self._busy:
            self._left.wait()
            raise JobFailed("The server stopped before the job began; it is done after the next start")
        try:
            yield
        finally:
            with self._changed:
                self._busy.pop(job_id, None)
                self._changed.notify_all()

    def let_go(self, job_id: str) -> None:
        """Gives up a job that can't end, if all stops: its thread stays here until all is left, so that nothing is
        recorded of it, and it is done again after the next start."""
        with self._changed:
            if not self.draining:
                return
            self._let_go.add(job_id)
            self._busy.pop(job_id, None)
            self._changed.notify_all()
        self._left.wait()

    def drained(self, seconds: float, cut: Callable[[], None] | None = None) -> list[str]:
        """Takes no more, waits until all is done or the time is up, and says which jobs ended meanwhile. `cut` is
        called after a short while, if there still are any."""
        with self._changed:
            self.draining = True
            self._changed.notify_all()
            held = set(self._busy)
            self._changed.wait_for(lambda: not self._busy, min(_GRACE, seconds))
        if self._busy and cut is not None:
            cut()
        with self._changed:
            self._changed.wait_for(lambda: not self._busy, max(0.0, seconds - _GRACE))
            return sorted(held - set(self._busy) - self._let_go)

    def _has_room(self, kind: str) -> bool:
        return Counter(self._busy.values())[kind] < self._most.get(kind, 1)

    def leave(self) -> None:
        """From here on nothing that a job does is recorded."""
        self._left.set()


class _OwnFailures(logging.Filter):
    """Drops the engine's lines on jobs whose failure has been logged and told already."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], JobFailed))


def quieten() -> None:
    """The engine's own lines go the way of all others, from warnings up; with a handler it adds none of its own."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    if not any(isinstance(one, _OwnFailures) for one in logger.filters):
        logger.addFilter(_OwnFailures())
