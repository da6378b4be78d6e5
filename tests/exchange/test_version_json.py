"""Schema v1."""

from __future__ import annotations

import json

import msgspec

from nunatak.core.expanded import VersionExport
from nunatak.exchange import version_json
from tests.exchange.landscapes import parts

DATA = version_json.write(parts())


def test_it_is_one_line_with_sorted_keys() -> None:
    assert b"\n" not in DATA
    assert json.dumps(json.loads(DATA), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == DATA


def test_it_is_eight_maps_by_id() -> None:
    found = msgspec.json.decode(DATA, type=VersionExport)
    assert sorted(json.loads(DATA)) == sorted(field.encode_name for field in msgspec.structs.fields(VersionExport))
    assert {id_: one.id for id_, one in found.model_objects.items()}.items() <= {(o.id, o.id) for o in parts().objects}
    assert (len(found.model_connections), len(found.tags), len(found.technologies), len(found.teams)) == (4, 2, 2, 1)


def test_steps_carry_the_ids_of_the_model() -> None:
    steps = json.loads(DATA)["flows"]["flow"]["steps"]
    assert (steps["s2"]["originId"], steps["s2"]["targetId"], steps["s2"]["viaId"]) == ("guest", "web", "c1")
    assert (steps["s1"]["originId"], steps["s1"]["viaId"]) == ("", "")
    assert "detailedDescription" not in steps["s2"]
    assert steps["s3"]["detailedDescription"] == "In the cache."
