"""Ahead of the queue: short work that is begun at once in this process, while its durable job waits for its turn."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

_log = logging.getLogger("nunatak.ahead")


def later(_work: Callable[[], None]) -> bool:
    """Begins nothing: all work waits for its turn in the queue."""
    return False


class Ahead:
    """Begins up to `most` works at once. A work must be one that its job in the queue finds done, or does again: what
    fails here fails without a word to anybody, for the job will say it."""

    def __init__(self, most: int = 2) -> None:
        self._free = threading.Semaphore(most)

    def __call__(self, work: Callable[[], None]) -> bool:
        """Begins a work, unless there are enough under way; whether it did."""
        if not self._free.acquire(blocking=False):
            return False
        threading.Thread(target=self._done, args=(work,), name="ahead", daemon=True).start()
        return True

    def _done(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            _log.info("left to the queue: %s", error)
        finally:
            self._free.release()
