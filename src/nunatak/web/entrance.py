"""The entrance: how many may be signing in at once, and how often somebody may fail."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nunatak.core.errors import TooMany
from nunatak.web.answers import refused

# Where credentials are taken: each try costs memory and time on purpose, so that guessing costs the guesser.
DOORS = re.compile(r"/session(?:/[^/]*)*|/sign-in|/s/[^/]+/enter|/oauth/token")
_FAILED = (400, 401, 403)


class Entrance:
    """ASGI middleware: at most so many requests to sign in are worked on at once in this process, and each address may
    fail so often a minute; 0 is no bound. What is more is answered 429."""

    def __init__(self, app: ASGIApp, *, at_once: int = 0, failures: int = 0) -> None:
        self._app = app
        self._at_once = at_once
        self._inside = 0
        self._failures = RateLimitItemPerMinute(failures) if failures else None
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not DOORS.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        refusal = self._full(_address(scope))
        if refusal is not None:
            await refused(refusal)(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._app(scope, receive, self._counting(_address(scope), send))
        finally:
            self._inside -= 1

    def _full(self, address: str) -> TooMany | None:
        if self._at_once and self._inside >= self._at_once:
            return TooMany("Too many are signing in; try again", seconds=1)
        if self._failures is None or self._limiter.test(self._failures, address):
            return None
        end = self._limiter.get_window_stats(self._failures, address).reset_time
        return TooMany("Too many tries failed; wait a minute", seconds=max(1, math.ceil(end - time.time())))

    def _counting(self, address: str, send: Send) -> Send:
        """Sends, and counts what failed."""

        async def counted(message: Message) -> None:
            if self._failures is not None and message["type"] == "http.response.start" and message["status"] in _FAILED:
                self._limiter.hit(self._failures, address)
            await send(message)

        return counted


def _address(scope: Mapping[str, object]) -> str:
    client = scope.get("client")
    return str(client[0]) if isinstance(client, list | tuple) else ""
