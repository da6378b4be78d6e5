"""One look into all queues, where the engine would look into each: its threads wake only for one that holds a job."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

# Seconds between the looks that follow a nudge: whoever queued a job has yet to commit.
_SOON = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032)
_BETWEEN = 0.01  # seconds between two looks into a queue, in which the jobs that the first one took begin
_AWAY = 1.0  # seconds to the next look while the database is away
_UNASKED = 15.0  # seconds after which an engine's thread looks though nobody rang


class Bell:
    """What a thread of the engine waits at between two looks, in the place of its stop event."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._stopped = False

    def ring(self) -> None:
        """Wakes the thread for a look; one that looks already looks once more."""
        self._rung.set()

    def stop(self) -> None:
        """Wakes the thread for good."""
        self._stopped = True
        self._rung.set()

    def is_set(self) -> bool:
        """Whether the thread shall end."""
        return self._stopped

    def wait(self, timeout: float = 0) -> bool:
        """Waits for the bell, and longer than the engine meant to, for it doesn't know that it is called; whether the
        thread shall end."""
        time.sleep(_BETWEEN)
        self._rung.wait(max(timeout, _UNASKED))
        self._rung.clear()
        return self._stopped


class Lookout:
    """Looks into `queues` (jobs at once by kind) every `seconds`, and soon after a `nudge`."""

    def __init__(self, engine: Engine, *, queues: Mapping[str, int], seconds: float) -> None:
        is_shared = engine.dialect.name != "sqlite"  # whose engine has levels of its own
        table = "dbos.workflow_status" if is_shared else "workflow_status"
        self._query = text(f"SELECT DISTINCT queue_name FROM {table} WHERE status = 'ENQUEUED'")
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT") if is_shared else engine
        self._queues, self._seconds = queues, seconds
        self._bells = {kind: Bell() for kind in queues}
        self._nudged = threading.Event()
        self._ended = False
        self._threads: list[threading.Thread] = []

    def begin(self, dbos: Any) -> None:
        """Registers the queues, and starts the engine's own thread for each of them and the look-out."""
        from dbos._queue import queue_worker_thread  # what it starts itself waits at a clock

        for kind, most in self._queues.items():
            queue = dbos.register_queue(kind, worker_concurrency=most, on_conflict="always_update")
            self._start(f"queue-{kind}", queue_worker_thread, self._bells[kind], dbos, queue)
        if self._bells:
            self._start("jobs-lookout", self._look_out)

    def nudge(self) -> None:
        """Says that a job is being queued, or that there is room for one."""
        self._nudged.set()

    def end(self) -> None:
        """Ends all threads, once those that look have looked."""
        self._ended = True
        self._nudged.set()
        for bell in self._bells.values():
            bell.stop()
        for thread in self._threads:
            thread.join()

    def _start(self, name: str, work: Any, *args: Any) -> None:
        self._threads.append(threading.Thread(target=work, args=args, name=name, daemon=True))
        self._threads[-1].start()

    def _look_out(self) -> None:
        waits = iter(_SOON)
        while not self._ended:
            if self._nudged.wait(next(waits, self._seconds)):
                self._nudged.clear()
                waits = iter(_SOON)
            try:
                self._ring()
            except SQLAlchemyError:
                self._nudged.wait(_AWAY)  # the engine's own threads say what is wrong

    def _ring(self) -> None:
        with self._engine.connect() as line:
            found = line.execute(self._query).scalars().all()
        for kind in set(found) & set(self._bells):
            self._bells[kind].ring()
