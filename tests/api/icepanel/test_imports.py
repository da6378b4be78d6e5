"""Imports on the wire: JSON and YAML in, a record out, and what doesn't fit named at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nunatak.services import landscape_imports
from nunatak.store.database import Database
from tests.importing import importing_world, payload
from tests.wire import Wire, wire_of

YAML = """\
namespace: git # the repository
tagGroups:
  - {id: tg, name: Released, icon: rocket}
tags:
  - id: t
    name: 2026-01-01
    color: green
    groupId: tg
modelObjects:
  - {id: shop, name: Shop, type: domain}
  - {id: crm, name: no, type: system, parentId: shop, tagIds: [t]}
  - {id: db, name: Customers, type: database, parentId: crm}
modelConnections:
  - {id: c, name: reads, originId: crm, targetId: db, direction: outgoing}
"""


@pytest.fixture
def wire(database: Database, tmp_path: Path) -> Iterator[Wire]:
    """A client of a world that takes imports."""
    with importing_world(database, tmp_path) as world:
        yield wire_of(world)


def imported(wire: Wire, body: str | bytes, media_type: str | None, query: str = "") -> Any:
    headers = {"Content-Type": media_type} if media_type else {}
    record = wire.send("POST", f"/import{query}", content=body, headers=headers)["landscapeImport"]
    assert (record["status"], "completedAt" in record) == ("in-progress", False)
    landscape_imports.carry_out(wire.world.service, payload(wire.world, record["id"]))
    ended = wire.send("GET", f"/import/{record['id']}")["landscapeImport"]
    assert ended["createdAt"] <= ended["completedAt"] < ended["deleteAt"]
    return ended


@pytest.mark.parametrize("media_type", ["application/yaml", "text/yaml", "application/x-yaml; charset=utf-8", None])
def test_yaml_is_taken_and_its_dates_and_noes_stay_words(wire: Wire, media_type: str | None) -> None:
    ended = imported(wire, YAML, media_type, "?prune=true")
    assert (ended["status"], ended["prune"], "errors" in ended) == ("completed", True, False)
    found = {
        one["name"]: one for one in wire.send("GET", "/model/objects?filter[labels][imported]=true")["modelObjects"]
    }
    assert found["Customers"]["type"] == "store"
    tag = next(one for one in wire.send("GET", "/tags")["tags"] if one["name"] == "2026-01-01")
    assert (found["no"]["tagIds"], tag["labels"]["import-namespace"]) == ([tag["id"]], "git")
    (line,) = wire.send("GET", "/model/connections")["modelConnections"]
    assert (line["originId"], line["targetId"]) == (found["no"]["id"], found["Customers"]["id"])


def test_every_bad_entry_is_listed_under_both_names_of_its_id(wire: Wire) -> None:
    ended = imported(
        wire, '{"modelObjects": [{"id": "a", "name": "A", "type": "app", "parentId": "x"}]}', "application/json"
    )
    assert ended["status"] == "error"
    assert ended["errors"] == [
        {
            "message": "Parent x not found",
            "code": "parent-not-found",
            "entityId": "a",
            "entityOriginalId": "a",
            "entityType": "model-object",
        }
    ]


def test_a_body_may_be_left_out(wire: Wire) -> None:
    assert imported(wire, b"", None)["status"] == "completed"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"modelObjects": [{"id": "a", "name": "A", "type": "root"}]}, "body.modelObjects[0].type: expected one of"),
        ({"modelObjects": [{"id": "a", "name": "A", "type": "app", "x": 1}]}, "body.modelObjects[0].x: unknown"),
        ({"tagGroups": [{"id": "a", "name": "A", "icon": "tag"}]}, "body.tagGroups[0].icon: expected one of"),
        ({"modelConnections": [{"id": "a", "name": "A", "originId": "o", "targetId": "t"}]},
         "body.modelConnections[0].direction: required"),
        ({"modelConnections": [{"id": 1}]}, "body.modelConnections[0].id: expected a string, got 1"),
        ({"modelObjects": {}}, "body.modelObjects: expected a list"),
    ],
)  # fmt: skip
def test_what_doesnt_fit_is_refused_at_once_by_its_place(wire: Wire, body: Any, error: str) -> None:
    refused = wire.send("POST", "/import", 422, json=body)
    assert any(one.startswith(error) for one in refused["errors"]), refused


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("modelObjects:\n - id: a\n  name: b", "body: line 3, column 3: did not find expected '-' indicator"),
        ("namespace: &a x\nmodelObjects: *a", "body: line 1, column 12: anchors and aliases are not taken, got 'a'"),
        ("namespace: a\nnamespace: b", "body: line 2, column 1: the key 'namespace' is given twice"),
        ("modelObjects:\n - id: 1", "body.modelObjects[0].id: expected a string, got 1"),
        ("- a", "body: expected an object, got a list"),
    ],
)
def test_yaml_that_isnt_usable_is_refused_by_its_line(wire: Wire, text: str, error: str) -> None:
    refused = wire.send("POST", "/import", 422, content=text, headers={"Content-Type": "application/yaml"})
    assert error in refused["errors"]


def test_unknown_keys_at_the_top_are_let_be(wire: Wire) -> None:
    assert imported(wire, '{"flows": [], "teams": [{}], "namespace": "n"}', "application/json")["status"] == "completed"


def test_an_import_of_nothing_known_is_not_found(wire: Wire) -> None:
    assert wire.send("GET", "/import/nothing", 404)["message"] == "Landscape import not found"
    wire.send("POST", "/import?prune=maybe", 422, json={})
