"""A diagram's picture at once, and a version's words, over raw requests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nunatak.api.answers import Answers
from nunatak.api.icepanel.app import Api
from nunatak.blobs import open_blobs
from nunatak.core.kinds import DIAGRAM_CONTENT
from nunatak.render.draw import draw
from nunatak.services import keys, versions
from tests.make import World, placed


@pytest.fixture
def client(world: World, tmp_path: Path) -> TestClient:
    world.service = replace(world.service, blobs=open_blobs(str(tmp_path / "blobs")), painter=draw)
    _, key = keys.create(world.service, world.actor, world.organization_id, name="r", permission="read")
    return TestClient(Answers(Api(world.service)), headers={"X-API-Key": key})


def address(world: World) -> str:
    diagram = world.diagram(objects={"a": placed(world.object())})
    return f"/v1/landscapes/{world.path.landscape_id}/versions/latest/diagrams/{diagram.id}/image.svg"


def test_a_picture_comes_with_a_tag_and_is_not_sent_again(client: TestClient, world: World) -> None:
    url = address(world)
    first = client.get(url, params={"theme": "dark", "tab": "status", "pinIds[]": ["live", "future"]})
    assert first.status_code == 200
    assert first.headers["content-type"] == "image/svg+xml"
    assert first.text.startswith("<svg ")
    again = client.get(str(first.url), headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_two_versions_are_one_picture(client: TestClient, world: World) -> None:
    shop = world.object(name="Shop")
    diagram = world.diagram(objects={"a": placed(shop)})
    given = {"name": "May", "notes": "As it was in May", "modelHandleId": None}
    may = versions.create(world.service, world.actor, world.path.landscape_id, given)
    more = {"$add": {"b": placed(world.object(name="Mail"), 384)}}
    world.update(DIAGRAM_CONTENT, diagram.id, objects=more)
    url = f"/v1/landscapes/{world.path.landscape_id}/versions/latest/diagrams/{diagram.id}/image.svg"
    forwards = client.get(url, params={"from": may.id}).text
    backwards = client.get(url, params={"from": "latest", "to": may.id}).text
    assert "May, " in forwards
    assert ("line-through" in forwards, "line-through" in backwards) == (False, True)
    gone = client.get(url, params={"from": "nothing"})
    assert (gone.status_code, "query.from" in gone.text) == (404, True)


def test_a_picture_of_unknown_options_is_refused_by_name(client: TestClient, world: World) -> None:
    answer = client.get(address(world), params={"theme": "blue"})
    assert answer.status_code in (400, 422)
    assert "theme" in answer.text


def test_the_words_of_a_version(client: TestClient, world: World) -> None:
    url = f"/v1/landscapes/{world.path.landscape_id}/versions/latest/vocabulary"
    assert client.get(url).json() == {"technologies": [], "teams": []}
