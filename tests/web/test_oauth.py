"""`/oauth/token` over HTTP: which clients get a token, in which words others are refused, and what a token opens."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from nunatak.api.cognite.app import Api as DrawingsApi
from nunatak.api.icepanel.app import Api
from nunatak.core.kinds import LOG_ENTRY
from nunatak.services import keys
from nunatak.web import oauth
from tests.make import World

GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def engine() -> str:
    """One is enough: what is stored is tested with the services."""
    return "sqlite"


@pytest.fixture
def client(world: World) -> TestClient:
    mounts = [Mount("/v1", app=Api(world.service)), Mount("/", app=DrawingsApi(world.service))]
    return TestClient(Starlette(routes=[*oauth.routes(world.service), *mounts]))


@pytest.fixture
def key(world: World) -> tuple[str, str]:
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="ci", permission="read")
    id_, _, secret = credentials.partition(":")
    return id_, secret


def basic(id_: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{id_}:{secret}".encode()).decode()}


def token(client: TestClient, key: tuple[str, str], **more: str) -> str:
    form = {**GRANT, "client_id": key[0], "client_secret": key[1], **more}
    answer = client.post("/oauth/token", data=form)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def opened(client: TestClient, token: str) -> tuple[int, int]:
    """What both faces say to a bearer."""
    headers = {"Authorization": f"Bearer {token}"}
    answers = [client.get(path, headers=headers) for path in ("/v1/organizations", "/api/v1/token/inspect")]
    return answers[0].status_code, answers[1].status_code


def test_a_key_becomes_a_token_by_form_and_by_header(client: TestClient, key: tuple[str, str]) -> None:
    asked: Any = {**GRANT, "scope": "https://x/.default", "audience": "any"}
    for given in (
        {"data": {**asked, "client_id": key[0], "client_secret": key[1]}},
        {"data": asked, "headers": basic(*key)},
    ):
        answer = client.post("/oauth/token", **given)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 3600)
        assert answer.headers["cache-control"] == "no-store"
        assert opened(client, answer.json()["access_token"]) == (200, 200)


def test_a_token_is_its_key_and_no_more(client: TestClient, world: World, key: tuple[str, str]) -> None:
    headers = {"Authorization": f"Bearer {token(client, key)}"}
    told = client.get("/api/v1/token/inspect", headers=headers).json()
    assert (told["subject"], [one["projectUrlName"] for one in told["projects"]]) == ("ci", [world.organization_id])
    path = f"/v1/landscapes/{world.path.landscape_id}"
    assert client.get(path, headers=headers).status_code == 200
    assert client.patch(path, headers=headers, json={"name": "X"}).status_code == 403


def test_a_token_ends_with_its_key_and_after_an_hour(
    client: TestClient, world: World, key: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given, other = token(client, key), token(client, key)
    keys.revoke(world.service, world.actor, key[0])
    assert opened(client, given) == (401, 401)
    later = world.service.clock() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(type(world.service.clock), "__call__", lambda _clock: later)
    answer = client.get("/v1/organizations", headers={"Authorization": f"Bearer {other}"})
    assert (answer.status_code, "run out" in answer.json()["message"]) == (401, True)
    assert answer.json()["code"] == "auth/invalid-access-token"


def test_a_token_of_a_lost_secret_ends_when_the_key_is_renewed_at_once(
    client: TestClient, world: World, key: tuple[str, str]
) -> None:
    given = token(client, key)
    keys.rotate(world.service, world.actor, world.organization_id, key[0])
    assert opened(client, given) == (200, 200)
    now = world.service.clock()
    keys.rotate(world.service, world.actor, world.organization_id, key[0], until=now)
    assert opened(client, given) == (401, 401)


@pytest.mark.parametrize(
    ("form", "headers", "status", "error"),
    [
        ({"grant_type": "password"}, {}, 400, "unsupported_grant_type"),
        ({}, {}, 400, "unsupported_grant_type"),
        (GRANT, {}, 401, "invalid_client"),
        ({**GRANT, "client_id": "no", "client_secret": "thing"}, {}, 401, "invalid_client"),
        (GRANT, basic("no", "thing"), 401, "invalid_client"),
        (GRANT, {"Authorization": "Basic %%%"}, 401, "invalid_client"),
        ({**GRANT, "client_secret": "x"}, basic("no", "thing"), 400, "invalid_request"),
        ({**GRANT, "scope": "a" * 5000}, {}, 413, "invalid_request"),
    ],
)
def test_other_clients_are_refused_in_the_standards_words(
    client: TestClient, form: dict[str, str], headers: dict[str, str], status: int, error: str
) -> None:
    answer = client.post("/oauth/token", data=form or {"x": "y"}, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_description"]
    assert ("www-authenticate" in answer.headers) == (status == 401)


def test_a_body_that_is_no_form_is_refused(client: TestClient) -> None:
    answer: httpx.Response = client.post("/oauth/token", json=GRANT)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_tokens_and_failed_tries_are_in_the_log(client: TestClient, world: World, key: tuple[str, str]) -> None:
    token(client, key)
    for _ in range(5):
        client.post("/oauth/token", data={**GRANT, "client_id": key[0], "client_secret": "wrong"})
    with world.service.reading() as unit:
        entries = [one for one in unit.every(LOG_ENTRY, world.organization_id) if one.performed_by_id == key[0]]
    assert [one.action_type for one in entries] == ["token-create", "user-login-failed"]
    assert entries[1].action["context"]["operation"] == "oauth.token"
    assert [one.performed_by_user_agent for one in entries] == ["testclient", "testclient"]


def test_a_database_that_is_away_refuses_nobody(client: TestClient, world: World, key: tuple[str, str]) -> None:
    with world.service.database.writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE api_key RENAME TO away")
    answer = client.post("/oauth/token", data={**GRANT, "client_id": key[0], "client_secret": key[1]})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["error"] == "temporarily_unavailable"
