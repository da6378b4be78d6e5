"""Webhook messages: written with the changes they tell of, sent by durable jobs, tried again when they fail."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.kinds import DIAGRAM_CONTENT, WEBHOOK_DELIVERY, WEBHOOK_SUBSCRIPTION
from nunatak.core.webhook import WebhookCollection, WebhookDelivery, WebhookSubscription
from nunatak.services.changes import Entry, Ledger, new_id
from nunatak.services.posting import NotPosted
from nunatak.store.ages import forget
from nunatak.store.unit import Unit

if TYPE_CHECKING:
    from nunatak.services.service import JobQueue, Service

JOB = "deliver-webhook"
COLLECTIONS: frozenset[str] = frozenset(get_args(WebhookCollection))
_BATCH = 100  # messages that one job sends, in their order
_GROWTH, _LONGEST = 4, timedelta(hours=6)  # of the waits between attempts
KEPT = timedelta(days=30)  # for what messages came to
_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, kw_only=True)
class Retries:
    """How often a message is tried, and how long it waits after the first failure; each further wait is four times as
    long, up to six hours."""

    attempts: int = 8
    wait: timedelta = timedelta(seconds=30)

    def after(self, attempts: int) -> timedelta:
        """How long to wait after so many failures: a fifth more or less, so that not all come back at once."""
        growth: int = _GROWTH ** min(attempts - 1, 10)
        wait = min(self.wait * growth, _LONGEST)
        return wait * (0.8 + secrets.randbelow(4001) / 10_000)


def secret_of(service: Service, subscription: WebhookSubscription) -> str:
    """The secret that signs a subscription's messages, as hex. Raises Conflict for one that was sealed with a key that
    is gone."""
    if subscription.sealed:
        return service.vault.open(subscription.sealed)
    parts = f"webhook:{subscription.id}:{subscription.nonce}"  # as it was before there were seals
    return hmac.new(service.peppers[-1], parts.encode(), hashlib.sha256).hexdigest()


def reseal(service: Service) -> int:
    """Seals the secrets of all subscriptions with the newest key, and says how many. Nothing of them changes, so there
    is nothing to log."""
    with service.database.write() as unit:
        found = unit.every(WEBHOOK_SUBSCRIPTION, None)
        for one in found:
            unit.put(WEBHOOK_SUBSCRIPTION, replace(one, sealed=service.vault.seal(secret_of(service, one)), nonce=""))
        return len(found)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a message: hex of HMAC-SHA256 over timestamp, a dot and the body."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def tell(ledger: Ledger, jobs: JobQueue) -> None:
    """Writes the messages of what a ledger carried out, with the jobs that send them, for each subscription of the
    organizations where it happened."""
    happened: dict[str, dict[tuple[str, str], _Event]] = {}
    for entry in ledger.entries:
        if entry.place is not None and (collection := _collection(entry)):
            events = happened.setdefault(entry.place.organization_id, {})
            key = (collection, entry.change.id)
            events[key] = _Event.of(entry, events.get(key))
    for organization_id, events in happened.items():
        for subscription in ledger.unit.every(WEBHOOK_SUBSCRIPTION, organization_id):
            if subscription.enabled:
                wanted = subscription.collections or COLLECTIONS
                told = [(key, event) for key, event in events.items() if key[0] in wanted and event.operation]
                _queue(ledger, jobs, [_message(ledger, subscription, key, event) for key, event in told])


@dataclass(frozen=True, kw_only=True)
class _Event:
    """What happened to one entity in a unit of work, however many changes it took."""

    place: Any
    before: bool
    after: bool

    @staticmethod
    def of(entry: Entry, earlier: _Event | None) -> _Event:
        content = entry.kind is DIAGRAM_CONTENT  # its diagram is there before and after
        before = content or entry.before is not None
        after = content or entry.after is not None
        return _Event(place=entry.place, before=earlier.before if earlier else before, after=after)

    @property
    def operation(self) -> str:
        """The contract's word; empty for what came and went."""
        return {(False, True): "created", (True, True): "updated", (True, False): "deleted"}.get(
            (self.before, self.after), ""
        )


def _collection(entry: Entry) -> str:
    """The collection a change belongs to; empty for none. What is drawn on a diagram is a change of the diagram."""
    if entry.kind is DIAGRAM_CONTENT:
        return "diagram" if entry.change.verb in ("update", "replace") else ""
    return entry.kind.name if entry.kind.name in COLLECTIONS else ""


def _message(ledger: Ledger, subscription: WebhookSubscription, key: tuple[str, str], event: _Event) -> WebhookDelivery:
    collection, id_ = key
    subject = {"id": id_, "landscapeId": event.place.landscape_id, "versionId": event.place.version_id}
    body = {
        "collection": collection,
        "operation": event.operation,
        "organizationId": event.place.organization_id,
        "resourceId": id_,
        "subscriptionId": subscription.id,
        **({"before": subject} if event.before else {}),
        **({"after": subject} if event.after else {}),
    }
    return message(ledger, subscription, body, landscape_id=event.place.landscape_id)


def message(
    ledger: Ledger, subscription: WebhookSubscription, body: dict[str, Any], *, landscape_id: str = ""
) -> WebhookDelivery:
    """A message that waits to be sent."""
    return WebhookDelivery(
        id=new_id(),
        organization_id=subscription.organization_id,
        subscription_id=subscription.id,
        landscape_id=landscape_id,
        body=_ENCODER.encode(body).decode(),
        status="waiting",
        attempts=0,
        created_at=ledger.stamp.at,
    )


def _queue(ledger: Ledger, jobs: JobQueue, made: list[WebhookDelivery]) -> None:
    """Stores messages and queues their jobs; a big import's messages go a batch to a job."""
    ledger.unit.add_all(WEBHOOK_DELIVERY, made)
    for start in range(0, len(made), _BATCH):
        batch = made[start : start + _BATCH]
        queue(ledger.unit, jobs, batch[0].organization_id, [one.id for one in batch])


def queue(unit: Unit, jobs: JobQueue, organization_id: str, ids: Iterable[str], *, delay: float = 0) -> None:
    """Queues the job that sends these messages in their order, `delay` seconds from now."""
    payload = {"organizationId": organization_id, "deliveryIds": ",".join(ids)}
    jobs.enqueue(unit.connection, JOB, payload, job_id=f"webhook-{new_id()}", delay_seconds=delay)


def carry_out(service: Service, payload: dict[str, str]) -> None:
    """The job: sends its messages in their order. One that isn't taken is sent again later on its own; where nobody
    answers, the rest waits with it. Done twice, it sends what hasn't been taken."""
    organization_id, ids = payload["organizationId"], payload["deliveryIds"].split(",")
    for at, id_ in enumerate(ids):
        answered = _deliver(service, organization_id, id_, rest=ids[at + 1 :])
        if not answered:
            return


def fail(service: Service, payload: dict[str, str], message: str) -> None:
    """Ends the messages of a job that couldn't be done."""
    with service.database.write() as unit:
        for id_ in payload["deliveryIds"].split(","):
            found = unit.find(WEBHOOK_DELIVERY, id_, payload["organizationId"])
            if found is not None and found.status == "waiting":
                unit.put(WEBHOOK_DELIVERY, replace(found, status="failed", error=message, next_attempt_at=UNSET))


def _deliver(service: Service, organization_id: str, id_: str, *, rest: list[str]) -> bool:
    """One attempt, and what came of it; False where the rest now waits with the message."""
    with service.reading() as unit:
        waiting: WebhookDelivery | None = unit.find(WEBHOOK_DELIVERY, id_, organization_id)
        if waiting is None or waiting.status != "waiting":
            return True
        subscription = unit.find(WEBHOOK_SUBSCRIPTION, waiting.subscription_id, organization_id)
    if subscription is None or not subscription.enabled:
        _ended(service, replace(waiting, status="failed", error="The subscription is disabled or gone"))
        return True
    tried = _tried(service, waiting, subscription)
    if tried.status == "delivered":
        _ended(service, tried)
        return True
    answered = tried.response_status is not UNSET
    _again(service, tried, () if answered else rest)
    return answered


def _tried(service: Service, waiting: WebhookDelivery, subscription: WebhookSubscription) -> WebhookDelivery:
    """The message after an attempt."""
    now, body = service.clock(), waiting.body.encode()
    timestamp = str(int(now.timestamp()))
    tried = replace(waiting, attempts=waiting.attempts + 1, next_attempt_at=UNSET, response_status=UNSET, error=None)
    headers = {
        "Content-Type": "application/json",
        "X-IcePanel-Signature": signature(secret_of(service, subscription), timestamp, body),
        "X-IcePanel-Timestamp": timestamp,
        "X-Nunatak-Delivery": waiting.id,
        "X-Nunatak-Attempt": str(tried.attempts),
    }
    try:
        status = service.poster.post(subscription.url, body, headers)
    except NotPosted as reason:
        return replace(tried, error=str(reason))
    if 200 <= status < 300:
        return replace(tried, status="delivered", delivered_at=service.clock(), response_status=status)
    return replace(tried, response_status=status, error=f"The answer was {status}, expected 200 to 299")


def _again(service: Service, tried: WebhookDelivery, rest: Iterable[str]) -> None:
    """Records a failed attempt, and queues the next in the same transaction; the last one ends the message."""
    wait = service.retries.after(tried.attempts)
    last = tried.attempts >= service.retries.attempts
    at: datetime | Any = UNSET if last else service.clock() + wait
    with service.database.write() as unit:
        unit.put(WEBHOOK_DELIVERY, replace(tried, status="failed" if last else "waiting", next_attempt_at=at))
        ids = [*(() if last else (tried.id,)), *rest]
        if ids:
            queue(unit, service.jobs, tried.organization_id, ids, delay=wait.total_seconds())


def _ended(service: Service, ended: WebhookDelivery) -> None:
    """Records what came of a message, and forgets old ones."""
    with service.database.write() as unit:
        unit.put(WEBHOOK_DELIVERY, replace(ended, next_attempt_at=UNSET))
        forget(unit, WEBHOOK_DELIVERY, ended.organization_id, before=service.clock() - KEPT)
