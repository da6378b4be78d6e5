"""Schema v2: what an import takes."""

from __future__ import annotations

import json

import msgspec

from nunatak.core.import_file import LandscapeImportData
from nunatak.exchange import import_json
from tests.exchange.landscapes import parts

FOUND = json.loads(import_json.write(parts()))
OBJECTS = {entry["id"]: entry for entry in FOUND["modelObjects"]}


def test_an_import_reads_it() -> None:
    read = msgspec.json.decode(import_json.write(parts()), type=LandscapeImportData)
    assert len(read.model_objects or ()) == len(parts().objects)


def test_roots_are_domains_and_parents_come_first() -> None:
    assert OBJECTS["root"] == {
        "id": "root", "name": "Shop", "type": "domain", "caption": "", "description": "Where people book.",
    }  # fmt: skip
    order = list(OBJECTS)
    assert all(order.index(e["parentId"]) < order.index(e["id"]) for e in FOUND["modelObjects"] if "parentId" in e)


def test_objects_keep_all_that_an_import_takes() -> None:
    web = OBJECTS["web"]
    assert (web["icon"], web["technologyIds"], web["tagIds"], web["teamIds"]) == (
        {"technologyId": "java"}, ["java"], ["low"], ["team"],
    )  # fmt: skip
    assert OBJECTS["system"]["links"] == [{"url": "https://example.com/hut?a=1", "customName": "Handbook"}]
    assert OBJECTS["system"]["groupIds"] == ["group"]


def test_labels_of_an_earlier_import_stay_behind() -> None:
    assert OBJECTS["web"]["labels"] == {"tier": "gold"}
    assert "labels" not in OBJECTS["db"]


def test_a_connection_without_direction_leaves_as_outgoing_and_without_via_has_none() -> None:
    found = {entry["id"]: entry for entry in FOUND["modelConnections"]}
    assert [found[id_]["direction"] for id_ in ("c1", "c2", "c4")] == ["outgoing", "bidirectional", "outgoing"]
    assert found["c3"]["viaId"] == "db"
    assert "viaId" not in found["c1"]


def test_flows_teams_and_technologies_stand_beside() -> None:
    assert [flow["id"] for flow in FOUND["flows"]] == ["flow", "flow2"]
    assert ([t["name"] for t in FOUND["teams"]], len(FOUND["technologies"])) == (["Web team"], 2)
