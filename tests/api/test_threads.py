"""Requests are carried out beside the event loop, with what is known of their caller."""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar

import pytest

from nunatak.api.threads import Threads

CALLER: ContextVar[str] = ContextVar("caller")


def test_a_call_is_made_in_another_thread_with_its_callers_context() -> None:
    async def asked() -> tuple[str, str, int]:
        CALLER.set("me")
        return await Threads().run(lambda given: (CALLER.get(), given, threading.get_ident()), "it")

    caller, given, thread = asyncio.run(asked())
    assert (caller, given) == ("me", "it")
    assert thread != threading.get_ident()


def test_what_is_raised_comes_back() -> None:
    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(Threads().run(fails))


def test_forty_calls_may_wait_at_once() -> None:
    async def met() -> None:
        threads, all_here = Threads(), threading.Barrier(40)
        await asyncio.gather(*(threads.run(all_here.wait, 20) for _ in range(40)))

    asyncio.run(met())
