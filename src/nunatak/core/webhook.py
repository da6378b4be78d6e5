"""Webhooks: who is told of changes, and how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import Derived, Name, Stamped, Struct

WebhookCollection = Literal[
    "adr", "diagram", "diagram-group", "domain", "flow", "model-connection", "model-object", "tag", "tag-group"
]
WebhookOperation = Literal["created", "updated", "deleted"]
DeliveryStatus = Literal["waiting", "delivered", "failed"]


class WebhookSubscription(Stamped, frozen=True, kw_only=True):
    """An address that is told of every change in an organization's landscapes; `collections` empty means all of them.
    The secret that signs what is sent is told once and kept `sealed`; older ones are made of the server's own and
    `nonce`."""

    organization_id: Derived[str]
    name: Name
    url: Annotated[str, Meta(max_length=2048)]
    enabled: bool = True
    collections: list[WebhookCollection] = []
    nonce: Derived[str] = ""
    sealed: Derived[str] = ""


class WebhookDelivery(Struct, frozen=True, kw_only=True):
    """One message to one subscriber: its body as sent, and what came of each attempt."""

    id: str
    organization_id: str
    subscription_id: str
    landscape_id: str
    body: str
    status: DeliveryStatus
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | UnsetType = UNSET
    delivered_at: datetime | UnsetType = UNSET
    response_status: int | UnsetType = UNSET
    error: str | None = None
