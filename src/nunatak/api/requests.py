"""Every request has an id and a line in the log; a fault of ours is told by that id and nothing else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nunatak.api import wire
from nunatak.api.icepanel.errors import unexpected

# What the log says of a client that left before its request was whole; no client ever sees it.
LEFT = 499
_USABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")


Told = Callable[[str, int, float], None]  # of a request: its operation, its status, and the seconds it took


class Requests:
    """ASGI middleware. A caller's own X-Request-Id is kept when it is harmless, and is answered in either case. Behind
    a proxy that is trusted, the caller's address is the one that the proxy saw. With `secure` clients reach the server
    over TLS alone, whoever ends it."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        new_id: Callable[[], str],
        trust_proxy: bool = False,
        secure: bool = False,
        told: Told | None = None,
    ) -> None:
        self._app = app
        self._told = told
        self._trust_proxy = trust_proxy
        self._secure = secure
        self._new_id = new_id
        self._log: Any = structlog.get_logger("nunatak.request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._id(scope)
        scope["request_id"] = request_id
        if self._trust_proxy and (seen := _seen(scope)):
            scope["client"] = (seen, 0)
        if self._secure or (self._trust_proxy and _told_secure(scope)):
            scope["scheme"] = "https"
        began = time.perf_counter()
        status = 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, told)
        except ClientDisconnect:  # nobody is there to be answered, and nothing was done
            status = LEFT
        except Exception:
            self._log.exception("fault", request_id=request_id)
            if status == 500:
                code, body = unexpected(request_id)
                await Response(wire.encode(body), code, media_type="application/json")(scope, receive, told)
        self._line(scope, status, (time.perf_counter() - began) * 1000)

    def _line(self, scope: Scope, status: int, milliseconds: float) -> None:
        if self._told is not None:
            self._told(scope.get("operation", "other"), status, milliseconds / 1000)
        self._log.info(
            "request",
            request_id=scope["request_id"],
            method=scope["method"],
            path=_shown(scope["path"]),
            status=status,
            ms=round(milliseconds, 1),
            actor=scope.get("actor", "-"),
        )

    def _id(self, scope: Scope) -> str:
        for name, value in scope["headers"]:
            if name == b"x-request-id" and _USABLE.fullmatch(value.decode("latin-1")):
                return str(value.decode())
        return self._new_id()


def _seen(scope: Scope) -> str:
    """The address that the nearest proxy saw: the last of X-Forwarded-For, for callers may send earlier ones."""
    told = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return ",".join(told).rpartition(",")[2].strip()[:64]


def _told_secure(scope: Scope) -> bool:
    """Whether the nearest proxy was reached over TLS."""
    told = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-proto"]
    return ",".join(told).rpartition(",")[2].strip().lower() == "https"


def _shown(path: str) -> str:
    """A path as a log may hold it: the token of a file and the word of a share link are keys, so they stay out."""
    return next((f"{door}…" for door in ("/files/", "/s/") if path.startswith(door)), path)
