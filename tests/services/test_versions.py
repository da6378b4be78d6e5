"""Versions: snapshots that hold what the live one held and never change, named, found and deleted."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.access import Actor
from nunatak.core.errors import Conflict, Forbidden, Invalid, NotFound
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_OBJECT, TAG, VERSION
from nunatak.services import entities, landscapes, versions
from nunatak.services.places import Path
from nunatak.store.copies import SNAPSHOT, differ
from tests.make import World, placed

NOTES = "What we had by the end of May"


def snapshot(world: World, name: str = "May", **values: Any) -> Any:
    given = {"name": name, "notes": NOTES, "modelHandleId": None, **values}
    return versions.create(world.service, world.actor, world.path.landscape_id, given)


def held(world: World, version_id: str) -> dict[str, list[Any]]:
    """Everything that a version holds, without the ids of version and landscape."""
    columns = ("id", "handle_id", "position", "body")
    with world.service.reading() as unit:
        return {kind.name: unit.values(kind, version_id, columns, {}) for kind in SNAPSHOT}


def test_versions_are_found_by_tag_and_name(world: World) -> None:
    def found(**asked: object) -> int:
        return len(versions.listing(world.service, world.actor, world.path.landscape_id, asked).texts)

    assert (found(), found(tag="latest"), found(tag=["x", "latest"]), found(name="CURR")) == (1, 1, 1, 1)
    assert (found(tag="x"), found(name="may")) == (0, 0)
    snapshot(world)
    assert (found(), found(tag="latest"), found(name="may")) == (2, 1, 1)


def test_a_snapshot_holds_what_the_live_version_held_and_stays_so(world: World) -> None:
    tag = world.tag()
    system = world.object(labels={"team": "a"}, tagIds=[tag.id])
    diagram = world.diagram(objects={"a": placed(system)})
    before = held(world, world.version_id)
    made = snapshot(world)
    assert (made.tags, made.name, made.completed_at is not None, made.diagram_handle_ids) == ([], "May", True, [])
    world.update(MODEL_OBJECT, system.id, name="Renamed", labels={})
    world.delete(DIAGRAM, diagram.id)
    world.delete(TAG, tag.id)
    world.object()
    assert held(world, made.id) == before
    old = entities.get(world.service, world.actor, MODEL_OBJECT, _at(world, made.id), system.handle_id)
    assert (old.id, old.version_id, old.latest_entity_id) == (system.id, made.id, system.id)
    assert (old.name, list(old.diagrams)) == (system.name, [diagram.id])


def test_what_is_in_a_snapshot_is_found_by_its_lists(world: World) -> None:
    tag = world.tag()
    system = world.object(labels={"team": "a"}, tagIds=[tag.id])
    app = world.object("app", system.id)
    made = snapshot(world)
    world.delete(MODEL_OBJECT, system.id)
    with world.service.reading() as unit:
        for asked, expected in (
            ({"labels": {"team": "a"}}, [system.id]),
            ({"tag_ids": [tag.id]}, [system.id]),
            ({"parent_ids": system.id}, [app.id]),
        ):
            assert [id_ for (id_,) in unit.values(MODEL_OBJECT, made.id, ("id",), asked)] == expected
            assert unit.values(MODEL_OBJECT, world.version_id, ("id",), asked) == []


def test_a_snapshot_takes_no_changes(world: World) -> None:
    system = world.object()
    diagram = world.diagram()
    path = _at(world, snapshot(world).id)
    for act in (
        lambda: entities.create(world.service, world.actor, TAG, path, {"name": "x"}),
        lambda: entities.update(world.service, world.actor, MODEL_OBJECT, path, system.id, {"name": "x"}),
        lambda: entities.update(world.service, world.actor, DIAGRAM_CONTENT, path, diagram.id, {"objects": {}}),
        lambda: entities.upsert(world.service, world.actor, DIAGRAM, path, diagram.id, {"name": "x"}),
        lambda: entities.delete(world.service, world.actor, MODEL_OBJECT, path, system.id),
    ):
        with pytest.raises(Conflict, match="snapshot"):
            act()


def test_a_version_is_about_an_object_that_is_there(world: World) -> None:
    system = world.object()
    assert snapshot(world, modelHandleId=system.id).model_handle_id == system.handle_id
    with pytest.raises(Invalid) as refused:
        snapshot(world, modelHandleId="nothing")
    assert refused.value.errors == (
        "body.modelHandleId: expected the id of a model object of this version, got 'nothing'",
    )
    with world.service.reading() as unit:
        assert len(unit.values(VERSION, world.path.landscape_id, ("id",), {})) == 2


def test_a_version_gets_another_name_and_the_live_one_too(world: World) -> None:
    for version_id, tags in ((snapshot(world).id, []), ("latest", ["latest"])):
        changed = versions.update(world.service, world.actor, world.path.landscape_id, version_id, {"name": "Other"})
        assert (changed.name, changed.tags) == ("Other", tags)


def test_a_deleted_version_is_gone_with_all_it_holds(world: World) -> None:
    world.object()
    before = held(world, world.version_id)
    made, kept = snapshot(world), snapshot(world, "June")
    versions.delete(world.service, world.actor, world.path.landscape_id, made.id)
    with pytest.raises(NotFound, match="Version not found"):
        versions.get(world.service, world.actor, world.path.landscape_id, made.id)
    assert not any(held(world, made.id).values())
    assert held(world, kept.id) == held(world, world.version_id) == before


def test_the_live_version_can_not_be_deleted(world: World) -> None:
    for word in ("latest", world.version_id):
        with pytest.raises(Invalid) as refused:
            versions.delete(world.service, world.actor, world.path.landscape_id, word)
        assert refused.value.errors == ("versionId: expected the id of a snapshot, got that of the live version",)


def test_a_version_needs_write_permission_and_another_landscapes_is_not_there(world: World) -> None:
    reader = Actor(kind="api-key", id="r", permissions={world.organization_id: "read"}, name="R")
    values = {"name": "x", "notes": NOTES, "modelHandleId": None}
    with pytest.raises(Forbidden):
        versions.create(world.service, reader, world.path.landscape_id, values)
    stranger = Actor(kind="api-key", id="s", permissions={"other": "admin"}, name="S")
    with pytest.raises(NotFound, match="Landscape not found"):
        versions.create(world.service, stranger, world.path.landscape_id, values)
    made = snapshot(world)
    land, _ = landscapes.create(world.service, world.actor, world.organization_id, {"name": "Second"})
    with pytest.raises(NotFound, match="Version not found"):
        versions.delete(world.service, world.actor, land.id, made.id)


def test_two_versions_differ_when_something_was_changed_and_not_when_it_was_looked_at(world: World) -> None:
    system = world.object()
    first = snapshot(world)

    def changed() -> bool:
        with world.service.reading() as unit:
            return differ(unit, first.id, world.version_id)

    assert not changed()
    world.update(MODEL_OBJECT, system.id, name="Other")
    assert changed()


def _at(world: World, version_id: str) -> Path:
    return Path(landscape_id=world.path.landscape_id, version_id=version_id)
