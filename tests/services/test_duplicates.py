"""Duplicates: a landscape with all its versions once more, here or in another organization, and templates."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Invalid, NotFound
from nunatak.core.kinds import LANDSCAPE, MODEL_OBJECT, VERSION
from nunatak.services import duplicates, landscapes, reverts, teams
from nunatak.services.places import Path
from tests.make import World, placed
from tests.services.test_crossing import other, technology
from tests.services.test_versions import held, snapshot


def filled(world: World, **values: Any) -> Any:
    """An object with a place on a diagram and a comment's worth of lists, in two versions that differ."""
    tag = world.tag()
    system = world.object(labels={"a": "b"}, tagIds=[tag.id], **values)
    world.diagram(objects={"a": placed(system)})
    snapshot(world, modelHandleId=system.handle_id)
    world.object()
    return system


def versions_of(world: World, landscape_id: str) -> list[Any]:
    with world.service.reading() as unit:
        return list(unit.every(VERSION, landscape_id))


def test_a_duplicate_has_all_versions_with_ids_of_their_own_and_everything_in_them(world: World) -> None:
    system = filled(world)
    twin = duplicates.create(world.service, world.actor, world.path.landscape_id, {"name": "Twin"})
    assert (twin.name, twin.organization_id) == ("Twin", world.organization_id)
    originals, copies = versions_of(world, world.path.landscape_id), versions_of(world, twin.id)
    for field in ("name", "notes", "tags", "model_handle_id"):
        assert [getattr(one, field) for one in copies] == [getattr(one, field) for one in originals]
    assert not {one.id for one in copies} & {one.id for one in originals}
    for one, copy in zip(originals, copies, strict=True):
        assert held(world, copy.id) == held(world, one.id)
    there = Path(landscape_id=twin.id, version_id="latest")
    shown = World(**{**vars(world), "path": there}).get(MODEL_OBJECT, system.handle_id)
    assert (shown.landscape_id, shown.version_id) == (twin.id, copies[0].id)


def test_a_duplicate_lives_apart_from_its_original(world: World) -> None:
    system = filled(world)
    before = held(world, world.version_id)
    twin = duplicates.create(world.service, world.actor, world.path.landscape_id, {"name": "Twin"})
    live, old = versions_of(world, twin.id)
    there = World(**{**vars(world), "path": Path(landscape_id=twin.id, version_id="latest"), "version_id": live.id})
    there.update(MODEL_OBJECT, system.id, name="Renamed there")
    there.object()
    assert held(world, world.version_id) == before
    given = {"versionId": old.id, "notes": "Back to what it was"}
    reverts.create(world.service, world.actor, twin.id, given)
    assert there.get(MODEL_OBJECT, system.id).name == system.name
    landscapes.delete(world.service, world.actor, twin.id)
    assert held(world, world.version_id) == before


def test_a_duplicate_in_another_organization_has_its_technologies_and_no_teams(world: World) -> None:
    there, actor = other(world)
    team = teams.create(world.service, world.actor, world.organization_id, {"name": "T", "color": "red", "userIds": []})
    ours = technology(world, actor, world.organization_id, "Forge")
    theirs = technology(world, actor, there, "Forge")
    icon = {"catalogTechnologyId": ours.id, "name": "Forge"}
    system = filled(world, teamIds=[team.id], technologyIds=[ours.id], icon=icon)
    land = world.path.landscape_id
    twin = duplicates.create(world.service, actor, land, {"name": "Twin"}, organization_id=there)
    assert twin.organization_id == there
    for version in versions_of(world, twin.id):
        with world.service.reading() as unit:
            copy = unit.get(MODEL_OBJECT, system.id, version.id)
            by_technology = unit.values(MODEL_OBJECT, version.id, ("id",), {"technology_ids": [theirs.id]})
            by_team = unit.values(MODEL_OBJECT, version.id, ("id",), {"team_ids": [team.id]})
        assert (copy.technology_ids, copy.icon.catalog_technology_id, copy.team_ids) == ([theirs.id], theirs.id, [])
        assert (by_technology, by_team, copy.commit) == ([(system.id,)], [], system.commit)
    assert world.get(MODEL_OBJECT, system.id).technology_ids == [ours.id]


def test_a_duplicate_needs_reading_here_and_writing_there(world: World) -> None:
    there, _ = other(world)
    land, values = world.path.landscape_id, {"name": "Twin"}
    cases: tuple[tuple[dict[str, Any], str | None, type[Exception]], ...] = (
        ({world.organization_id: "read"}, None, Forbidden),
        ({world.organization_id: "admin", there: "read"}, there, Forbidden),
        ({world.organization_id: "admin"}, there, NotFound),
        ({there: "admin"}, there, NotFound),
    )
    for permissions, target, refusal in cases:
        actor = Actor(kind="api-key", id="x", permissions=permissions, name="X")
        with pytest.raises(refusal):
            duplicates.create(world.service, actor, land, values, organization_id=target)
    with world.service.reading() as unit:
        assert [len(unit.values(LANDSCAPE, id_, ("id",), {})) for id_ in (world.organization_id, there)] == [1, 0]
    actor = Actor(kind="api-key", id="x", permissions={world.organization_id: "read", there: "write"}, name="X")
    assert duplicates.create(world.service, actor, land, values, organization_id=there).organization_id == there


def test_a_landscape_begins_as_its_template_is_now(world: World) -> None:
    filled(world)
    values = {"name": "New", "templateId": world.path.landscape_id}
    land, live = landscapes.create(world.service, world.actor, world.organization_id, values)
    assert (land.name, live.tags, live.landscape_id) == ("New", ["latest"], land.id)
    assert [version.id for version in versions_of(world, land.id)] == [live.id]
    assert held(world, live.id) == held(world, world.version_id)


def test_a_template_that_is_not_there_is_named(world: World) -> None:
    there, actor = other(world)
    foreign, _ = landscapes.create(world.service, actor, there, {"name": "Foreign"})
    for template_id in ("nothing", foreign.id):
        values = {"name": "New", "templateId": template_id}
        with pytest.raises(Invalid) as refused:
            landscapes.create(world.service, world.actor, world.organization_id, values)
        expected = f"body.templateId: expected the id of a landscape that you can read, got {template_id!r}"
        assert refused.value.errors == (expected,)
