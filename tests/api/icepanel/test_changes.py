"""Bulk writes on the wire: the same bodies as the single operations, and refusals that name each place."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.api.icepanel.changes import WRITABLE
from tests.wire import Wire, wire_of


def sent(wire: Wire, *changes: Any, status: int = 200) -> Any:
    return wire.send("POST", "/changes", status, json={"changes": changes})


def test_a_tree_and_its_diagram_come_in_one_request(wire: Wire) -> None:
    objects = {"o": {"modelId": "shop", "type": "system", "shape": "box", "x": 0, "y": 0}}
    diagram = {"name": "D", "type": "context-diagram", "modelId": wire.world.root_id, "index": 0, "objects": objects}
    answer = sent(
        wire,
        {
            "verb": "create",
            "kind": "model-object",
            "id": "shop",
            "values": {"name": "Shop", "type": "system", "parentId": wire.world.root_id},
        },
        {"verb": "create", "kind": "diagram", "id": "map", "values": diagram},
        {"verb": "create", "kind": "domain", "values": {"name": "Other"}},
        {"verb": "update", "kind": "model-object", "id": "shop", "values": {"labels": {"a": "b"}}, "commit": 1},
        {"verb": "replace", "kind": "tag-group", "id": "g", "values": {"name": "G", "icon": "star", "index": 0}},
    )
    made = answer["changes"]
    assert [(one["kind"], one["commit"]) for one in made] == [
        ("model-object", 1),
        ("diagram", 1),
        ("domain", 1),
        ("model-object", 2),
        ("tag-group", 1),
    ]
    assert (made[0]["id"], made[1]["id"], len(made[2]["id"])) == ("shop", "map", 20)
    shown = wire.send("GET", "/diagrams/map/content")["diagramContent"]
    assert shown["objects"]["o"]["modelId"] == "shop"
    found = wire.send("GET", "/model/objects/shop")["modelObject"]
    assert (found["labels"], "map" in found["diagrams"]) == ({"a": "b"}, True)


def test_each_change_that_does_not_fit_is_named_and_none_is_made(wire: Wire) -> None:
    refusal = sent(
        wire,
        {"verb": "create", "kind": "domain", "values": {"name": "fits"}},
        {"verb": "create", "kind": "domain"},
        {"verb": "update", "kind": "domain", "values": {"name": 3}},
        {"verb": "delete", "kind": "tag"},
        status=422,
    )
    assert refusal["errors"] == [
        "body.changes[1].values.name: required",
        "body.changes[2].id: required to update",
        "body.changes[2].values.name: expected a string, got 3",
        "body.changes[3].id: required to delete",
    ]
    assert len(wire.send("GET", "/domains")["domains"]) == 1


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "body.changes: required"),
        ({"changes": []}, "body.changes: expected at least 1 items, got 0"),
        (
            {"changes": [{"verb": "create", "kind": "tag"}] * 10_001},
            "body.changes: expected at most 10000 items, got 10001",
        ),
        ({"changes": [{"verb": "make", "kind": "tag"}]}, "body.changes[0].verb: expected one of create, update, "),
        ({"changes": [{"verb": "create", "kind": "organization"}]}, "body.changes[0].kind: expected one of "),
    ],
)
def test_a_list_has_its_limits_and_its_words(wire: Wire, body: Any, error: str) -> None:
    assert wire.send("POST", "/changes", 422, json=body)["errors"][0].startswith(error)


def test_a_reading_key_and_a_snapshot_take_no_list(wire: Wire) -> None:
    change = {"changes": [{"verb": "create", "kind": "domain", "values": {"name": "x"}}]}
    wire_of(wire.world, "read").send("POST", "/changes", 403, json=change)
    assert {"model-object", "model-connection", "diagram", "domain", "tag", "tag-group"} <= WRITABLE.keys()


def test_a_refusal_of_an_added_id_names_the_operator(wire: Wire) -> None:
    made, tag = wire.system(), wire.world.tag()
    path = f"/model/objects/{made['id']}"
    wire.send("PATCH", path, json={"tagIds": [tag.id]})
    refusal = wire.send("PATCH", path, 422, json={"tagIds": {"$add": ["nowhere"]}})
    expected = "expected the id of a tag of this version, got 'nowhere'"
    assert refusal["errors"] == [f"body.tagIds.$add[0]: {expected}"]
    values = {"tagIds": {"$add": [tag.id, "nowhere"]}}
    refusal = sent(wire, {"verb": "update", "kind": "model-object", "id": made["id"], "values": values}, status=422)
    assert refusal["errors"] == [f"body.changes[0].values.tagIds.$add[1]: {expected}"]
