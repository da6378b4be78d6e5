"""Webhook subscriptions and their messages: our own operations, since the contract manages them elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from msgspec import Meta, UnsetType

from nunatak.api.icepanel.forms import filter_form, partial, record, required
from nunatak.api.icepanel.operation import Call, Handler, Method, Operations
from nunatak.api.icepanel.resource import actor_of, asked, chosen, enveloped, given
from nunatak.api.icepanel.table import NOTHING
from nunatak.core.kinds import WEBHOOK_DELIVERY
from nunatak.core.kinds.kind import many
from nunatak.core.webhook import DeliveryStatus, WebhookDelivery, WebhookSubscription
from nunatak.services import webhooks

OPERATIONS = Operations()
_ALL = "/organizations/{organizationId}/webhooks"
_ONE = f"{_ALL}/{{webhookSubscriptionId}}"
_MESSAGES = f"{_ONE}/deliveries"
_LIMIT = 100
_HIDDEN = ("nonce", "sealed")

Required = required(WebhookSubscription, "WebhookSubscriptionRequired")
Partial = partial(WebhookSubscription, "WebhookSubscriptionPartial")
_FIELDS: Any = {
    field.name: field.type for field in msgspec.structs.fields(WebhookSubscription) if field.name not in _HIDDEN
}
Shown: Any = record("WebhookSubscription", _FIELDS)
Answer = record("WebhookSubscriptionAnswer", {"webhook_subscription": Shown})
Told = record("WebhookSubscriptionTold", {"webhook_subscription": Shown, "secret": str})
Listed: Any = list[Shown]
Answers = record("WebhookSubscriptionsAnswer", {"webhook_subscriptions": Listed})
Message = record("WebhookDeliveryAnswer", {"webhook_delivery": WebhookDelivery})
Messages = record(
    "WebhookDeliveriesAnswer", {"webhook_deliveries": list[WebhookDelivery], "next_cursor": str | UnsetType}
)
MessagesQuery = record(
    "WebhookDeliveriesQuery",
    {
        "filter": filter_form("WebhookDeliveryFilter", [many("status", DeliveryStatus)]) | UnsetType,
        "cursor": str | UnsetType,
        "limit": Annotated[int, Meta(ge=1, le=1000)] | UnsetType,
    },
)


def operation(id_: str, method: Method, path: str, **declared: Any) -> Callable[[Handler], Handler]:
    """Declares an operation of ours."""
    return OPERATIONS.operation(f"organizations.webhooks.{id_}", method, path, own=True, deed="admin", **declared)


def _shown(found: WebhookSubscription) -> Any:
    return Shown(**{name: getattr(found, name) for name in _FIELDS})


def _where(call: Call[Any]) -> tuple[str, str]:
    return call.path["organizationId"], call.path["webhookSubscriptionId"]


@operation("list", "GET", _ALL, answer=Answers)
def listing(call: Call[Any]) -> dict[str, Any]:
    """An organization's webhook subscriptions."""
    found = webhooks.listing(call.service, actor_of(call), call.path["organizationId"])
    return {"webhookSubscriptions": [_shown(one) for one in found]}


@operation("create", "POST", _ALL, body=Required, answer=Told, private=True)
def create(call: Call[Any]) -> dict[str, Any]:
    """Makes a subscription; its secret is told this once."""
    made, secret = webhooks.create(call.service, actor_of(call), call.path["organizationId"], given(call.body))
    return {"webhookSubscription": _shown(made), "secret": secret}


@operation("get", "GET", _ONE, answer=Answer)
def get(call: Call[Any]) -> dict[str, Any]:
    """One subscription."""
    return {"webhookSubscription": _shown(webhooks.get(call.service, actor_of(call), *_where(call)))}


@operation("update", "PATCH", _ONE, body=Partial, answer=Answer)
def update(call: Call[Any]) -> dict[str, Any]:
    """Changes a subscription, or turns it on and off."""
    changed = webhooks.update(call.service, actor_of(call), *_where(call), given(call.body))
    return {"webhookSubscription": _shown(changed)}


@operation("delete", "DELETE", _ONE, answer=NOTHING)
def delete(call: Call[Any]) -> dict[str, Any]:
    """Deletes a subscription with its messages."""
    webhooks.delete(call.service, actor_of(call), *_where(call))
    return {}


@operation("renewSecret", "POST", f"{_ONE}/secret", answer=Told, private=True)
def renew(call: Call[Any]) -> dict[str, Any]:
    """Gives a subscription a new secret, told this once."""
    renewed, secret = webhooks.renew(call.service, actor_of(call), *_where(call))
    return {"webhookSubscription": _shown(renewed), "secret": secret}


@operation("ping", "POST", f"{_ONE}/ping", answer=Message)
def ping(call: Call[Any]) -> dict[str, Any]:
    """Sends a message that says nothing, to see whether messages arrive."""
    return {"webhookDelivery": webhooks.ping(call.service, actor_of(call), *_where(call))}


@operation("deliveries.list", "GET", _MESSAGES, query=MessagesQuery, answer=Messages)
def messages(call: Call[Any]) -> bytes:
    """A subscription's messages in the order of the changes, with what came of them."""
    page = webhooks.messages(
        call.service,
        actor_of(call),
        *_where(call),
        asked(call.query),
        cursor=chosen(call.query, "cursor") or None,
        limit=chosen(call.query, "limit", _LIMIT),
    )
    return enveloped(WEBHOOK_DELIVERY.many, page)


@operation("deliveries.redeliver", "POST", f"{_MESSAGES}/{{webhookDeliveryId}}/redeliver", answer=Message)
def redeliver(call: Call[Any]) -> dict[str, Any]:
    """Sends a message again."""
    id_ = call.path["webhookDeliveryId"]
    return {"webhookDelivery": webhooks.redeliver(call.service, actor_of(call), *_where(call), id_)}
