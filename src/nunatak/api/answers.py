"""Answers on their way out: tagged, not sent again to who has them, and compressed for who reads that."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from xxhash import xxh3_128_hexdigest

from nunatak.api.wire import coding

_SMALLEST = 1024  # bytes: less is hardly smaller when it is compressed
_AT_ONCE = 65_536  # bytes: more is worked on beside the event loop
_TEXT = re.compile(r"(?:text/|application/(?:json|yaml|xml|javascript)|[\w./-]+\+(?:json|xml|yaml))")
_BY_PATH = "http.response.pathsend"
_TAG = re.compile(r'(?:W/)?("[^"]*")')
# What a browser or a proxy keeps of answers that need a key: ask again each time, for this client alone.
_CACHE_CONTROL = "private, no-cache"


class Answers:
    """ASGI middleware. Answers of one piece to GET and HEAD get an ETag, a digest of the body before compression, and
    are 304 for a client that names it; texts over 1 KB are compressed with zstd or gzip as Accept-Encoding says. A HEAD
    is answered with the headers of the body that the app gave, without the body. Streams pass as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # A file's bytes must pass here: a server that sends files by their path would send the body that we hold, none.
        # The scope itself, no copy: who wraps us reads there who called which operation.
        scope["extensions"] = {k: v for k, v in (scope.get("extensions") or {}).items() if k != _BY_PATH}
        start: Message | None = None

        async def held(message: Message) -> None:
            """Holds the start back until the first piece of the body tells whether it is the whole."""
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None:
                first, start = start, None
                if not message.get("more_body", False):
                    first, message = await _finished_beside(scope, first, message)
                await send(first)
            await send(message)

        await self._app(scope, receive, held)


async def _finished_beside(scope: Scope, start: Message, end: Message) -> tuple[Message, Message]:
    if len(end.get("body", b"")) > _AT_ONCE:
        return await run_in_threadpool(_finished, scope, start, end)
    return _finished(scope, start, end)


def _finished(scope: Scope, start: Message, end: Message) -> tuple[Message, Message]:
    """The two messages of a whole answer, as this client is to have them."""
    asked = Headers(scope=scope)
    start["headers"] = list(start.get("headers", ()))
    headers = MutableHeaders(raw=start["headers"])
    body: bytes = end.get("body", b"")
    reads = scope["method"] in ("GET", "HEAD")
    chosen = None
    if _compressible(start["status"], headers, body):
        headers.add_vary_header("Accept-Encoding")
        chosen = coding.preferred(",".join(asked.getlist("accept-encoding")))
    if reads and start["status"] == 200 and body:
        _tag(headers, body, weak=chosen is not None)
        if _known(asked, headers["etag"]):
            return _unchanged(start, headers), {"type": "http.response.body", "body": b""}
    if chosen is not None:
        body = coding.compressed(body, chosen)
        headers["Content-Encoding"] = chosen
        headers["Content-Length"] = str(len(body))
    if scope["method"] == "HEAD":
        if not body and headers.get("content-length") == "0":  # of the body that a GET would have, nothing is known
            del headers["content-length"]
        body = b""
    return start, {"type": "http.response.body", "body": body}


def _compressible(status: int, headers: Headers, body: bytes) -> bool:
    """Whether an answer shrinks: pictures and archives don't, and a part of a file must stay what was asked for."""
    if len(body) < _SMALLEST or status == 206 or "content-encoding" in headers:
        return False
    return _TEXT.match(headers.get("content-type", "").lower()) is not None


def _tag(headers: MutableHeaders, body: bytes, *, weak: bool) -> None:
    """Sets the tag, a weak one where a coding makes other bytes of the same body."""
    if "etag" not in headers:
        headers["ETag"] = f'"{xxh3_128_hexdigest(body)}"'
        headers.setdefault("Cache-Control", _CACHE_CONTROL)
    if weak and not headers["etag"].startswith("W/"):
        headers["ETag"] = f"W/{headers['etag']}"


def _known(asked: Headers, tag: str) -> bool:
    """Whether If-None-Match names the tag; strength doesn't matter there."""
    given = ",".join(asked.getlist("if-none-match"))
    return given.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(given)


def _unchanged(start: Message, headers: MutableHeaders) -> Message:
    for name in ("content-type", "content-length"):
        if name in headers:
            del headers[name]
    return {**start, "status": 304}
