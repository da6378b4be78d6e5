"""Share links over HTTP: entering, pictures for other pages, previews, embedding, and guessing passwords."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nunatak.blobs import open_blobs
from nunatak.render.draw import draw
from nunatak.services import organizations, share_links
from nunatak.web import shares
from tests.make import World, placed

PASSWORD = "open sesame"


@pytest.fixture
def shared(world: World, tmp_path: Path) -> World:
    world.service = replace(world.service, blobs=open_blobs(str(tmp_path / "blobs")), painter=draw)
    organizations.update(world.service, world.actor, world.organization_id, {"shareLinksEnabled": True})
    return world


def link(world: World, **values: Any) -> str:
    return share_links.create(world.service, world.actor, world.path, {"protected": False, **values}).short_id


def client(world: World) -> TestClient:
    return TestClient(Starlette(routes=shares.routes(world.service)))


def test_an_open_link_gives_a_token_and_says_what_it_opens(shared: World) -> None:
    found = client(shared).post(f"/s/{link(shared)}/enter", json={}).json()
    assert found["landscapeId"] == shared.path.landscape_id
    assert found["versionId"] == shared.version_id
    assert found["token"]


def test_a_guarded_link_tells_nothing_before_its_password(shared: World) -> None:
    short_id = link(shared, protected=True, password=PASSWORD)
    pages = client(shared)
    assert pages.post(f"/s/{short_id}/enter", json={}).json() == {"protected": True}
    assert pages.post(f"/s/{short_id}/enter", json={"password": "wrong one"}).status_code == 401
    assert "token" in pages.post(f"/s/{short_id}/enter", json={"password": PASSWORD}).json()
    assert "og:title" not in pages.get(f"/s/{short_id}").text
    diagram = shared.diagram()
    assert pages.get(f"/s/{short_id}/d/{diagram.handle_id}.svg").status_code == 404


def test_guesses_run_out_for_a_minute(shared: World) -> None:
    short_id = link(shared, protected=True, password=PASSWORD)
    guesses = shares.Guesses()
    for _ in range(10):
        guesses.count(short_id, "10.0.0.1")
    with pytest.raises(shares.Busy) as refused:
        guesses.count(short_id, "10.0.0.1")
    assert 1 <= (refused.value.retry_after or 0) <= 60
    guesses.count(short_id, "10.0.0.2")


def test_a_link_that_leads_nowhere_is_not_found(shared: World) -> None:
    assert client(shared).post("/s/nowhere/enter", json={}).status_code == 404
    assert client(shared).get("/s/nowhere").status_code == 200, "the page itself says so"


def test_a_picture_for_other_pages_may_be_kept_and_follows_the_readers_theme(shared: World) -> None:
    diagram = shared.diagram(objects={"a": placed(shared.object())})
    url = f"/s/{link(shared)}/d/{diagram.handle_id}.svg"
    auto, dark = client(shared).get(url), client(shared).get(f"{url}?theme=dark")
    assert auto.headers["cache-control"].startswith("public, max-age=")
    assert auto.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "script" not in auto.headers["content-security-policy"]
    assert "prefers-color-scheme" in auto.text
    assert "prefers-color-scheme" not in dark.text
    assert client(shared).get(f"{url}?theme=blue").status_code == 422


def test_a_preview_tells_name_and_picture_and_escapes_them(shared: World) -> None:
    name = '"><script>alert(1)</script>'
    diagram = shared.diagram(name=name)
    short_id = link(shared)
    page = client(shared).get(f"/s/{short_id}/d/{diagram.handle_id}").text
    assert f'content="{html.escape(name)} · L"' in page
    assert "<script>alert" not in page
    assert f'property="og:image" content="http://testserver/s/{short_id}/d/{diagram.handle_id}.png?theme=light"' in page


def test_a_view_is_kept_told_to_who_enters_and_drawn_at_a_short_address(shared: World) -> None:
    diagram = shared.diagram(objects={"a": placed(shared.object(status="future")), "b": placed(shared.object(), 384)})
    view = {"diagramId": diagram.id, "x": 10, "y": 20.5, "scale": 1.5, "tab": "status", "hideIds": ["live"]}
    short_id = link(shared, view={**view, "locked": True})
    pages = client(shared)
    assert pages.post(f"/s/{short_id}/enter", json={}).json()["view"] == {**view, "locked": True}
    drawn, png = pages.get(f"/s/{short_id}/diagram.svg?theme=light"), pages.get(f"/s/{short_id}/diagram.png")
    assert 'data-id="a"' in drawn.text
    assert 'data-id="b"' not in drawn.text
    assert (png.headers["content-type"], png.content[:4]) == ("image/png", b"\x89PNG")
    assert (
        f'property="og:image" content="http://testserver/s/{short_id}/diagram.png"' in pages.get(f"/s/{short_id}").text
    )
    assert pages.get(f"/s/{short_id}/diagram.gif").status_code == 404


def test_a_link_without_a_view_has_no_picture_of_its_own(shared: World) -> None:
    assert client(shared).get(f"/s/{link(shared)}/diagram.svg").status_code == 404


def test_a_flow_is_drawn_as_a_sequence_for_other_pages(shared: World) -> None:
    diagram = shared.diagram(objects={"a": placed(shared.object())})
    url = f"/s/{link(shared)}/d/{diagram.handle_id}.svg?sequence=true"
    assert client(shared).get(url).status_code == 422, "a sequence of no flow"


def test_other_pages_may_show_shared_ones(shared: World) -> None:
    policy = client(shared).get(f"/s/{link(shared)}").headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "unsafe" not in policy
