"""Webhook messages: written with the changes, signed, in order, tried again, and silent where nobody asked."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from nunatak.core.errors import Invalid
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_OBJECT, WEBHOOK_DELIVERY
from nunatak.core.webhook import WebhookDelivery
from nunatak.services import deliveries, webhooks
from nunatak.services.deliveries import Retries
from nunatak.services.posting import Poster
from nunatak.store.tables import TABLES
from tests.make import World, placed
from tests.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def told(drawing: World) -> World:
    """A world whose webhooks may go to this machine."""
    poster, retries = Poster(private=True, seconds=5), Retries(attempts=3, wait=timedelta(seconds=30))
    drawing.service = replace(drawing.service, poster=poster, retries=retries)
    return drawing


def subscribed(world: World, receiver: Receiver, **values: Any) -> tuple[str, str]:
    """A new subscription's id and secret."""
    given = {"name": "W", "url": receiver.url, **values}
    made, secret = webhooks.create(world.service, world.actor, world.organization_id, given)
    return made.id, secret


def messages(world: World) -> list[WebhookDelivery]:
    with world.service.reading() as unit:
        return list(unit.every(WEBHOOK_DELIVERY, world.organization_id))


def sent(world: World) -> list[WebhookDelivery]:
    """The messages after one job for all that wait."""
    ids = ",".join(one.id for one in messages(world) if one.status == "waiting")
    payload = {"organizationId": world.organization_id, "deliveryIds": ids}
    deliveries.carry_out(world.service, payload)
    return messages(world)


def test_a_message_tells_by_ids_what_happened_and_is_signed(told: World, receiver: Receiver) -> None:
    id_, secret = subscribed(told, receiver)
    made = told.object()
    told.update(MODEL_OBJECT, made.id, name="N")
    told.delete(MODEL_OBJECT, made.id)
    assert [one.status for one in sent(told)] == ["delivered"] * 3
    subject = {"id": made.id, "landscapeId": told.path.landscape_id, "versionId": told.version_id}
    shared = {
        "collection": "model-object",
        "organizationId": told.organization_id,
        "resourceId": made.id,
        "subscriptionId": id_,
    }
    assert [got.json for got in receiver.received] == [
        {**shared, "operation": "created", "after": subject},
        {**shared, "operation": "updated", "before": subject, "after": subject},
        {**shared, "operation": "deleted", "before": subject},
    ]
    for got, message in zip(receiver.received, messages(told), strict=True):
        signed = got.headers["x-icepanel-timestamp"].encode() + b"." + got.body
        expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        assert got.headers["x-icepanel-signature"] == expected
        assert (got.headers["x-nunatak-delivery"], got.headers["x-nunatak-attempt"]) == (message.id, "1")


def test_what_isnt_wanted_or_not_committed_is_told_to_nobody(told: World, receiver: Receiver) -> None:
    id_, _ = subscribed(told, receiver, collections=["tag"])
    told.object()
    assert messages(told) == []
    told.tag()
    assert [one.subscription_id for one in messages(told)] == [id_]
    with pytest.raises(Invalid):
        told.tag(color="none")
    webhooks.update(told.service, told.actor, told.organization_id, id_, {"enabled": False})
    told.tag()
    assert len(messages(told)) == 1
    assert [(one.status, one.error) for one in sent(told)] == [("failed", "The subscription is disabled or gone")]
    assert receiver.received == []


def test_many_changes_of_a_thing_in_one_unit_are_one_message(told: World, receiver: Receiver) -> None:
    subscribed(told, receiver)
    above = told.object()
    below = told.object("app", above.id)
    diagram = told.diagram(above.id, "app-diagram", objects={"o": placed(below)})
    sent(told)
    receiver.received.clear()
    told.update(DIAGRAM, diagram.id, name="E", objects={"$remove": ["o"]})
    told.update(DIAGRAM_CONTENT, diagram.id, objects={"$add": {"o": placed(below)}})
    told.delete(MODEL_OBJECT, above.id)
    sent(told)
    found = [(got.json["collection"], got.json["operation"], got.json["resourceId"]) for got in receiver.received]
    assert found[:2] == [("diagram", "updated", diagram.id)] * 2
    assert sorted(found[2:]) == sorted(
        [
            ("diagram", "deleted", diagram.id),
            ("model-object", "deleted", above.id),
            ("model-object", "deleted", below.id),
        ]
    )


def test_a_message_that_isnt_taken_is_sent_again_and_then_given_up(told: World, receiver: Receiver) -> None:
    subscribed(told, receiver)
    told.object()
    receiver.statuses = [500, 200]
    [first] = sent(told)
    assert (first.status, first.attempts, first.response_status) == ("waiting", 1, 500)
    assert first.error == "The answer was 500, expected 200 to 299"
    wait = first.next_attempt_at - first.created_at  # type: ignore[operator]
    assert timedelta(seconds=24) <= wait <= timedelta(seconds=50)
    [second] = sent(told)
    assert (second.status, second.attempts, second.response_status, second.error) == ("delivered", 2, 200, None)
    assert [got.headers["x-nunatak-attempt"] for got in receiver.received] == ["1", "2"]
    told.object()
    receiver.statuses = [307, 404, 500]
    for _ in range(3):
        last = sent(told)[-1]
    assert (last.status, last.attempts, last.error) == ("failed", 3, "The answer was 500, expected 200 to 299")
    assert "next_attempt_at" not in repr(last) or not last.next_attempt_at


def test_where_nobody_answers_the_rest_waits_and_keeps_its_order(told: World, receiver: Receiver) -> None:
    subscribed(told, receiver)
    ids = [told.object().id for _ in range(3)]
    receiver.statuses = [0]
    assert [(one.status, one.attempts) for one in sent(told)] == [("waiting", 1), ("waiting", 0), ("waiting", 0)]
    receiver.received.clear()
    assert [one.status for one in sent(told)] == ["delivered"] * 3
    assert [got.json["resourceId"] for got in receiver.received] == ids


def test_an_address_that_became_private_is_not_posted_to(told: World, receiver: Receiver) -> None:
    subscribed(told, receiver)
    told.object()
    told.service = replace(told.service, poster=Poster())
    [found] = sent(told)
    assert (found.status, receiver.received) == ("waiting", [])
    assert found.error == "expected a host on the public internet; private networks are closed to webhooks here"


def test_a_message_is_sent_again_when_asked(told: World, receiver: Receiver) -> None:
    id_, secret = subscribed(told, receiver)
    told.object()
    [found] = sent(told)
    _, renewed = webhooks.renew(told.service, told.actor, told.organization_id, id_)
    again = webhooks.redeliver(told.service, told.actor, told.organization_id, id_, found.id)
    assert (again.status, again.attempts) == ("waiting", 0)
    sent(told)
    assert receiver.received[0].body == receiver.received[1].body
    got = receiver.received[1]
    timestamp = got.headers["x-icepanel-timestamp"]
    assert got.headers["x-icepanel-signature"] == deliveries.signature(renewed, timestamp, got.body)
    assert renewed != secret


def test_each_wait_is_four_times_the_one_before_with_chance_up_to_six_hours() -> None:
    retries = Retries(wait=timedelta(seconds=30))
    for attempts, seconds in ((1, 30), (2, 120), (3, 480), (6, 21_600), (50, 21_600)):
        waits = [retries.after(attempts).total_seconds() for _ in range(20)]
        assert all(0.79 * seconds <= wait <= 1.21 * seconds for wait in waits)
        assert len(set(waits)) > 10


def test_messages_are_forgotten_after_thirty_days(told: World, receiver: Receiver) -> None:
    subscribed(told, receiver)
    old, new = told.object().id, told.object().id
    [first, second] = messages(told)
    with told.service.database.write() as unit:
        table = TABLES[WEBHOOK_DELIVERY.name]
        month = 31 * 86_400 * 1_000_000
        unit.connection.execute(update(table).where(table.c.id == first.id).values(position=table.c.position - month))
    sent(told)
    assert [one.id for one in messages(told)] == [second.id]
    assert [got.json["resourceId"] for got in receiver.received] == [old, new]
