"""The entrance: how many may be signing in at once, and how often somebody may fail."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nunatak.core.errors import Busy, TooMany
from nunatak.services.counts import Counts, OwnCounts
from nunatak.web.answers import refused

# Where credentials are taken: each try costs memory and time on purpose, so that guessing costs the guesser.
DOORS = re.compile(r"/session(?:/[^/]*)*|/sign-in|/s/[^/]+/enter|/oauth/token")
_FAILED = (400, 401, 403)
_MINUTE = 60  # seconds


class Entrance:
    """ASGI middleware: at most so many requests to sign in are worked on at once in this process, and each address may
    fail so often a minute, in this process or wherever `counts` are kept; 0 is no bound. What is more is answered 429,
    and 503 while the counts can't be read."""

    def __init__(self, app: ASGIApp, *, at_once: int = 0, failures: int = 0, counts: Counts | None = None) -> None:
        self._app = app
        self._at_once = at_once
        self._inside = 0
        self._failures = failures
        self._counts = counts or OwnCounts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not DOORS.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        if self._at_once and self._inside >= self._at_once:
            await refused(TooMany("Too many are signing in; try again", seconds=1))(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._let_in(scope, receive, send)
        finally:
            self._inside -= 1

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = f"sign-in/{_address(scope)}"
        try:
            refusal = await run_in_threadpool(self._held, name) if self._failures else None
        except Busy as busy:
            refusal = busy
        if refusal is not None:
            await refused(refusal)(scope, receive, send)
            return
        await self._app(scope, receive, self._counting(name, send) if self._failures else send)

    def _held(self, name: str) -> TooMany | Busy | None:
        failed, end = self._counts.counted(name)
        if failed < self._failures:
            return None
        return TooMany("Too many tries failed; wait a minute", seconds=max(1, math.ceil(end - time.time())))

    def _counting(self, name: str, send: Send) -> Send:
        """Sends, and counts what failed; the answer goes out whether it can be counted or not."""

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _FAILED:
                with suppress(Busy):
                    await run_in_threadpool(self._counts.count, name, _MINUTE)
            await send(message)

        return counted


def _address(scope: Mapping[str, object]) -> str:
    """Whose failures are counted together: of IPv6 the first half, for whoever has one address has all of its net."""
    client = scope.get("client")
    told = str(client[0]) if isinstance(client, list | tuple) else ""
    try:
        address = ip_address(told.partition("%")[0])
    except ValueError:
        return told[:64]
    if isinstance(address, IPv4Address):
        return told
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
