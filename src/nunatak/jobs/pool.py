"""A pool of processes for work that would hold the interpreter: a crash or a hang costs one call and one process."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

from nunatak.jobs.worker import Answer, Terms

T = TypeVar("T")
_log = logging.getLogger(__name__)
# A plain interpreter, not multiprocessing's: that one runs the server's main module again in every child.
_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from nunatak.jobs.worker import serve; serve({})"


class WorkerDied(Exception):
    """The process that made the call is gone: it crashed, ran out of memory, was killed, or the pool was stopped."""


class WorkerTimeout(Exception):
    """The call took longer than it may; its process was ended."""


class Pool:
    """`workers` processes that each make one call at a time. Safe to use from many threads.

    `warm` is a function that each process calls first, `memory_mb` bounds its address space; a process is replaced
    after `tasks_per_worker` calls, or when it keeps more than `resident_mb` in memory after one.
    """

    def __init__(
        self,
        workers: int,
        *,
        warm: Callable[[], object] | None = None,
        memory_mb: int | None = None,
        tasks_per_worker: int = 500,
        resident_mb: int = 140,
    ) -> None:
        self._size = workers
        self._terms = Terms(warm=warm, memory_mb=memory_mb, tasks=tasks_per_worker, resident_mb=resident_mb)
        self._free: queue.LifoQueue[_Worker | WorkerDied] = queue.LifoQueue()
        self._wanted: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._stopped = False
        self._keeper: threading.Thread | None = None

    def start(self) -> None:
        """Starts the processes, and returns at once; calls wait until one is ready."""
        # Linux ends a process with the thread that started it, so one thread that stays starts them all.
        self._keeper = threading.Thread(target=self._keep, name="pool-keeper", daemon=True)
        self._keeper.start()
        for _ in range(self._size):
            self._wanted.put(True)

    def stop(self) -> None:
        """Ends all processes; calls under way raise WorkerDied."""
        with self._lock:
            self._stopped = True
        self._wanted.put(False)
        if self._keeper is not None:
            self._keeper.join()
        for worker in list(self._all):
            worker.kill()  # whoever waits for its answer hears that it died, and closes its line
        with contextlib.suppress(queue.Empty):
            while isinstance(idle := self._free.get_nowait(), _Worker):
                self._dismiss(idle)
        self._free.put(WorkerDied("The pool was stopped"))

    def run(self, function: Callable[..., T], *args: object, timeout: float | None = None) -> T:
        """What `function(*args)` returns or raises in a process of the pool; function, arguments and result must
        pickle. Waits for a free process, then at most `timeout` seconds. Raises WorkerDied, WorkerTimeout.
        """
        call = bytes(ForkingPickler.dumps((function, args)))
        worker = self._taken()
        leaving = True
        try:
            answer = worker.ask(call, timeout)
            leaving = answer.leaving
        finally:
            self._returned(worker, leaving=leaving)
        if answer.error is not None:
            raise answer.error
        return answer.value  # type: ignore[no-any-return] # it's what the function returned

    def processes(self) -> list[int]:
        """The process ids of the workers there are now."""
        with self._lock:
            return [worker.pid for worker in self._all]

    def _taken(self) -> _Worker:
        """A free worker that lives; one that died while it was idle harmed no call and is replaced quietly."""
        for _ in range(self._size + 2):
            worker = self._free.get()
            if isinstance(worker, WorkerDied):
                self._pass_on(worker)
                raise worker
            if worker.lives:
                return worker
            self._returned(worker, leaving=True)
        raise WorkerDied("No worker process starts; the log says why")

    def _pass_on(self, failure: WorkerDied) -> None:
        """The next in line hears that the pool was stopped, too; after any other failure a new start is tried."""
        if self._stopped:
            self._free.put(failure)
        else:
            self._wanted.put(True)

    def _returned(self, worker: _Worker, *, leaving: bool) -> None:
        if leaving:
            self._dismiss(worker)
            self._wanted.put(True)
        else:
            self._free.put(worker)

    def _dismiss(self, worker: _Worker) -> None:
        worker.close()
        with self._lock:
            self._all.discard(worker)

    def _keep(self) -> None:
        while self._wanted.get():
            with self._lock:
                if self._stopped:
                    return
                try:
                    worker = _Worker(self._terms)
                except OSError as error:
                    _log.exception("A worker process could not be started")
                    self._free.put(WorkerDied(f"A worker process could not be started: {error}"))
                    continue
                self._all.add(worker)
            self._free.put(worker)


class _Worker:
    """One process and the line to it."""

    def __init__(self, terms: Terms) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM.format(theirs.fileno()), json.dumps(sys.path)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
            )
        self._line: Connection[Any, Any] = Connection(ours.detach())
        self._clock = threading.Lock()
        self._asked = False
        self._late = False
        with contextlib.suppress(OSError):
            self._line.send((os.getpid(), terms))

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, call: bytes, timeout: float | None) -> Answer:
        """The answer to one call. The clock kills the process, so neither writing nor reading can hang."""
        self._asked = True
        try:
            with self._timed(timeout):
                self._line.send_bytes(call)
                answer: Answer = self._line.recv()
                return answer
        except (EOFError, OSError):
            raise self._reason(timeout) from None

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        """Ends the process at once and forgets it; only for who holds the worker."""
        self._process.kill()
        self._process.wait()
        self._line.close()

    @contextlib.contextmanager
    def _timed(self, timeout: float | None) -> Iterator[None]:
        if timeout is None:
            yield
            return
        timer = threading.Timer(timeout, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            with self._clock:  # a timer that runs already must not end the next call
                self._asked = False

    def _expire(self) -> None:
        with self._clock:
            if self._asked:
                self._late = True
                self._process.kill()

    def _reason(self, timeout: float | None) -> WorkerDied | WorkerTimeout:
        if self._late:
            return WorkerTimeout(f"The call took longer than {timeout:g} seconds and was ended")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.returncode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with code {code}"
        return WorkerDied(f"The worker process ended {how} before it answered")
