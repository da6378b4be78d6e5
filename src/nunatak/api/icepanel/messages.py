"""The webhook messages of the document: what subscribers are sent, a message for each collection."""

from __future__ import annotations

from typing import Any, Literal, get_args

from msgspec import UnsetType

from nunatak.api.icepanel.forms import Form, envelope
from nunatak.api.icepanel.schema import Schema, Schemas
from nunatak.core.webhook import WebhookCollection, WebhookOperation

# Collections that the contract's subscribers aren't sent.
_OWN = frozenset({"adr"})
_SUBJECT = envelope(id=str, landscape_id=str | UnsetType, version_id=str | UnsetType)
# The names that receivers written for the hosted product read.
_HEADERS: dict[str, tuple[str, str]] = {
    "X-IcePanel-Signature": ("^[0-9a-f]{64}$", "HMAC-SHA256 under the secret, of the timestamp, a dot and the body"),
    "X-IcePanel-Timestamp": ("^[0-9]+$", "Unix seconds; refuse what is older than 300"),
}


def described(schemas: Schemas) -> dict[str, Any]:
    """The `webhooks` of the document, by collection."""
    return {collection: {"post": _message(collection, schemas)} for collection in get_args(WebhookCollection)}


def _message(collection: str, schemas: Schemas) -> Schema:
    shown: Schema = {"operationId": f"webhooks.{collection}", "tags": ["webhooks"], "security": []}
    shown["parameters"] = [
        {
            "name": name,
            "in": "header",
            "required": True,
            "description": about,
            "schema": {"type": "string", "pattern": pattern},
        }
        for name, (pattern, about) in _HEADERS.items()
    ]
    content = {"application/json": {"schema": schemas.struct(_body(collection))}}
    shown["requestBody"] = {"required": True, "content": content}
    shown["responses"] = {"200": {"description": "Taken; any other status is tried again"}}
    return shown | ({"x-nunatak": True} if collection in _OWN else {})


def _body(collection: str) -> Form:
    """What happened to a thing: as it was `before`, as it is `after`, each by its ids."""
    word: Any = Literal[collection]
    return envelope(
        collection=word,
        operation=WebhookOperation,
        organization_id=str,
        resource_id=str,
        subscription_id=str,
        before=_SUBJECT | UnsetType,
        after=_SUBJECT | UnsetType,
    )
