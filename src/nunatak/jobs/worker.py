"""A worker process: reads calls from a line, makes them, and writes what they returned or raised."""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

from nunatak.jobs.memory import collect_seldom, give_back, keep_freed

_PR_SET_PDEATHSIG = 1
_KEPT_MB = 256  # a worker that holds more than its terms allow leaves after the call anyway


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How a worker works: what it does first, its limits, and when it gives way to a fresh process.

    `memory_mb` bounds the address space; a worker leaves after `tasks` calls, or with more than `resident_mb` in
    memory after one.
    """

    warm: Callable[[], object] | None
    memory_mb: int | None
    tasks: int
    resident_mb: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a call came to, and whether the worker leaves after it."""

    value: Any = None
    error: Exception | None = None
    leaving: bool = False


def serve(descriptor: int) -> None:
    """Works until the line is closed.

    The first message is the parent's process id and the terms, each later one a function and its arguments.
    """
    # Ctrl-C and a service manager's SIGTERM reach the whole group: the server decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    line: Connection[Any, Any] = Connection(descriptor)
    try:
        parent, terms = line.recv()
        _end_with(parent)
        keep_freed(_KEPT_MB)
        _prepare(terms)
        collect_seldom()
        for done in range(1, terms.tasks + 1):
            answer = _answered(line.recv_bytes())
            leaving = (
                done == terms.tasks or isinstance(answer.error, MemoryError) or _keeps_more_than(terms.resident_mb)
            )
            line.send_bytes(_pickled(answer, leaving=leaving))
            if leaving:
                return
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _prepare(terms: Terms) -> None:
    """A failure here is no failure of the calls to come: they say themselves what is wrong."""
    try:
        if terms.memory_mb is not None:
            _limit(terms.memory_mb)
        if terms.warm is not None:
            terms.warm()
    except Exception:
        traceback.print_exc()


def _answered(message: bytes) -> Answer:
    try:
        function, args = pickle.loads(message)
        return Answer(value=function(*args))
    except Exception as error:
        error.add_note(f"In the worker:\n{traceback.format_exc()}")
        return Answer(error=error)


def _pickled(answer: Answer, *, leaving: bool) -> bytes:
    final = Answer(value=answer.value, error=answer.error, leaving=leaving)
    try:
        data = bytes(ForkingPickler.dumps(final))
        if answer.error is not None:
            pickle.loads(data)  # an exception with a constructor of its own may pickle and never come back
        return data
    except Exception:
        told = RuntimeError(f"{type(answer.error or answer.value).__name__} can't be sent: {answer.error}")
        return bytes(ForkingPickler.dumps(Answer(error=told, leaving=leaving)))


def _limit(megabytes: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _keeps_more_than(megabytes: int) -> bool:
    """Whether so much is in memory, also after what was freed has been given back: giving it back after each call, to
    fault it in again in the next, takes a tenth of a picture's time."""
    if sys.platform != "linux" or _resident() <= megabytes:
        return False
    give_back()
    return _resident() > megabytes


def _resident() -> int:
    """Megabytes in memory."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20


def _end_with(parent: int) -> None:
    """Makes this process end when its parent does, however the parent ends and whatever this process is doing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        os._exit(0)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)
