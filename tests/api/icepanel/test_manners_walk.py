"""Manners on the wire: rates, idempotency keys, and answers that a client has already."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from starlette.testclient import TestClient

from nunatak.api.answers import Answers
from nunatak.api.icepanel.app import Api
from nunatak.api.wire.rates import Figures
from tests.make import Clock
from tests.wire import Wire, wire_of


def limited(wire: Wire, **figures: int) -> Wire:
    """A client of an API with rates."""
    return Wire(wire.world, TestClient(Api(wire.world.service, rates=Figures(**figures))), wire.credentials)


def test_no_rate_is_held_unless_it_is_set(wire: Wire) -> None:
    for _ in range(70):
        wire.send("POST", "/domains", 422)
    answer = wire.client.get(f"{wire.base}/domains", headers={"X-API-Key": wire.credentials})
    assert not [name for name in answer.headers if name.startswith("x-ratelimit")]


def test_a_caller_over_the_rate_gets_429_with_the_time_to_wait(wire: Wire) -> None:
    client, key = limited(wire, reads=2, writes=1).client, {"X-API-Key": wire.credentials}
    path = f"{wire.base}/domains"
    answers = [client.get(path, headers=key) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert [each.headers["x-ratelimit-remaining"] for each in answers] == ["1", "0", "0"]
    over = answers[2]
    assert over.json()["message"] == "Too Many Requests"
    assert over.headers["x-ratelimit-limit"] == "2"
    wait = int(over.headers["retry-after"])
    assert 1 <= wait <= 60
    assert abs(int(over.headers["x-ratelimit-reset"]) - (time.time() + wait)) < 2
    assert client.head(path, headers=key).status_code == 429
    assert client.post(path, headers=key, json={"name": "fits"}).status_code == 200
    assert client.post(path, headers=key, content=b"x" * 10).status_code == 429


def test_each_key_has_a_rate_of_its_own_and_wrong_ones_share_their_addresses(wire: Wire) -> None:
    client, path = limited(wire, reads=1).client, f"{wire.base}/domains"
    other = wire_of(wire.world).credentials
    sent = [wire.credentials, other, wire.credentials, "a:b", "c:d"]
    assert [client.get(path, headers={"X-API-Key": key}).status_code for key in sent] == [200, 200, 429, 401, 429]
    assert client.get(path).status_code == 429


def keyed(wire: Wire, key: str, status: int = 200, path: str = "/domains", **more: Any) -> Any:
    headers = {"X-API-Key": wire.credentials, "Idempotency-Key": key}
    answer = wire.client.post(f"{wire.base}{path}", headers=headers, **more)
    assert answer.status_code == status, answer.text
    return answer


def names(wire: Wire) -> list[str]:
    return [one["name"] for one in wire.send("GET", "/domains")["domains"]][1:]


def test_a_post_that_is_sent_twice_with_a_key_has_one_effect_and_one_answer(wire: Wire) -> None:
    first = keyed(wire, "k", json={"name": "A"})
    second = keyed(wire, "k", json={"name": "A"})
    assert (second.content, second.headers["content-type"]) == (first.content, first.headers["content-type"])
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert names(wire) == ["A"]
    keyed(wire, "another", json={"name": "A"})
    assert names(wire) == ["A", "A"]


def test_a_key_with_another_body_query_or_path_is_refused(wire: Wire) -> None:
    keyed(wire, "k", json={"name": "A"})
    for more in ({"json": {"name": "B"}}, {"json": {"name": "A"}, "params": {"a": "b"}}):
        assert keyed(wire, "k", 422, **more).json()["errors"][0].startswith("header.Idempotency-Key: ")
    keyed(wire, "k", 422, "/tag-groups", json={"name": "A"})
    assert names(wire) == ["A"]


def test_a_refused_request_may_be_mended_under_its_key(wire: Wire) -> None:
    keyed(wire, "k", 422, json={})
    keyed(wire, "k", 400, content=b"{")
    keyed(wire, "k", json={"name": "A"})
    assert names(wire) == ["A"]


def test_diagrams_come_whole_under_a_key(wire: Wire) -> None:
    body = {"name": "D", "type": "context-diagram", "modelId": wire.world.root_id, "index": 0}
    first = keyed(wire, "d", path="/diagrams", json=body).json()
    assert first["diagramContent"]["id"] == first["diagram"]["id"]
    assert keyed(wire, "d", path="/diagrams", json=body).json() == first
    assert len(wire.send("GET", "/diagrams")["diagrams"]) == 1


def test_a_key_means_nothing_to_other_methods(wire: Wire) -> None:
    made = wire.made("/domains", name="A")
    for name in ("B", "C"):
        headers = {"Idempotency-Key": "k"}
        changed = wire.send("PATCH", f"/domains/{made['id']}", json={"name": name}, headers=headers)
        assert changed["domain"]["name"] == name


def test_answers_are_kept_for_as_long_as_the_setting_says(wire: Wire) -> None:
    assert isinstance(wire.world.service.clock, Clock)  # which moves on by a second at every look
    short = Api(wire.world.service, keep_answers=timedelta(seconds=1))
    client = Wire(wire.world, TestClient(short), wire.credentials)
    keyed(client, "k", json={"name": "A"})
    keyed(client, "k", json={"name": "A"})
    assert names(wire) == ["A", "A"]


def test_a_list_that_has_not_changed_is_not_sent_again(wire: Wire) -> None:
    client, path = TestClient(Answers(Api(wire.world.service))), f"{wire.base}/domains"
    key = {"X-API-Key": wire.credentials}
    tag = client.get(path, headers=key).headers["etag"]
    for method in ("GET", "HEAD"):
        again = client.request(method, path, headers={**key, "If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    wire.made("/domains", name="A")
    changed = client.get(path, headers={**key, "If-None-Match": tag})
    assert (changed.status_code, len(changed.json()["domains"])) == (200, 2)
    assert client.head(path, headers=key).headers["content-length"] == str(len(changed.content))
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 401
