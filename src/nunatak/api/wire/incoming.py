"""What both faces read of a request whatever it asks: its credentials, its caller, and the bytes of its body."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request

from nunatak.api.wire.coding import decompressed
from nunatak.api.wire.session import of_session
from nunatak.core.access import Actor
from nunatak.core.errors import Refusal, TooLarge, Unauthenticated
from nunatak.services import audit, credentials
from nunatak.services.service import Service

_DRAIN_BYTES = 128 * 1024 * 1024
_DRAIN_SECONDS = 30
_DIGITS = 19


def proved(service: Service, request: Request) -> Actor:
    """Whose the credentials in a request's headers are, or else its session; raises Unauthenticated, and Forbidden for
    a session that another page makes use of."""
    visitor = of_session(service, request)
    if visitor is not None:
        return visitor
    headers = request.headers
    return credentials.proved(
        service, api_key=headers.get("x-api-key", ""), authorization=headers.get("authorization", "")
    )


def caller(request: Request, actor: Actor | None) -> str:
    """Whom a request is counted to: its credentials, or the address it came from."""
    if actor is not None:
        return f"{actor.kind}:{actor.id}"
    return f"address:{request.client.host if request.client else ''}"


def present(actor: Actor, request: Request) -> Actor:
    """The actor with where the request came from, for the log; the scope remembers who it is."""
    ip = request.client.host if request.client else ""
    request.scope["who"] = actor.seen_from(ip, request.headers.get("user-agent", ""))
    found: Actor = request.scope["who"]
    return found


def audited(service: Service, request: Request, refusal: Refusal, *, operation: str, path: Mapping[str, str]) -> None:
    """Tells the log of a refusal for want of permission or proof, and of whoever it was, as far as that is known."""
    who = request.scope.get("who")
    if who is None and isinstance(refusal, Unauthenticated) and refusal.claimed is not None:
        who = present(refusal.claimed, request)
    ids = {"organization_id": path.get("organizationId", ""), "landscape_id": path.get("landscapeId", "")}
    audit.refused(service, who, refusal, operation=operation, **ids)


async def received(request: Request, *, limit: int) -> bytes:
    """The body's bytes as they came; raises TooLarge as soon as it is known that there are more than `limit`."""
    kept: list[bytes] = []
    size = _told(request)
    if size <= limit:
        size = 0
        async for chunk in chunks(request):
            size += len(chunk)
            if size > limit:
                break
            kept.append(chunk)
    if size > limit:
        raise TooLarge(f"The body is too large; at most {limit:,} bytes are taken")
    return b"".join(kept)


async def drain(request: Request) -> None:
    """Takes in what nobody has read of a body, within bounds: most clients read no answer before they have sent it
    all, and would be cut off. One that waits to be told to go on isn't told."""
    is_there = _told(request) > 0 or "transfer-encoding" in request.headers
    if not is_there or request.scope.get("body_ended") or "expect" in request.headers:
        return
    size = 0
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for chunk in chunks(request):
                size += len(chunk)
                if size > _DRAIN_BYTES:
                    return


async def chunks(request: Request) -> AsyncIterator[bytes]:
    """The pieces of a body that are still to come; the scope remembers its end."""
    while not request.scope.get("body_ended"):
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        request.scope["body_ended"] = not message.get("more_body", False)
        yield message.get("body", b"")


def _told(request: Request) -> int:
    """The body's size as its header tells it; 0 for none."""
    told = request.headers.get("content-length", "")
    return int(told) if told.isdecimal() and len(told) < _DIGITS else 0


def body_of(request: Request, received: bytes, *, limit: int) -> bytes:
    """The body without the codings that Content-Encoding names; raises Malformed or TooLarge."""
    coding = request.headers.get("content-encoding", "")
    return decompressed(received, coding, limit=limit) if received and coding else received
