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
