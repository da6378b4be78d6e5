"""Functions that the pool's tests call in other processes."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import time
from pathlib import Path

from nunatak.core.errors import Invalid

WARMED: list[str] = []


def warm() -> None:
    WARMED.append("warm")


def warmed() -> list[str]:
    return WARMED


def looked_through(count: int) -> int:
    """How often new objects are looked through for cycles while so many are made."""
    before = sum(one["collections"] for one in gc.get_stats())
    made = [[] for _ in range(count)]  # type: ignore[var-annotated]
    assert len(made) == count
    return sum(one["collections"] for one in gc.get_stats()) - before


def add(a: int, b: int) -> int:
    return a + b


def whoami() -> int:
    return os.getpid()


def parent() -> int:
    return os.getppid()


def refuse(word: str) -> None:
    raise Invalid(f"no {word}", ("body.x: wrong",))


class Awkward(Exception):
    """Pickles, and can't be made again from what was pickled."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


def raise_awkward() -> None:
    raise Awkward("first", "second")


def unpicklable() -> object:
    return lambda: None


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(3)


def nap(seconds: float, started: str = "") -> str:
    if started:
        Path(started).write_text(str(os.getpid()))
    time.sleep(seconds)
    return "slept"


def hold_the_interpreter(seconds: int, started: str) -> None:
    """Sleeps inside C without letting any other thread run, as a rasterizer does."""
    Path(started).write_text(str(os.getpid()))
    ctypes.PyDLL(None).sleep(seconds)


def take(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def keep(megabytes: int) -> int:
    WARMED.append("x" * (megabytes << 20))
    return os.getpid()


def size(data: bytes) -> int:
    return len(data)


def loaded(module: str) -> bool:
    return module in sys.modules


def main_module() -> str:
    return str(getattr(sys.modules["__main__"], "__file__", "none"))
