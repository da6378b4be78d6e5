"""Who calls: a visitor of a share link reads what is drawn and told of one version, over raw requests."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from nunatak.api.icepanel.app import Api, all_operations
from nunatak.api.icepanel.reading import SHARED
from nunatak.services import guests, organizations, share_links
from tests.make import World


@pytest.fixture
def client(world: World) -> TestClient:
    organizations.update(world.service, world.actor, world.organization_id, {"shareLinksEnabled": True})
    link = share_links.create(world.service, world.actor, world.path, {"protected": False})
    token = guests.enter(world.service, link.short_id)
    return TestClient(Api(world.service), headers={"Authorization": f"Share {token}"})


def base(world: World) -> str:
    return f"/v1/landscapes/{world.path.landscape_id}/versions/latest"


def test_what_a_link_opens_are_operations_that_only_read() -> None:
    known = {operation.id: operation for operation in all_operations()}
    assert known.keys() >= SHARED
    assert all(known[name].reads for name in SHARED)
    assert not [name for name in SHARED if "logs" in name or "shareLink" in name or "drafts" in name]


@pytest.mark.parametrize("path", ["/model/objects", "/diagrams", "/tags", "/flows", "/adrs", "/vocabulary"])
def test_a_visitor_reads_the_version(client: TestClient, world: World, path: str) -> None:
    assert client.get(f"{base(world)}{path}").status_code == 200


@pytest.mark.parametrize("path", ["/share-link", "/drafts", "/comments", "/export/json"])
def test_a_visitor_does_not_read_what_is_of_the_team(client: TestClient, world: World, path: str) -> None:
    assert client.get(f"{base(world)}{path}").status_code == 403


def test_a_visitor_reads_no_log_and_no_organization(client: TestClient, world: World) -> None:
    assert client.get(f"/v1/landscapes/{world.path.landscape_id}/action-logs").status_code == 403
    assert client.get(f"/v1/organizations/{world.organization_id}").status_code == 403
    assert client.get("/v1/organizations").status_code == 403


def test_a_visitor_writes_nothing(client: TestClient, world: World) -> None:
    body = {"name": "S", "type": "system", "parentId": world.root_id}
    assert client.post(f"{base(world)}/model/objects", json=body).status_code == 403


def test_a_wrong_token_is_nobody(world: World) -> None:
    answer = TestClient(Api(world.service)).get(f"{base(world)}/diagrams", headers={"Authorization": "Share x"})
    assert answer.status_code == 401
