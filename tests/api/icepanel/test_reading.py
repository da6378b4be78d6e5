"""What is read of a request, and in which order: nobody's body is looked at before it is known who sends it to what."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from nunatak.api.icepanel.app import Api, all_operations
from nunatak.api.icepanel.diagrams import Seen
from nunatak.api.icepanel.operation import Call, Operation
from nunatak.api.wire.coding import compressed
from nunatak.api.wire.limits import Limits
from nunatak.services import access_tokens, keys
from nunatak.services.bounds import Bounds
from tests.wire import Wire, wire_of

BROKEN = b'{"name": '


def of(wire: Wire, **options: Any) -> Wire:
    """The same world's client, of an API with other options."""
    return Wire(wire.world, TestClient(Api(wire.world.service, **options)), wire.credentials)


@pytest.mark.parametrize("body", [BROKEN, b"x" * 5000, b"{}"])
def test_credentials_then_places_then_size_then_words(wire: Wire, body: bytes) -> None:
    small, world = of(wire, body_limit=1000), wire.world
    _, reads = keys.create(world.service, world.actor, world.organization_id, name="r", permission="read")
    path = f"{wire.base}/domains"
    elsewhere = "/v1/landscapes/nowhere/versions/latest/domains"
    for url, key, status in (
        (elsewhere, {}, 401),
        (path, {"X-API-Key": "a:b"}, 401),
        (path, {"X-API-Key": reads}, 403),
        (elsewhere, {"X-API-Key": wire.credentials}, 404),
        (path.replace("latest", "nowhere"), {"X-API-Key": wire.credentials}, 404),
        ("/v1/organizations/nowhere/landscapes", {"X-API-Key": wire.credentials}, 404),
    ):
        assert small.client.post(url, content=body, headers=key).status_code == status
    status = {BROKEN: 400, b"{}": 422}.get(body, 413)
    assert small.client.post(path, content=body, headers={"X-API-Key": wire.credentials}).status_code == status


def test_a_body_of_unknown_length_is_given_up_at_the_limit(wire: Wire) -> None:
    small = of(wire, body_limit=1000)
    taken = []

    def pieces() -> Any:
        for index in range(50):
            taken.append(index)
            yield b" " * 400

    small.send("POST", "/domains", 413, content=pieces())


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_compressed_body_is_taken_and_its_limit_is_that_of_its_text(wire: Wire, coding: Any) -> None:
    small = of(wire, body_limit=1000)
    body = json.dumps({"name": "packed"}).encode()
    headers = {"Content-Encoding": coding}
    made = small.send("POST", "/domains", content=compressed(body, coding), headers=headers)
    assert made["domain"]["name"] == "packed"
    bomb = compressed(b'{"name":"' + b"x" * 100_000 + b'"}', coding)
    refusal = small.send("POST", "/domains", 413, content=bomb, headers=headers)
    assert "1,000 bytes" in refusal["message"]
    broken = small.send("POST", "/domains", 400, content=body, headers=headers)
    assert broken["errors"] == [f"body: the data is no whole {coding}, as the Content-Encoding header says it is"]


def test_a_coding_that_is_not_known_is_named(wire: Wire) -> None:
    answer = wire.send("POST", "/domains", 400, content=b"x", headers={"Content-Encoding": "br"})
    assert answer["errors"] == ["header.Content-Encoding: expected gzip or zstd, got 'br'"]
    wire.send("POST", "/domains", json={"name": "x"}, headers={"Content-Encoding": "identity"})


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "text/plain", "nonsense", None])
def test_content_types_are_taken_as_they_come_and_reads_may_have_one(wire: Wire, content_type: str | None) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    assert wire.send("POST", "/domains", content=b'{"name": "n"}', headers=headers)["domain"]["name"] == "n"
    assert wire.send("GET", "/domains", headers=headers)["domains"]
    wire.send("GET", "/domains", content=BROKEN, headers=headers)
    missing = wire.send("POST", "/domains", 422, headers=headers)
    assert missing["errors"] == ["body.name: required"]


def test_head_is_answered_wherever_get_is(wire: Wire) -> None:
    key = {"X-API-Key": wire.credentials}
    for path, status in (("/domains", 200), ("/model/objects", 200), ("/model/objects/nowhere", 404)):
        assert wire.client.head(f"{wire.base}{path}", headers=key).status_code == status
    assert wire.client.head("/v1/landscapes", headers=key).status_code in (404, 405)


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "é"])
def test_a_key_that_is_no_usable_idempotency_key_is_refused_by_name(wire: Wire, key: str) -> None:
    headers = {"X-API-Key": wire.credentials, "Idempotency-Key": key.encode("latin-1")}
    answer = wire.client.post(f"{wire.base}/domains", json={"name": "x"}, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"] == ["header.Idempotency-Key: expected 1 to 255 printable ASCII characters"]


def test_gzip_as_any_tool_makes_it_is_read(wire: Wire) -> None:
    body = gzip.compress(b'{"name": "g"}')
    assert wire.send("POST", "/domains", content=body, headers={"Content-Encoding": "x-gzip"})["domain"]["name"] == "g"


def test_a_write_is_refused_before_its_body_for_a_key_that_only_reads(wire: Wire) -> None:
    reader = wire_of(wire.world, "read")
    assert reader.send("POST", "/domains", 403, content=BROKEN)["code"] == "auth/forbidden"


class Sent:
    """A request as the server hands it on, in pieces; how many of them were taken, and when the answer began."""

    def __init__(self, wire: Wire, pieces: list[bytes], **headers: str) -> None:
        given = {"x-api-key": "a:b", "content-length": str(sum(map(len, pieces))), **headers}
        self.scope = {
            "type": "http",
            "method": "POST",
            "path": f"{wire.base}/domains",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("n", 80),
            "scheme": "http",
        }
        self.pieces, self.taken, self.answered = pieces, 0, -1

    async def receive(self) -> dict[str, Any]:
        if self.taken == len(self.pieces):
            return {"type": "http.disconnect"}
        self.taken += 1
        return {
            "type": "http.request",
            "body": self.pieces[self.taken - 1],
            "more_body": self.taken < len(self.pieces),
        }

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.answered, self.status = self.taken, message["status"]


@pytest.mark.parametrize(("headers", "taken"), [({}, 3), ({"expect": "100-continue"}, 0), ({"content-length": "0"}, 0)])
def test_a_refused_body_is_taken_in_before_the_answer_unless_the_client_waits(
    wire: Wire, headers: dict[str, str], taken: int
) -> None:
    sent = Sent(wire, [b"a", b"b", b"c"], **headers)
    asyncio.run(Api(wire.world.service)(sent.scope, sent.receive, sent.send))
    assert (sent.status, sent.answered) == (401, taken)


def test_what_is_over_the_limit_is_taken_in_too_and_a_client_that_leaves_is_let_go(wire: Wire) -> None:
    sent = Sent(wire, [b" " * 600] * 5, **{"x-api-key": wire.credentials})
    asyncio.run(Api(wire.world.service, body_limit=1000)(sent.scope, sent.receive, sent.send))
    assert (sent.status, sent.answered) == (413, 5)
    gone = Sent(wire, [b"a"], **{"content-length": "9"})
    gone.pieces = []
    asyncio.run(Api(wire.world.service)(gone.scope, gone.receive, gone.send))
    assert gone.status == 401


def test_the_shape_of_a_request_has_limits_that_are_settings(wire: Wire) -> None:
    small = of(wire, limits=Limits(depth=2, items=3, query=40, keys=1))
    assert small.send("POST", "/domains", 413, json={"name": "d", "labels": {"a": [[]]}})["errors"] == [
        "body: expected at most 2 levels"
    ]
    assert small.send("POST", "/domains", 413, json={"name": ["a", "b", "c", "d"]})["errors"] == [
        "body: expected at most 3 values in each list"
    ]
    small.send("GET", "/domains?filter[name]=" + "x" * 40, 413)
    small.send("GET", "/domains?a=1&b=2", 413)
    small.send("GET", "/domains?a=1")


def test_a_page_holds_no_more_than_the_server_gives(wire: Wire) -> None:
    for _ in range(3):
        wire.world.object()
    wire.world.service = replace(wire.world.service, bounds=Bounds(page=2))
    bounded = of(wire)
    for query in ("", "?limit=1000"):
        first = bounded.send("GET", f"/model/objects{query}")
        assert len(first["modelObjects"]) == 2
        rest = bounded.send("GET", f"/model/objects?cursor={first['nextCursor']}")
        assert len(rest["modelObjects"]) == 2
        assert "nextCursor" not in rest
    assert len(bounded.send("GET", "/model/objects?limit=1")["modelObjects"]) == 1


def test_too_many_jobs_are_429_with_the_time_to_come_back(wire: Wire) -> None:
    class Full:
        def asked(self, *_: object) -> int:
            return 2

    wire.world.service = replace(wire.world.service, bounds=Bounds(jobs=2), jobs=Full())  # type: ignore[arg-type]
    full = of(wire)
    diagram = wire.world.diagram()
    answer = full.client.post(
        f"{wire.base}/diagrams/{diagram.id}/export/image", json={}, headers={"X-API-Key": wire.credentials}
    )
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    assert answer.json()["code"] == "too-many-requests"


def in_a_thread(wire: Wire, *, light: bool, path: str, headers: dict[str, str]) -> bool:
    """Whether an operation of this kind is carried out in one of the threads for requests."""

    def seen(_call: Call[Any]) -> str:
        return threading.current_thread().name

    made = Operation(id="t.get", method="GET", path="/t", handler=seen, answer="text/plain", query=Seen, light=light)
    answer = of(wire, operations=[made]).client.get(path, headers=headers)
    assert answer.status_code == 200
    return "request_" in answer.text


def test_what_takes_one_look_into_a_file_is_answered_at_once_and_all_else_in_a_thread(wire: Wire) -> None:
    service, key = wire.world.service, {"X-API-Key": wire.credentials}
    bearer = {"Authorization": f"Bearer {wire.credentials}"}
    is_file = service.database.is_sqlite
    assert in_a_thread(wire, light=True, path="/v1/t", headers=key) is not is_file
    assert in_a_thread(wire, light=True, path="/v1/t", headers=bearer) is not is_file
    assert in_a_thread(wire, light=False, path="/v1/t", headers=key)
    assert in_a_thread(wire, light=True, path="/v1/t?draftId=d", headers=key)
    token = access_tokens.issue(service, keys.authenticate(service, wire.credentials))
    assert in_a_thread(wire, light=True, path="/v1/t", headers={"Authorization": f"Bearer {token}"})


def test_only_reads_without_a_body_are_light() -> None:
    light = [one for one in all_operations() if one.light]
    assert {one.method for one in light} == {"GET", "HEAD"}
    assert {one.body for one in light} == {None}
    assert {"model.objects.get", "diagrams.export.get", "organizations.get"} <= {one.id for one in light}
