"""Webhook subscriptions: made, changed, deleted, and their messages listed and sent again."""

from __future__ import annotations

import secrets
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.access import Actor, require
from nunatak.core.change import Change
from nunatak.core.errors import Invalid, NotFound
from nunatak.core.kinds import ORGANIZATION, WEBHOOK_DELIVERY, WEBHOOK_SUBSCRIPTION
from nunatak.core.webhook import WebhookDelivery, WebhookSubscription
from nunatak.services import deliveries
from nunatak.services.changes import Ledger, new_id
from nunatak.services.pages import Page, page_of
from nunatak.services.service import Service

MOST = 50  # subscriptions of an organization: each one is written to with every change


def listing(service: Service, actor: Actor, organization_id: str) -> list[WebhookSubscription]:
    """An organization's subscriptions."""
    require(actor, "admin", organization_id)
    with service.reading() as unit:
        return list(unit.every(WEBHOOK_SUBSCRIPTION, organization_id))


def get(service: Service, actor: Actor, organization_id: str, id_: str) -> WebhookSubscription:
    """One subscription; raises NotFound."""
    require(actor, "admin", organization_id)
    with service.reading() as unit:
        found: WebhookSubscription = unit.get(WEBHOOK_SUBSCRIPTION, id_, organization_id)
        return found


def create(
    service: Service, actor: Actor, organization_id: str, values: dict[str, Any]
) -> tuple[WebhookSubscription, str]:
    """A new subscription and its secret, which is told this once. Raises Invalid for an address that may not be
    posted to."""
    require(actor, "admin", organization_id)
    service.poster.check(values["url"], path="body.url")
    secret = _secret()
    with service.writing(actor) as ledger:
        ledger.unit.get(ORGANIZATION, organization_id)
        if len(ledger.unit.values(WEBHOOK_SUBSCRIPTION, organization_id, ("id",), {})) >= MOST:
            raise Invalid(
                f"An organization has at most {MOST} webhook subscriptions", (f"body: expected at most {MOST}",)
            )
        change = Change(verb="create", kind=WEBHOOK_SUBSCRIPTION.name, id=new_id(), values=values)
        made: WebhookSubscription = ledger.found(
            change, {"organizationId": organization_id, "sealed": service.vault.seal(secret)}
        )
        return made, secret


def update(
    service: Service, actor: Actor, organization_id: str, id_: str, values: dict[str, Any]
) -> WebhookSubscription:
    """The subscription with new values."""
    require(actor, "admin", organization_id)
    if "url" in values:
        service.poster.check(values["url"], path="body.url")
    with service.writing(actor) as ledger:
        return _changed(ledger, organization_id, id_, values)


def renew(service: Service, actor: Actor, organization_id: str, id_: str) -> tuple[WebhookSubscription, str]:
    """The subscription with a new secret; the old one signs nothing any more."""
    require(actor, "admin", organization_id)
    secret = _secret()
    with service.writing(actor) as ledger:
        sealed = {"sealed": service.vault.seal(secret), "nonce": ""}
        told = {"organization_id": organization_id, "props": {"renewed": True}}
        with ledger.noting("webhook-subscription-update", None, id_, **told):
            return _changed(ledger, organization_id, id_, sealed), secret


def delete(service: Service, actor: Actor, organization_id: str, id_: str) -> None:
    """Deletes a subscription with its messages."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        unit = ledger.unit
        found = unit.get(WEBHOOK_SUBSCRIPTION, id_, organization_id)
        told = unit.values(WEBHOOK_DELIVERY, organization_id, ("id",), {"subscription_id": found.id})
        unit.remove(WEBHOOK_DELIVERY, organization_id, [one for (one,) in told])
        ledger.found(Change(verb="delete", kind=WEBHOOK_SUBSCRIPTION.name, id=found.id))


def messages(
    service: Service,
    actor: Actor,
    organization_id: str,
    id_: str,
    asked: dict[str, Any],
    *,
    cursor: str | None,
    limit: int | None,
) -> Page:
    """A subscription's messages, in the order of the changes that they tell of."""
    require(actor, "admin", organization_id)
    with service.reading() as unit:
        found = unit.get(WEBHOOK_SUBSCRIPTION, id_, organization_id)
        asked = {**asked, "subscription_id": found.id}
        return page_of(unit, WEBHOOK_DELIVERY, organization_id, asked, cursor=cursor, limit=service.bounds.paged(limit))


def redeliver(service: Service, actor: Actor, organization_id: str, id_: str, delivery_id: str) -> WebhookDelivery:
    """The message, to be sent anew with all its attempts before it, whatever came of it."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        found: WebhookDelivery = ledger.unit.get(WEBHOOK_DELIVERY, delivery_id, organization_id)
        if found.subscription_id != id_:
            raise NotFound("Webhook delivery not found")
        again = replace(found, status="waiting", attempts=0, next_attempt_at=ledger.stamp.at, delivered_at=UNSET)
        ledger.unit.put(WEBHOOK_DELIVERY, again)
        deliveries.queue(ledger.unit, service.jobs, organization_id, [again.id])
        return again


def ping(service: Service, actor: Actor, organization_id: str, id_: str) -> WebhookDelivery:
    """A message that says nothing but whose it is, to see whether messages arrive."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        subscription = ledger.unit.get(WEBHOOK_SUBSCRIPTION, id_, organization_id)
        body = {"ping": True, "organizationId": organization_id, "subscriptionId": subscription.id}
        made = deliveries.message(ledger, subscription, body)
        ledger.unit.add(WEBHOOK_DELIVERY, made)
        deliveries.queue(ledger.unit, service.jobs, organization_id, [made.id])
        return made


def _changed(ledger: Ledger, organization_id: str, id_: str, values: dict[str, Any]) -> WebhookSubscription:
    found = ledger.unit.get(WEBHOOK_SUBSCRIPTION, id_, organization_id)
    change = Change(verb="update", kind=WEBHOOK_SUBSCRIPTION.name, id=found.id, values=values)
    changed: WebhookSubscription = ledger.found(change)
    return changed


def _secret() -> str:
    return secrets.token_hex(32)
