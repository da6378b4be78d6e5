"""Signing in has its bounds: so many at once, and so many failures a minute from one address."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from nunatak.core.errors import Busy
from nunatak.web.entrance import DOORS, Entrance


def answering(status: int) -> ASGIApp:
    async def answer(_request: Request) -> Response:
        return Response(status_code=status)

    return Starlette(routes=[Route("/{rest:path}", answer, methods=["GET", "POST"])])


def test_an_address_that_fails_too_often_waits_and_others_do_not() -> None:
    app = Entrance(answering(401), failures=2)
    guesser, other = TestClient(app, client=("203.0.113.9", 1)), TestClient(app, client=("203.0.113.10", 1))
    assert [guesser.post("/session").status_code for _ in range(3)] == [401, 401, 429]
    held = guesser.post("/s/abc/enter")
    assert held.status_code == 429
    assert 1 <= int(held.headers["retry-after"]) <= 60
    assert held.json() == {"message": "Too many tries failed; wait a minute"}
    assert other.post("/session").status_code == 401
    assert guesser.get("/session").status_code == 401
    assert guesser.post("/v1/landscapes").status_code == 401


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("203.0.113.9", "::ffff:203.0.113.9", True),
        ("203.0.113.9", "203.0.113.8", False),
    ],
)
def test_addresses_that_one_guesser_has_are_counted_together(first: str, second: str, is_same: bool) -> None:
    app = Entrance(answering(401), failures=1)
    statuses = [TestClient(app, client=(each, 1)).post("/session").status_code for each in (first, second)]
    assert statuses == [401, 429 if is_same else 401]


class Away:
    """Counts whose database is away."""

    def count(self, name: str, seconds: int) -> tuple[int, float]:
        raise Busy(f"{name} was counted for {seconds} s")

    def counted(self, name: str) -> tuple[int, float]:
        raise Busy(f"The database is not available; try again: {name}")


def test_nobody_gets_in_while_the_counts_cannot_be_read() -> None:
    client = TestClient(Entrance(answering(200), failures=2, counts=Away()))
    held = client.post("/session")
    assert (held.status_code, held.json()) == (
        503,
        {"message": "The database is not available; try again: sign-in/testclient"},
    )
    assert client.get("/session").status_code == 200


def test_who_gets_in_is_not_counted() -> None:
    client = TestClient(Entrance(answering(200), failures=2))
    assert {client.post("/session").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize(
    ("path", "is_door"),
    [("/session", True), ("/s/abc/enter", True), ("/oauth/token", True), ("/s/abc", False), ("/v1/sessions", False)],
)
def test_the_doors_are_where_credentials_are_taken(path: str, is_door: bool) -> None:
    assert (DOORS.fullmatch(path) is not None) is is_door


def test_no_more_sign_in_at_once_than_may() -> None:
    async def run() -> list[int]:
        free = asyncio.Event()
        statuses: list[int] = []

        async def slow(_scope: Any, _receive: Any, send: Any) -> None:
            await free.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        entrance = Entrance(slow, at_once=2)

        async def knock() -> None:
            async def heard(message: Any) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])

            scope = {"type": "http", "method": "POST", "path": "/session", "client": ("::1", 1), "headers": []}
            await entrance(scope, None, heard)  # type: ignore[arg-type]

        knocking = [asyncio.create_task(knock()) for _ in range(3)]
        await asyncio.sleep(0.01)
        assert statuses == [429]
        free.set()
        await asyncio.gather(*knocking)
        await knock()
        return statuses

    assert asyncio.run(run()) == [429, 200, 200, 200]
