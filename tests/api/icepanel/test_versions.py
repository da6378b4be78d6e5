"""Versions, reverts, duplicates and copies on the wire."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.kinds import LOG_ENTRY, SHARE_LINK
from tests.make import World, placed
from tests.wire import Wire, wire_of

NOTES = "What we had by the end of May"
GIVEN = {"name": "May", "notes": NOTES, "modelHandleId": None}


def land(wire: Wire, path: str = "") -> str:
    return f"/v1/landscapes/{wire.world.path.landscape_id}{path}"


def snapshot(wire: Wire, **values: Any) -> Any:
    return wire.send("POST", land(wire, "/versions"), json={**GIVEN, **values})["version"]


def revert(wire: Wire, version_id: str) -> Any:
    body = {"versionId": version_id, "notes": "June went wrong"}
    return wire.send("POST", land(wire, "/version/reverts"), json=body)["versionRevert"]


def test_a_version_is_made_read_named_and_deleted(wire: Wire) -> None:
    made = snapshot(wire)
    assert {name: made[name] for name in GIVEN} == GIVEN
    assert (made["tags"], made["diagramHandleIds"], "completedAt" in made) == ([], [], True)
    path = land(wire, f"/versions/{made['id']}")
    assert wire.send("GET", path)["version"] == made
    changed = wire.send("PATCH", path, json={"notes": "Something else then"})["version"]
    assert (changed["name"], changed["notes"]) == ("May", "Something else then")
    listed = wire.send("GET", land(wire, "/versions?filter[name]=may"))["versions"]
    assert [one["id"] for one in listed] == [made["id"]]
    first = wire.send("GET", land(wire, "/versions?limit=1"))
    assert first["versions"][0]["tags"] == ["latest"]
    second = wire.send("GET", land(wire, f"/versions?limit=1&cursor={first['nextCursor']}"))
    assert [one["id"] for one in second["versions"]] == [made["id"]]
    assert wire.send("DELETE", path) == {}
    wire.send("GET", path, 404)


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"name": ""}, 422, "body.name"),
        ({"name": "x" * 4001}, 422, "body.name"),
        ({"notes": "too short"}, 422, "body.notes"),
        ({"notes": "x" * 20_001}, 422, "body.notes"),
        ({"modelHandleId": "nothing"}, 422, "body.modelHandleId"),
        ({"modelHandleId": 5}, 422, "body.modelHandleId"),
    ],
)
def test_a_wrong_version_is_refused_by_field(wire: Wire, wrong: dict[str, Any], status: int, field: str) -> None:
    refused = wire.send("POST", land(wire, "/versions"), status, json={**GIVEN, **wrong})
    assert any(error.startswith(field) for error in refused["errors"])


def test_a_snapshot_is_read_like_the_live_version_and_takes_no_write(wire: Wire) -> None:
    system = wire.system(name="Shop")
    made = snapshot(wire)
    wire.send("PATCH", f"/model/objects/{system['id']}", json={"name": "Store"})
    old = land(wire, f"/versions/{made['id']}")
    for id_ in (system["id"], system["handleId"]):
        shown = wire.send("GET", f"{old}/model/objects/{id_}")["modelObject"]
        assert (shown["name"], shown["versionId"], shown["latestEntityId"]) == ("Shop", made["id"], system["id"])
    assert [one["name"] for one in wire.send("GET", f"{old}/model/objects?filter[name]=shop")["modelObjects"]] == [
        "Shop"
    ]
    for method, path, body in (
        ("POST", "/domains", {"name": "x"}),
        ("PATCH", f"/model/objects/{system['id']}", {"name": "x"}),
        ("PUT", f"/model/objects/{system['id']}", {"name": "x", "type": "system", "parentId": system["parentId"]}),
        ("DELETE", f"/model/objects/{system['id']}", None),
    ):
        refused = wire.send(method, f"{old}{path}", 409, json=body)
        assert "snapshot" in refused["message"]


def test_latest_leads_to_the_live_version_under_its_own_id(wire: Wire) -> None:
    system = wire.system()
    live = wire.send("GET", land(wire, "/versions/latest"))["version"]
    assert system["versionId"] == live["id"]
    by_id = wire.send("GET", land(wire, f"/versions/{live['id']}/model/objects/{system['id']}"))["modelObject"]
    assert by_id == wire.send("GET", f"/model/objects/{system['id']}")["modelObject"]


def test_the_live_version_is_not_deleted(wire: Wire) -> None:
    refused = wire.send("DELETE", land(wire, "/versions/latest"), 422)
    assert refused["errors"] == ["versionId: expected the id of a snapshot, got that of the live version"]


def test_a_revert_brings_the_snapshot_back_and_is_told_of(wire: Wire) -> None:
    system = wire.system(name="Shop")
    content = {"a": placed(type("M", (), {"id": system["id"], "type": "system"}))}
    body = {"name": "D", "type": "context-diagram", "modelId": system["parentId"], "index": 0, "objects": content}
    diagram = wire.made("/diagrams", **body)
    made = snapshot(wire)
    stale = wire.send("PATCH", f"/model/objects/{system['id']}", json={"name": "Store"})["modelObject"]["commit"]
    wire.send("DELETE", f"/diagrams/{diagram['id']}")
    done = revert(wire, made["id"])
    assert (done["versionId"], done["notes"], done["diagramHandleIds"]) == (made["id"], "June went wrong", [])
    back = wire.send("GET", f"/model/objects/{system['id']}")["modelObject"]
    assert (back["name"], list(back["diagrams"]), back["versionId"]) == ("Shop", [diagram["id"]], system["versionId"])
    wire.send("PATCH", f"/model/objects/{system['id']}", 409, json={"name": "Late", "commit": stale})
    wire.send("PATCH", f"/model/objects/{system['id']}", json={"name": "On time", "commit": back["commit"]})
    names = [one["name"] for one in wire.send("GET", land(wire, "/versions"))["versions"]]
    assert names == ["Current", "May", "Before revert to May"]


def logged(wire: Wire) -> list[tuple[str, Any, Any]]:
    """Type, context and props of the log's entries that follow from no other, in their order."""
    with wire.world.service.reading() as unit:
        entries = [one for one in unit.every(LOG_ENTRY, wire.world.organization_id) if one.parent_id is None]
    return [(one.action_type, one.action.get("context"), one.action.get("props")) for one in entries]


def test_drafts_and_links_outlive_a_revert_and_a_link_goes_with_its_version(world: World) -> None:
    wire = wire_of(world, "admin")
    wire.send("PATCH", f"/v1/organizations/{world.organization_id}", json={"shareLinksEnabled": True})
    made = snapshot(wire)
    old = land(wire, f"/versions/{made['id']}")
    links = [wire.send("POST", f"{base}/share-link", json={"protected": False}) for base in (wire.base, old)]
    draft = wire.made("/drafts", name="A draft", status="in-progress")
    revert(wire, made["id"])
    assert wire.send("GET", f"/drafts/{draft['id']}")["draft"] == draft
    assert wire.send("GET", "/share-link")["shareLink"] == links[0]["shareLink"]
    wire.send("DELETE", old)
    with world.service.reading() as unit:
        assert [link.version_id for link in unit.every(SHARE_LINK, None)] == [world.version_id]


def test_the_log_tells_of_versions_reverts_duplicates_and_copies(wire: Wire) -> None:
    made = snapshot(wire)
    done = revert(wire, made["id"])
    twin = wire.send("POST", land(wire, "/duplicate"), json={"name": "Twin"})["landscape"]
    wire.send("POST", land(wire, f"/copy?targetLandscapeId={twin['id']}"))
    wire.send("DELETE", land(wire, f"/versions/{made['id']}"))
    told = {type_: (context, props) for type_, context, props in logged(wire)}
    revert_props = {"versionId": made["id"], "notes": done["notes"]}
    assert told["version-revert-create"] == ({"name": "May"}, revert_props)
    assert told["landscape-duplicate"] == ({"name": "L"}, {})
    names = {"name": "L", "targetLandscapeName": "Twin"}
    assert told["landscape-copy"] == (names, {"targetLandscapeId": twin["id"]})
    assert told["version-delete"][0] == {"versionName": "May"}
    assert "version-create" in told


def test_reverts_are_listed_read_and_annotated(wire: Wire) -> None:
    done = revert(wire, snapshot(wire)["id"])
    path = land(wire, f"/version/reverts/{done['id']}")
    assert wire.send("GET", path)["versionRevert"] == done
    changed = wire.send("PATCH", path, json={"notes": "It was May after all"})["versionRevert"]
    assert (changed["notes"], changed["versionId"]) == ("It was May after all", done["versionId"])
    assert wire.send("GET", land(wire, "/version/reverts"))["versionReverts"] == [changed]
    wire.send("GET", land(wire, "/version/reverts/nothing"), 404)
    wire.send("PATCH", path, 422, json={"notes": "short"})


@pytest.mark.parametrize("version_id", ["latest", "nothing"])
def test_a_revert_to_no_snapshot_is_refused_by_field(wire: Wire, version_id: str) -> None:
    body = {"versionId": version_id, "notes": "June went wrong"}
    refused = wire.send("POST", land(wire, "/version/reverts"), 422, json=body)
    assert refused["errors"][0].startswith("body.versionId: expected the id of a snapshot")


@pytest.mark.parametrize("prefix", ["", "/organizations/{organization}"])
def test_a_landscape_is_duplicated_over_both_paths(wire: Wire, prefix: str) -> None:
    system = wire.system(name="Shop")
    snapshot(wire)
    base = f"/v1{prefix.format(organization=wire.world.organization_id)}/landscapes/{wire.world.path.landscape_id}"
    twin = wire.send("POST", f"{base}/duplicate", json={"name": "Twin", "scheduledVersions": True})["landscape"]
    assert (twin["name"], twin["scheduledVersions"]) == ("Twin", True)
    there = f"/v1/landscapes/{twin['id']}/versions"
    assert [one["name"] for one in wire.send("GET", there)["versions"]] == ["Current", "May"]
    copy = wire.send("GET", f"{there}/latest/model/objects/{system['handleId']}")["modelObject"]
    assert (copy["id"], copy["landscapeId"], copy["name"]) == (system["id"], twin["id"], "Shop")
    wire.send("POST", f"{base}/duplicate?targetOrganizationId=nobodys", 404, json={"name": "Twin"})


@pytest.mark.parametrize("prefix", ["", "/organizations/{organization}"])
def test_a_model_is_copied_over_both_paths(wire: Wire, prefix: str) -> None:
    wire.system(name="Shop")
    organization = wire.world.organization_id
    made = wire.send("POST", f"/v1/organizations/{organization}/landscapes", json={"name": "Target"})["landscape"]
    base = f"/v1{prefix.format(organization=organization)}/landscapes/{wire.world.path.landscape_id}"
    assert wire.send("POST", f"{base}/copy?targetLandscapeId={made['id']}") == {}
    found = wire.send("GET", f"/v1/landscapes/{made['id']}/versions/latest/model/objects?filter[type]=system")
    assert [one["name"] for one in found["modelObjects"]] == ["Shop"]
    wire.send("POST", f"{base}/copy?targetLandscapeId={wire.world.path.landscape_id}", 409)
    wire.send("POST", f"{base}/copy?targetLandscapeId=nothing", 404)
    refused = wire.send("POST", f"{base}/copy", 422)
    assert refused["errors"] == ["query.targetLandscapeId: required"]


def test_a_landscape_is_made_from_a_template(wire: Wire) -> None:
    system = wire.system(name="Shop")
    path = f"/v1/organizations/{wire.world.organization_id}/landscapes"
    made = wire.send("POST", path, json={"name": "New", "templateId": wire.world.path.landscape_id})
    live = made["version"]["id"]
    found = wire.send("GET", f"/v1/landscapes/{made['landscape']['id']}/versions/{live}/model/objects/{system['id']}")
    assert found["modelObject"]["name"] == "Shop"
    refused = wire.send("POST", path, 422, json={"name": "New", "templateId": "nothing"})
    assert refused["errors"] == ["body.templateId: expected the id of a landscape that you can read, got 'nothing'"]
