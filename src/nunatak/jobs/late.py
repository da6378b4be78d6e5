"""A pool that starts when it is first asked: for work that most servers never do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from nunatak.jobs.pool import Pool

T = TypeVar("T")


class Late:
    """A pool, started by its first call. Safe to use from many threads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._begun = False
        self._stopped = False

    def run(self, function: Callable[..., T], *args: object, timeout: float | None = None) -> T:
        """As the pool's own; raises WorkerDied, WorkerTimeout."""
        with self._lock:
            if not self._begun and not self._stopped:
                self._begun = True
                self._pool.start()
        return self._pool.run(function, *args, timeout=timeout)

    def stop(self) -> None:
        """Ends the pool, if it ever began; later calls raise WorkerDied."""
        with self._lock:
            self._stopped = True
        self._pool.stop()
