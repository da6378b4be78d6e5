"""Cross-origin requests: which pages of other origins may call, and what their browsers are told."""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANY = "*"
METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
# What clients send; a browser that asks for more gets it, for the origin is trusted and names can't be known.
TAKEN = "Authorization, X-API-Key, Content-Type, Content-Encoding, Idempotency-Key, If-None-Match, X-Request-Id"
SHOWN = (
    "Content-Disposition, ETag, Idempotency-Replayed, Retry-After, "
    "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id"
)
_MOST_SECONDS = "7200"  # browsers keep the answer to a preflight no longer than this
_NAMES = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+(?:\s*,\s*[A-Za-z0-9!#$%&'*+.^_`|~-]+)*")


class Cors:
    """ASGI middleware: pages of these `origins` (`*` is every one) may call with credentials. To all other origins it
    says nothing, so their browsers keep them out."""

    def __init__(self, app: ASGIApp, *, origins: Collection[str]) -> None:
        self._app = app
        self._origins = frozenset(origin.strip().rstrip("/").lower() for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._origins:
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        origin = asked.get("origin", "")
        allowed = self._allows(origin)
        if allowed and scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            await _preflight(asked, origin)(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = list(message.get("headers", ()))
                headers = MutableHeaders(raw=message["headers"])
                headers.add_vary_header("Origin")
                if allowed:
                    headers.update({**_trust(origin), "Access-Control-Expose-Headers": SHOWN})
            await send(message)

        await self._app(scope, receive, told)

    def _allows(self, origin: str) -> bool:
        return bool(origin) and (ANY in self._origins or origin.lower() in self._origins)


def _trust(origin: str) -> dict[str, str]:
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true"}


def _preflight(asked: Headers, origin: str) -> Response:
    wanted = asked.get("access-control-request-headers", "").strip()
    more = f", {wanted}" if _NAMES.fullmatch(wanted) else ""
    headers = {
        **_trust(origin),
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": f"{TAKEN}{more}",
        "Access-Control-Max-Age": _MOST_SECONDS,
        "Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
    }
    return Response(status_code=204, headers=headers)
