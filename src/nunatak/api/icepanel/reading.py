"""What is read of a request: its caller, its query, its body and its idempotency key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from nunatak.api import wire
from nunatak.api.icepanel.operation import Operation
from nunatak.api.wire.incoming import audited as audited
from nunatak.api.wire.incoming import body_of as body_of
from nunatak.api.wire.incoming import caller as caller
from nunatak.api.wire.incoming import drain as drain
from nunatak.api.wire.incoming import present as present
from nunatak.api.wire.incoming import received as received
from nunatak.api.wire.limits import USUAL, Limits
from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Invalid

_LIFTED = ("cursor", "limit", "order")
# What a share link opens: one version, to look at, and what is drawn of it.
SHARED = frozenset(
    (
        "landscapes.get", "landscapes.search", "versions.get", "versions.vocabulary", "domains.list",
        "model.objects.list", "model.objects.get", "model.objects.dependenciesList",
        "model.connections.list", "model.connections.get", "tags.list", "tags.groups.list",
        "diagrams.list", "diagrams.get", "diagrams.content.get", "diagrams.groups.list", "diagrams.listThumbnails",
        "diagrams.image", "diagrams.export.create", "diagrams.export.get",
        "flows.list", "flows.get", "flows.listThumbnails", "flows.export.text", "flows.export.mermaid",
        "adrs.list", "adrs.get",
    )
)  # fmt: skip
_KEY = re.compile(r"[ -~]{1,255}")


@dataclass(frozen=True)
class Incoming:
    """A request whose operation is found, and the values of its path by wire name."""

    operation: Operation
    path: dict[str, str]
    request: Request


def permitted(operation: Operation, actor: Actor) -> Actor:
    """The actor, where it may call this at all; raises Forbidden for one that only reads, or came by a share link."""
    if actor.only is not None and operation.id not in SHARED:
        raise Forbidden("A share link does not open this")
    if not operation.anonymous and not actor.able(operation.needs) and actor.permissions:
        held = " and ".join(sorted(set(actor.permissions.values())))
        raise Forbidden(f"This needs {operation.needs} permission; the credentials have {held} permission")
    return actor


def is_quick(request: Request) -> bool:
    """Whether a request asks for nothing beside what its path names, with credentials that one look proves."""
    headers = request.headers
    key = headers.get("x-api-key") or headers.get("authorization", "")
    return ":" in key and not request.scope["query_string"]


def query_of(operation: Operation, request: Request, limits: Limits = USUAL) -> Any:
    """The query as the operation's struct; None where it has none."""
    if operation.query is None:
        return None
    lifted = [n for n in _LIFTED if n in operation.query.__struct_encode_fields__]
    return wire.decode_query(request.scope["query_string"], operation.query, lifted=lifted, limits=limits)


def given_body(operation: Operation, request: Request, data: bytes, *, limit: int, limits: Limits = USUAL) -> Any:
    """The body as the operation's struct; None where it has none."""
    if operation.body is None:
        return None
    if operation.read is not None:
        data = operation.read(data, request.headers.get("content-type", ""))
    return wire.decode_body(data, operation.body, limit=limit, limits=limits)


def key_of(request: Request) -> str | None:
    """The idempotency key, or None; raises Invalid for one that is no usable key."""
    key = request.headers.get("idempotency-key")
    if key is None or _KEY.fullmatch(key):
        return key
    error = "header.Idempotency-Key: expected 1 to 255 printable ASCII characters"
    raise Invalid("The Idempotency-Key is not valid", (error,))
