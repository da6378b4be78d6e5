"""Diagrams on the wire: their differences, as a list and as a picture."""

from __future__ import annotations

from typing import Any

from nunatak.services import exports
from tests.drafted import draft, task
from tests.make import World, placed, step
from tests.wire import Wire, wire_of


def staged(wire: Wire) -> tuple[Any, str]:
    """A diagram with a shop that has another name than in the version whose id comes with it."""
    shop = wire.world.object(name="Shop")
    diagram = wire.world.diagram(objects={"a": placed(shop)})
    given = {"name": "May", "notes": "As it was in May", "modelHandleId": None}
    path = f"/v1/landscapes/{wire.world.path.landscape_id}/versions"
    version = wire.send("POST", path, json=given)["version"]
    wire.send("PATCH", f"/model/objects/{shop.id}", json={"name": "Store"})
    return diagram, version["id"]


def test_the_differences_of_two_versions_are_a_list(wire: Wire) -> None:
    diagram, may = staged(wire)
    answer = wire.send("GET", f"/diagrams/{diagram.id}/export/diff?from={may}&to=latest")["diagramDiff"]
    (change,) = answer.pop("changes")
    assert answer == {"diagramId": diagram.id, "fromVersionId": may, "toVersionId": wire.world.version_id}
    assert (change["kind"], change["name"], change["change"]) == ("model-object", "Store", "changed")
    assert change["fields"] == [{"field": "name", "before": "Shop", "after": "Store"}]
    by_handle = wire.send("GET", f"/diagrams/{diagram.handle_id}/export/diff?to={may}")["diagramDiff"]
    assert (by_handle["fromVersionId"], len(by_handle["changes"])) == (wire.world.version_id, 1)


def test_a_draft_is_compared_with_its_version(wire: Wire) -> None:
    diagram, _ = staged(wire)
    draft_id = draft(wire.world, task("update", "diagram-content", diagram.id, {"objects": {"$remove": ["a"]}}))
    answer = wire.send("GET", f"/diagrams/{diagram.id}/export/diff?draftId={draft_id}")["diagramDiff"]
    assert answer["draftId"] == draft_id
    assert [(one["kind"], one["change"]) for one in answer["changes"]] == [("diagram-object", "removed")]


def test_what_cannot_be_compared_is_refused_by_its_field(wire: Wire) -> None:
    diagram, _ = staged(wire)
    path = f"/diagrams/{diagram.id}/export/diff"
    assert wire.send("GET", path, 422)["errors"][0].startswith("query.from: expected the id of a version")
    assert wire.send("POST", path, 422, json={})["errors"][0].startswith("body.from: expected the id of a version")
    assert wire.send("GET", f"{path}?from=x", 404)["errors"][0].startswith("query.from: expected")
    assert wire.send("POST", path, 404, json={"to": "x"})["errors"][0].startswith("body.to: expected")
    wire.send("GET", f"{path}?draftId=x", 404)
    wire.send("GET", "/diagrams/x/export/diff?from=latest", 404)


def test_another_landscapes_version_is_not_found(wire: Wire) -> None:
    diagram, _ = staged(wire)
    path = f"/v1/organizations/{wire.world.organization_id}/landscapes"
    other = wire_of(wire.world, "admin").send("POST", path, json={"name": "Other"})["version"]["id"]
    wire.send("GET", f"/diagrams/{diagram.id}/export/diff?from={other}", 404)


def test_whoever_reads_gets_the_picture_of_the_differences(drawing: World) -> None:
    wire = wire_of(drawing)
    diagram, may = staged(wire)
    reader = wire_of(drawing, "read")
    record = reader.send("POST", f"/diagrams/{diagram.id}/export/diff", json={"from": may, "theme": "dark"})
    made = record["diagramExportImage"]
    assert made["options"] == {"theme": "dark", "from": may, "to": drawing.version_id}
    payload = {"exportId": made["id"], "versionId": drawing.version_id, "organizationId": drawing.organization_id}
    exports.carry_out(drawing.service, payload)
    done = reader.send("GET", f"/diagrams/{diagram.id}/export/image/{made['id']}")["diagramExportImage"]
    assert set(done["fileUrls"]) == {"png", "svg"}
    assert all(done["fileUrls"].values())


def test_a_flow_has_a_film_at_an_address_of_its_own(drawing: World) -> None:
    wire = wire_of(drawing)
    diagram, _ = staged(wire)
    flow = wire.made("/flows", name="F", diagramId=diagram.id, steps={"s": step(1, "self-action", originId="a")})
    path = f"/diagrams/{diagram.id}/export/image"
    refused = wire.send("POST", path, 422, json={"format": "film"})
    assert refused["errors"][0].startswith("body.format: expected with a flowId")
    record = wire.send("POST", path, json={"format": "film", "flowId": flow["id"]})["diagramExportImage"]
    payload = {"exportId": record["id"], "versionId": drawing.version_id, "organizationId": drawing.organization_id}
    exports.carry_out(drawing.service, payload)
    done = wire.send("GET", f"{path}/{record['id']}")["diagramExportImage"]
    assert set(done["fileUrls"]) == {"png", "svg", "film"}
