"""What is read of a request: its credentials, its caller, its query, its body and its idempotency key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from nunatak.api import wire
from nunatak.api.icepanel.operation import Operation
from nunatak.api.wire.coding import decompressed
from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Invalid, TooLarge, Unauthenticated

_LIFTED = ("cursor", "limit", "order")
_KEY = re.compile(r"[ -~]{1,255}")


@dataclass(frozen=True)
class Incoming:
    """A request whose operation is found, and the values of its path by wire name."""

    operation: Operation
    path: dict[str, str]
    request: Request


def credentials(request: Request) -> str:
    """The API key of a request, `id:secret`, from any header that may carry it; raises Unauthenticated without one."""
    key = request.headers.get("x-api-key")
    if key is None:
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        key = rest if scheme.lower() in ("apikey", "bearer") else None
    if not key or not key.strip():
        raise Unauthenticated("Authorization required")
    return key.strip()


def caller(request: Request, actor: Actor | None) -> str:
    """Whom a request is counted to: its credentials, or the address it came from."""
    if actor is not None:
        return f"{actor.kind}:{actor.id}"
    return f"address:{request.client.host if request.client else ''}"


def permitted(operation: Operation, actor: Actor) -> Actor:
    """The actor, where it may call this at all; raises Forbidden for one that only reads."""
    if not operation.reads and set(actor.permissions.values()) <= {"read", "billing"}:
        raise Forbidden("This needs write permission; the key only reads")
    return actor


def query_of(operation: Operation, request: Request) -> Any:
    """The query as the operation's struct; None where it has none."""
    if operation.query is None:
        return None
    lifted = [n for n in _LIFTED if n in operation.query.__struct_encode_fields__]
    return wire.decode_query(request.scope["query_string"], operation.query, lifted=lifted)


def key_of(request: Request) -> str | None:
    """The idempotency key, or None; raises Invalid for one that is no usable key."""
    key = request.headers.get("idempotency-key")
    if key is None or _KEY.fullmatch(key):
        return key
    error = "header.Idempotency-Key: expected 1 to 255 printable ASCII characters"
    raise Invalid("The Idempotency-Key is not valid", (error,))


async def received(request: Request, *, limit: int) -> bytes:
    """The body's bytes as they came; raises TooLarge as soon as it is known that there are more than `limit`."""
    told = request.headers.get("content-length", "")
    chunks: list[bytes] = []
    size = int(told) if told.isdecimal() else 0
    if size <= limit:
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                break
            chunks.append(chunk)
    if size > limit:
        raise TooLarge(f"The body is too large; at most {limit:,} bytes are taken")
    return b"".join(chunks)


def body_of(request: Request, received: bytes, *, limit: int) -> bytes:
    """The body without the codings that Content-Encoding names; raises Malformed or TooLarge."""
    coding = request.headers.get("content-encoding", "")
    return decompressed(received, coding, limit=limit) if received and coding else received
