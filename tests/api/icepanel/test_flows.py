"""Flows on the wire: verbs, exports, pictures, looks, and what reads show of them."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.fields import PermissionType
from tests.make import placed, step
from tests.wire import Wire, wire_of


def staged(wire: Wire, **steps: Any) -> tuple[Any, Any]:
    """A diagram of a shop that sends orders to billing, and a flow over it."""
    world = wire.world
    shop, billing = world.object(name="Shop"), world.object(name="Billing")
    line = world.connection(shop, billing, name="sends orders")
    drawn = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(objects={"a": placed(shop), "b": placed(billing, 384)}, connections=drawn)
    given = steps or {"s": step(1, originId="a", targetId="b", viaId="l", description="Order")}
    return diagram, wire.made("/flows", name="Ordering", diagramId=diagram.id, steps=given)


def test_a_flow_has_every_verb(wire: Wire) -> None:
    diagram, flow = staged(wire)
    assert wire.send("GET", f"/flows/{flow['handleId']}")["flow"] == flow
    assert [f["id"] for f in wire.send("GET", f"/flows?filter[diagramId]={diagram.id}")["flows"]] == [flow["id"]]
    assert wire.send("GET", "/flows?filter[diagramId]=x")["flows"] == []
    wire.send("HEAD", f"/flows/{flow['id']}")
    wire.send("HEAD", "/flows/nothing", 404)
    change = {"commit": 1, "pinned": True, "steps": {"$update": {"s": {"type": "reply"}}}}
    changed = wire.send("PATCH", f"/flows/{flow['id']}", json=change)["flow"]
    assert (changed["commit"], changed["pinned"], changed["steps"]["s"]["type"]) == (2, True, "reply")
    assert wire.send("PATCH", f"/flows/{flow['id']}", 409, json=change)["code"] == "conflict"
    put = wire.send("PUT", "/flows/my-own", json={"name": "Mine", "diagramId": diagram.id})["flow"]
    assert (put["id"], put["steps"], put["showAllSteps"]) == ("my-own", {}, False)
    assert wire.send("DELETE", "/flows/my-own") == {"commit": 2}
    wire.send("GET", "/flows/my-own", 404)


def test_a_patch_leaves_a_flow_on_its_diagram(wire: Wire) -> None:
    diagram, flow = staged(wire)
    other = wire.world.diagram()
    kept = wire.send("PATCH", f"/flows/{flow['id']}", json={"diagramId": other.id, "name": "N"})["flow"]
    assert (kept["diagramId"], kept["name"]) == (diagram.id, "N")


def test_a_step_that_leads_nowhere_is_refused_by_its_field(wire: Wire) -> None:
    _, flow = staged(wire)
    added = {"steps": {"$add": {"t": step(2, originId="nobody")}}}
    refused = wire.send("PATCH", f"/flows/{flow['id']}", 422, json=added)
    expected = "body.steps.$add.t.originId: expected the id of an object of the flow's diagram, got 'nobody'"
    assert refused["errors"] == [expected]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("text", "- Step 1: Shop -> Billing: Order via sends orders\n"),
        ("code", "p1 -> p2 : Order\n"),
        ("mermaid", "  p1->>p2: Order\n"),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/plain", "*/*"])
def test_a_flow_is_exported_as_text_whatever_is_accepted(wire: Wire, language: str, said: str, accept: str) -> None:
    _, flow = staged(wire)
    headers = {"X-API-Key": wire.credentials, "Accept": accept}
    answer = wire.client.get(f"{wire.base}/flows/{flow['id']}/export/{language}", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert answer.text.endswith(f"{said}@enduml\n" if language == "code" else said)
    wire.send("GET", f"/flows/nothing/export/{language}", 404)


def test_expansion_tells_the_flows_of_an_object_with_the_models_ids(wire: Wire) -> None:
    steps = {"s": step(1, originId="a", targetId="b", viaId="l", description="Order"), "t": step(2, "introduction")}
    _, flow = staged(wire, **steps)
    shop, billing = (
        wire.send("GET", f"/model/objects?filter[name]={name}&expand=flows")["modelObjects"][0]
        for name in ("Shop", "Billing")
    )
    (line,) = wire.send("GET", "/model/connections")["modelConnections"]
    assert shop["flows"] == line["flows"] == {flow["id"]: {"id": flow["id"], "stepId": "s"}}
    told = shop["flowsExpanded"][flow["id"]]
    assert (told["name"], told["showConnectionNames"]) == ("Ordering", False)
    assert told["steps"]["s"] == {
        "id": "s", "index": 1, "type": "outgoing", "description": "Order",
        "originId": shop["id"], "targetId": billing["id"], "viaId": line["id"],
    }  # fmt: skip
    assert [told["steps"]["t"][end] for end in ("originId", "targetId", "viaId")] == ["", "", ""]
    root = wire.send("GET", f"/model/objects/{wire.world.root_id}?expand=flows")["modelObject"]
    assert root["flowsExpanded"] == {}


@pytest.mark.parametrize("permission", ["read", "write"])
def test_whoever_reads_may_say_that_they_look(wire: Wire, permission: PermissionType) -> None:
    diagram, flow = staged(wire)
    reader = wire_of(wire.world, permission)
    for path in (f"/flows/{flow['id']}/view", f"/diagrams/{diagram.id}/view"):
        assert reader.send("POST", path) == {}
        reader.send("POST", path.replace(flow["id"], "x").replace(diagram.id, "x"), 404)
    seen = wire.send("GET", f"/flows/{flow['id']}")["flow"]
    content = wire.send("GET", f"/diagrams/{diagram.id}/content")["diagramContent"]
    key_id = reader.credentials.partition(":")[0]
    assert seen["viewedById"] == content["viewedById"] == key_id
    assert (seen["viewedBy"], seen["commit"], seen["viewedAt"] > seen["updatedAt"]) == ("api-key", 1, True)


def test_the_actions_of_a_diagram_are_looks_too(wire: Wire) -> None:
    diagram, _ = staged(wire)
    for query in ("", "?action=zoom", "?action=initial-load", "?action=load"):
        assert wire.send("POST", f"/diagrams/{diagram.id}/action{query}") == {}
    wire.send("POST", f"/diagrams/{diagram.id}/action?action=dance", 422)
    assert "viewedAt" in wire.send("GET", f"/diagrams/{diagram.id}/content")["diagramContent"]


def test_looking_at_a_draft_stamps_it(wire: Wire) -> None:
    draft = wire.made("/drafts", name="D", status="in-progress")
    assert wire.send("POST", f"/drafts/{draft['id']}/view") == {}
    assert wire.send("GET", f"/drafts/{draft['id']}")["draft"]["viewedBy"] == "api-key"
    wire.send("POST", "/drafts/nothing/view", 404)


def test_the_log_tells_of_looks(wire: Wire) -> None:
    diagram, flow = staged(wire)
    wire.send("POST", f"/flows/{flow['id']}/view")
    wire.send("POST", f"/diagrams/{diagram.id}/view")
    answer = wire.send("GET", f"/v1/landscapes/{wire.world.path.landscape_id}/action-logs")
    looks = [one["action"] for one in answer["actionLogs"] if one["action"]["type"].endswith("-view")]
    assert {(one["type"], one["id"], one["context"]["name"]) for one in looks} == {
        ("flow-view", flow["id"], "Ordering"),
        ("diagram-content-view", diagram.id, "D"),
    }
