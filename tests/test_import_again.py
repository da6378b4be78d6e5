"""A landscape that leaves as JSON and comes back in: the same model, in another landscape or on another server."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nunatak.core.import_file import LandscapeImportData
from nunatak.exchange import import_json
from nunatak.exchange.import_text import as_json
from nunatak.services import landscape_imports, landscape_parts, landscapes, places
from nunatak.services.places import Path
from tests.make import World

_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_MODELS = st.fixed_dictionaries(
    {
        "caption": _TEXTS,
        "description": _TEXTS,
        "label": st.text("ab:", min_size=1, max_size=3),
        "words": _TEXTS,
        "status": st.sampled_from(["live", "future", "deprecated", "removed"]),
        "external": st.booleans(),
        "direction": st.sampled_from(["outgoing", "bidirectional"]),
        "color": st.sampled_from(["red", "blue", "dark-blue"]),
    }
)


def exported(world: World, path: Path) -> Any:
    with world.service.reading() as unit:
        place = places.place(unit, world.actor, path.landscape_id, path.version_id, "read")
        return json.loads(import_json.write(landscape_parts.load(unit, place)))


def in_words(file: Any) -> dict[str, list[Any]]:
    """A file with names in the place of ids, which are other ones in every landscape."""
    lists = ("modelObjects", "modelConnections", "tagGroups", "tags")
    names = {one["id"]: f"{one['name']}" for name in lists for one in file[name]}

    def worded(value: Any) -> Any:
        if isinstance(value, list):
            return [worded(each) for each in value]
        if isinstance(value, dict):
            return {key: worded(each) for key, each in value.items() if key != "id"}
        return names.get(value, value) if isinstance(value, str) else value

    return {name: [worded(one) for one in file[name]] for name in lists}


def test_what_was_exported_comes_back_as_it_was(world: World) -> None:
    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(model=_MODELS)
    def comes_back(model: dict[str, Any]) -> None:
        source = filled(world, model)
        file = exported(world, source)
        target = landscape(world)
        data = msgspec.json.decode(as_json(json.dumps(file).encode(), "application/json"), type=LandscapeImportData)
        landscape_imports.at_once(world.service, world.actor, target, data, prune=False)
        before, after = in_words(file), in_words(exported(world, target))
        for name, entries in before.items():
            for entry in entries:
                assert entry in after[name]
                after[name].remove(entry)
        assert [one["name"] for one in after["modelObjects"]] == ["Default domain"]
        assert after["modelConnections"] == []

    comes_back()


def landscape(world: World) -> Path:
    made, _ = landscapes.create(world.service, world.actor, world.organization_id, {"name": "L"})
    return Path(landscape_id=made.id, version_id="latest")


def filled(world: World, model: dict[str, Any]) -> Path:
    """A landscape with one of everything that a file holds."""
    path = landscape(world)
    shared = {
        "description": model["description"],
        "status": model["status"],
        "technologyIds": ["python"],
        "tagIds": ["t"],
    }
    shared |= {"labels": {model["label"]: model["words"]}, "links": [{"url": "https://a/", "customName": "Page"}]}
    file = {
        "tagGroups": [{"id": "g", "name": "Group of tags", "icon": "star"}],
        "tags": [{"id": "t", "name": "Tag", "color": model["color"], "groupId": "g"}],
        "modelObjects": [
            {"id": "d", "name": "Own domain", "type": "domain", "caption": model["caption"]},
            {"id": "outer", "name": "Outer", "type": "group", "parentId": "d"},
            {"id": "inner", "name": "Inner", "type": "group", "parentId": "outer"},
            {"id": "s", "name": "System", "type": "system", "parentId": "d", "groupIds": ["inner", "outer"], **shared},
            {"id": "a", "name": "App", "type": "app", "parentId": "s", "icon": {"technologyId": "python"}}
            | {"external": model["external"], "caption": model["caption"]},
            {"id": "q", "name": "Queue", "type": "store", "parentId": "s"},
        ],
        "modelConnections": [
            {"id": "c", "name": "calls", "direction": model["direction"], **shared}
            | {"originId": "a", "targetId": "q", "viaId": "s"}
        ],
    }
    data = msgspec.convert(file, LandscapeImportData)
    landscape_imports.at_once(world.service, world.actor, path, data, prune=False)
    return path
