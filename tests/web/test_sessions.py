"""Signing in and out over HTTP, and what a cookie may do at the API."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from nunatak.api.icepanel.app import Api
from nunatak.services import keys
from nunatak.services.sessions import COOKIE, Tickets
from nunatak.web import sessions
from tests.make import World

LOG_IN = {"Content-Type": "application/json"}


@pytest.fixture
def tickets() -> Tickets:
    return Tickets()


@pytest.fixture
def client(world: World, tickets: Tickets) -> TestClient:
    routes = [*sessions.routes(world.service, tickets), Mount("/v1", app=Api(world.service))]
    return TestClient(Starlette(routes=routes))


@pytest.fixture
def key(world: World) -> str:
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="b", permission="write")
    return credentials


def test_nobody_is_signed_in_at_first(client: TestClient) -> None:
    assert client.get("/session").json() == {"signedIn": False}


def test_a_key_signs_in_with_a_cookie_that_scripts_and_other_sites_do_not_get(client: TestClient, key: str) -> None:
    answer = client.post("/session", json={"key": key})
    assert answer.json()["signedIn"] is True
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.headers["cache-control"] == "no-store"
    assert client.get("/session").json()["permissions"] == answer.json()["permissions"]
    assert key.partition(":")[2] not in answer.text + cookie


def test_the_cookie_is_for_encrypted_connections_alone_where_it_came_by_one(world: World, key: str) -> None:
    app = Starlette(routes=sessions.routes(world.service, Tickets()))
    answer = TestClient(app, base_url="https://testserver").post("/session", json={"key": key})
    assert "; secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize("given", [{"key": "no:thing"}, {"ticket": "nothing"}])
def test_what_proves_nothing_signs_nobody_in(client: TestClient, given: dict[str, str]) -> None:
    answer = client.post("/session", json=given)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b'{"key": "a:b"}', {"Content-Type": "text/plain"}, 422),
        (b'{"key": "a:b"}', {**LOG_IN, "Sec-Fetch-Site": "cross-site"}, 403),
        (b"[1]", LOG_IN, 422),
        (b"{", LOG_IN, 422),
        (b'{"key": 1}', LOG_IN, 422),
        (b"{}", LOG_IN, 422),
        (b'{"key": "' + b"a" * 5000 + b'"}', LOG_IN, 413),
    ],
)
def test_other_pages_and_other_bodies_are_refused(
    client: TestClient, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert client.post("/session", content=body, headers=headers).status_code == status


def test_a_ticket_signs_in_once(client: TestClient, world: World, tickets: Tickets) -> None:
    ticket = tickets.issue(world.actor.id, world.service.clock())
    assert client.post("/session", json={"ticket": ticket}).json()["signedIn"] is True
    assert client.post("/session", json={"ticket": ticket}).status_code == 401


def test_a_cookie_reads_and_writes_only_with_its_mark(client: TestClient, key: str, world: World) -> None:
    mark = client.post("/session", json={"key": key}).json()["mark"]
    path = f"/v1/landscapes/{world.path.landscape_id}"
    assert client.get(path).status_code == 200
    assert client.patch(path, json={"name": "New"}).status_code == 403
    assert client.patch(path, json={"name": "New"}, headers={"X-Nunatak-Mark": mark}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_other_origins_can_not_use_the_cookie(client: TestClient, key: str, world: World, site: str) -> None:
    client.post("/session", json={"key": key})
    path = f"/v1/landscapes/{world.path.landscape_id}"
    assert client.get(path, headers={"Sec-Fetch-Site": site}).status_code == 403


def test_signing_out_needs_the_mark_and_takes_the_cookie(client: TestClient, key: str) -> None:
    mark = client.post("/session", json={"key": key}).json()["mark"]
    assert client.delete("/session").status_code == 403
    assert client.delete("/session", headers={"X-Nunatak-Mark": mark}).json() == {"signedIn": False}
    assert client.get("/session").json() == {"signedIn": False}
