"""Every request gets an id, and a fault of ours tells nothing but that id."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from nunatak.api.requests import Requests


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    scope["actor"] = "api-key:k"
    await PlainTextResponse(Request(scope).scope["request_id"])(scope, receive, send)


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError("password=hunter2")


async def broken_halfway(scope: Scope, receive: Receive, send: Send) -> None:
    async def body() -> Any:
        yield b"half"
        raise RuntimeError("password=hunter2")

    await StreamingResponse(body())(scope, receive, send)


def client(app: Any) -> TestClient:
    return TestClient(Requests(app, new_id=lambda: "made"), raise_server_exceptions=False)


@pytest.mark.parametrize("given", ["abc", "A-b_c.9", "x" * 64])
def test_a_harmless_id_of_the_callers_is_kept(given: str) -> None:
    answer = client(fine).get("/", headers={"X-Request-Id": given})
    assert answer.text == answer.headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a;b", "<script>", "%0d%0aSet-Cookie:x", "é", "a\tb"])
def test_any_other_id_is_replaced_by_ours(given: str) -> None:
    answer = client(fine).get("/", headers=[(b"X-Request-Id", given.encode())])
    assert answer.text == answer.headers["x-request-id"] == "made"


def test_a_fault_is_a_500_that_names_the_request_and_leaks_nothing() -> None:
    with structlog.testing.capture_logs() as lines:
        answer = client(broken).get("/v1/x")
    assert (answer.status_code, answer.headers["x-request-id"]) == (500, "made")
    assert answer.json() == {
        "message": "Something went wrong on our side; the log has it under request made",
        "code": "internal",
        "errors": [],
        "requestId": "made",
    }
    assert [(line["event"], line["request_id"]) for line in lines] == [("fault", "made"), ("request", "made")]
    assert lines[0]["exc_info"]


def test_a_fault_in_the_middle_of_an_answer_is_logged_under_its_id_too() -> None:
    with structlog.testing.capture_logs() as lines:
        client(broken_halfway).get("/")
    assert [line["event"] for line in lines] == ["fault", "request"]


def test_a_client_that_leaves_is_no_fault_of_ours() -> None:
    async def left(scope: Scope, receive: Receive, send: Send) -> None:
        raise ClientDisconnect

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/x", "headers": []}
    with structlog.testing.capture_logs() as lines:
        asyncio.run(Requests(left, new_id=lambda: "made")(scope, receive, send))
    assert [(line["event"], line.get("status")) for line in lines] == [("request", 499)]
    assert sent == []


def test_a_line_tells_who_asked_for_what_and_how_it_ended() -> None:
    with structlog.testing.capture_logs() as lines:
        client(fine).get("/v1/x?key=secret", headers={"X-API-Key": "k:secret"})
    line = lines[0]
    assert (line["method"], line["path"], line["status"], line["actor"]) == ("GET", "/v1/x", 200, "api-key:k")
    assert line["ms"] >= 0
    assert "secret" not in repr(line)


@pytest.mark.parametrize(
    ("path", "shown"), [("/files/a-token-that-opens", "/files/…"), ("/s/a-word-that-opens/enter", "/s/…")]
)
def test_an_address_that_is_a_key_stays_out_of_the_log(path: str, shown: str) -> None:
    with structlog.testing.capture_logs() as lines:
        client(fine).get(path)
    assert lines[0]["path"] == shown


@pytest.mark.parametrize(
    ("trusted", "sent", "seen"),
    [
        (False, ["203.0.113.9"], "testclient"),
        (True, ["203.0.113.9"], "203.0.113.9"),
        (True, ["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        (True, ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        (True, [""], "testclient"),
        (True, [], "testclient"),
    ],
)
def test_the_callers_address_is_what_the_nearest_trusted_proxy_saw(trusted: bool, sent: list[str], seen: str) -> None:
    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(scope["client"][0])(scope, receive, send)

    app = Requests(told, new_id=lambda: "made", trust_proxy=trusted)
    answer = TestClient(app).get("/", headers=[("X-Forwarded-For", value) for value in sent])
    assert answer.text == seen
