"""Webhook subscriptions on the wire, and a started server that sends to a real receiver."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nunatak.services.posting import Poster
from tests.make import World
from tests.receiver import Receiver, receiving
from tests.started import Started, prepared
from tests.wire import Wire, wire_of


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def hooks(world: World) -> Wire:
    """A client with a key that administers, of a server whose webhooks may go to 93.184.215.14 and nowhere else."""
    world.service = replace(world.service, poster=Poster(resolve=lambda host, _port: [_ADDRESSES.get(host, "::1")]))
    made = wire_of(world, "admin")
    made.base = f"/v1/organizations/{world.organization_id}/webhooks"
    return made


_ADDRESSES = {"told.example": "93.184.215.14"}
_URL = "https://told.example/hook"


def test_a_subscription_tells_its_secret_once(hooks: Wire) -> None:
    made = hooks.send("POST", "", json={"name": "W", "url": _URL, "collections": ["tag"]})
    one, secret = made["webhookSubscription"], made["secret"]
    assert (one["name"], one["url"], one["enabled"], one["collections"]) == ("W", _URL, True, ["tag"])
    assert len(secret) == 64
    assert hooks.send("GET", f"/{one['id']}") == {"webhookSubscription": one}
    assert hooks.send("GET", "") == {"webhookSubscriptions": [one]}
    assert "nonce" not in one
    renewed = hooks.send("POST", f"/{one['id']}/secret")
    assert renewed["secret"] != secret
    changed = hooks.send("PATCH", f"/{one['id']}", json={"enabled": False, "collections": []})["webhookSubscription"]
    assert (changed["enabled"], changed["collections"], changed["name"]) == (False, [], "W")
    assert hooks.send("DELETE", f"/{one['id']}") == {}
    hooks.send("GET", f"/{one['id']}", 404)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://inside.example/", "expected a host on the public internet; private networks are closed"),
        ("https://[::ffff:10.0.0.1]/", "expected a host on the public internet; private networks are closed"),
        ("gopher://told.example/", "expected an address such as https://example.com/path"),
        ("https://key@told.example/", "expected an address without a user name"),
    ],
)
def test_an_address_that_may_not_be_told_is_refused_by_name(hooks: Wire, url: str, reason: str) -> None:
    refused = hooks.send("POST", "", 422, json={"name": "W", "url": url})
    assert refused["errors"][0].startswith(f"body.url: {reason}")
    made = hooks.send("POST", "", json={"name": "W", "url": _URL})["webhookSubscription"]
    assert hooks.send("PATCH", f"/{made['id']}", 422, json={"url": url})["errors"] == refused["errors"]


def test_subscriptions_are_for_administrators_of_the_organization(hooks: Wire) -> None:
    writer = wire_of(hooks.world)
    writer.send("GET", hooks.base, 403)
    writer.send("POST", hooks.base, 403, json={"name": "W", "url": _URL})
    hooks.send("GET", "/v1/organizations/another/webhooks", 404)
    hooks.send("POST", "", 422, json={"name": "W", "url": _URL, "collections": ["nothing"]})
    hooks.send("POST", "", 422, json={"name": "W"})


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Started]:
    made = prepared(tmp_path)
    made.env |= {"NUNATAK_WEBHOOK_PRIVATE": "1", "NUNATAK_WEBHOOK_WAIT": "0.5"}
    made.start()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end()


def test_a_server_sends_what_was_not_taken_again_even_after_a_restart(server: Started, receiver: Receiver) -> None:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    land = server.call("GET", f"/v1/organizations/{organization}/landscapes")["landscapes"][0]["id"]
    hooks = f"/v1/organizations/{organization}/webhooks"
    made = server.call("POST", hooks, {"name": "W", "url": receiver.url})
    base, one = f"/v1/landscapes/{land}/versions/latest", made["webhookSubscription"]["id"]
    receiver.statuses = [500]
    tag = server.call("POST", f"{base}/tag-groups", {"name": "G", "icon": "star", "index": 0})["tagGroup"]
    receiver.wait_for(1)
    assert server.end() == 0
    assert len(receiver.received) <= 2  # it may have come in time
    server.start()
    receiver.wait_for(2)
    delivered = _ended(server, f"{hooks}/{one}/deliveries")
    assert (delivered["status"], delivered["attempts"], delivered["responseStatus"]) == ("delivered", 2, 200)
    first, second = receiver.received
    assert first.body == second.body
    assert second.json["operation"] == "created"
    assert second.json["resourceId"] == tag["id"]
    signed = second.headers["x-icepanel-timestamp"].encode() + b"." + second.body
    assert abs(int(second.headers["x-icepanel-timestamp"]) - time.time()) < 300
    expected = hmac.new(made["secret"].encode(), signed, hashlib.sha256).hexdigest()
    assert second.headers["x-icepanel-signature"] == expected

    again = server.call("POST", f"{hooks}/{one}/deliveries/{delivered['id']}/redeliver")["webhookDelivery"]
    assert again["status"] == "waiting"
    assert receiver.wait_for(3)[2].body == first.body
    server.call("POST", f"{hooks}/{one}/ping")
    assert receiver.wait_for(4)[3].json["ping"] is True
    server.call("PATCH", f"{hooks}/{one}", {"enabled": False})
    server.call("POST", f"{base}/tag-groups", {"name": "H", "icon": "star", "index": 1})
    listed = server.call("GET", f"{hooks}/{one}/deliveries?filter[status]=delivered,waiting")["webhookDeliveries"]
    assert len(listed) == 2


def _ended(server: Started, path: str) -> Any:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = server.call("GET", path)["webhookDeliveries"]
        if found[0]["status"] != "waiting":
            return found[0]
        time.sleep(0.05)
    pytest.fail(f"the message never arrived: {found}")
