from __future__ import annotations

import pytest

from nunatak.core.kinds import SHARE_LINK
from tests.make import World
from tests.wire import Wire, wire_of


@pytest.fixture
def sharing(world: World) -> Wire:
    admin = wire_of(world, "admin")
    admin.send("PATCH", f"/v1/organizations/{world.organization_id}", json={"shareLinksEnabled": True})
    return admin


def test_a_version_has_one_link_at_an_address_of_ours(sharing: Wire) -> None:
    made = sharing.send("POST", "/share-link", json={"protected": False})
    link = made["shareLink"]
    assert made["url"] == f"http://testserver/s/{link['shortId']}"
    assert made["defaultUrl"].startswith(made["url"])
    assert link["versionId"] == sharing.world.version_id
    found = sharing.send("GET", "/share-link")
    assert found == {**made, "stats": {"totalVisitorCount": 0}}
    sharing.send("POST", "/share-link", 409, json={"protected": False})


def test_a_reset_renews_the_address(sharing: Wire) -> None:
    link = sharing.send("POST", "/share-link", json={"protected": False})["shareLink"]
    same = sharing.send("PATCH", "/share-link", json={"protected": False})["shareLink"]
    renewed = sharing.send("PATCH", "/share-link?resetShortId=true", json={})["shareLink"]
    assert same["shortId"] == link["shortId"] != renewed["shortId"]


def test_a_password_is_kept_as_a_digest_and_never_told(sharing: Wire) -> None:
    made = sharing.send("POST", "/share-link", json={"protected": True, "password": "open sesame"})
    assert "password" not in made["shareLink"]
    with sharing.world.service.reading() as unit:
        text = unit.texts(SHARE_LINK, sharing.world.version_id, {}).joined()
    assert "open sesame" not in text
    assert "$argon2id$" in text
    assert "argon2" not in str(sharing.send("GET", "/share-link"))


def test_a_protected_link_needs_a_password(sharing: Wire) -> None:
    refused = sharing.send("POST", "/share-link", 422, json={"protected": True})
    assert refused["errors"] == ["body.password: expected 8 to 64 characters"]
    sharing.send("POST", "/share-link", 422, json={"protected": True, "password": "short"})
    sharing.send("POST", "/share-link", json={"protected": False})
    sharing.send("PATCH", "/share-link", 422, json={"protected": True})
    assert sharing.send("PATCH", "/share-link", json={"protected": True, "password": "long enough"})


def test_a_draft_that_is_shared_must_be_there(sharing: Wire) -> None:
    refused = sharing.send("POST", "/share-link", 422, json={"protected": False, "draftId": "nowhere"})
    assert refused["errors"][0].startswith("body.draftId")


def test_what_is_not_shared_has_no_link(sharing: Wire) -> None:
    sharing.send("GET", "/share-link", 404)
    sharing.send("DELETE", "/share-link", 404)
    sharing.send("POST", "/share-link", json={"protected": False})
    assert sharing.send("DELETE", "/share-link") == {}
    sharing.send("GET", "/share-link", 404)


def test_an_organization_that_shares_nothing_makes_no_links(wire: Wire) -> None:
    refused = wire.send("POST", "/share-link", 403, json={"protected": False})
    assert refused["message"] == "Share links are not enabled in this organization"


def test_a_page_asks_whether_there_is_a_link_without_a_refusal(sharing: Wire) -> None:
    assert sharing.send("GET", "/sharing") == {}
    made = sharing.send("POST", "/share-link", json={"protected": False})
    assert sharing.send("GET", "/sharing") == {"shareLink": made["shareLink"], "stats": {"totalVisitorCount": 0}}


def test_what_a_link_opens_at_is_kept_checked_and_taken_back(sharing: Wire) -> None:
    diagram = sharing.world.diagram()
    view = {"diagramId": diagram.handle_id, "x": -3.5, "y": 4, "scale": 0.5, "tab": "teams", "locked": True}
    made = sharing.send("POST", "/share-link", json={"protected": False, "view": view})
    assert made["shareLink"]["view"] == view
    sharing.send("PATCH", "/share-link", 422, json={"view": {"diagramId": "none"}})
    changed = sharing.send("PATCH", "/share-link", json={"view": {"diagramId": diagram.id}})
    assert changed["shareLink"]["view"] == {"diagramId": diagram.id, "locked": False}
    assert not sharing.send("PATCH", "/share-link", json={"view": None})["shareLink"].get("view")
