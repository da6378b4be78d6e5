"""Drafts applied: seen by their reader, kept nowhere, in nobody's way for long."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select

from nunatak.core.errors import NotFound
from nunatak.core.kinds import MODEL_CONNECTION, MODEL_OBJECT, TAG
from nunatak.services import drafts, entities, places, versions
from nunatak.services.views import viewing
from nunatak.store.tables import METADATA
from tests.drafted import add, draft, new, seen, state, task
from tests.make import World, placed


def everything(world: World) -> dict[str, list[Any]]:
    """Every row of every table."""
    with world.service.reading() as unit:
        tables = METADATA.sorted_tables
        return {t.name: sorted(map(repr, unit.connection.execute(select(t)))) for t in tables}


def busy_draft(world: World) -> str:
    """A draft that creates, changes and deletes, with all that follows from it."""
    one, two, tag = world.object(name="One"), world.object(name="Two"), world.tag()
    world.connection(one, two)
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, 400)})
    return draft(
        world,
        new(world, "fresh", tagIds=[tag.id]),
        task("update", "model-object", one.id, {"name": "Renamed"}),
        task("update", "diagram-content", diagram.id, {"objects": {"$update": {"a": {"x": 40}}}}),
        task("delete", "model-object", two.id),
    )


def test_looking_at_a_draft_leaves_no_trace(world: World) -> None:
    draft_id = busy_draft(world)
    before = everything(world)
    with viewing(world.service, world.actor, seen(world, draft_id)) as (unit, place):
        assert unit.get(MODEL_OBJECT, "fresh", place.version_id).name == "fresh"
        assert unit.every(MODEL_CONNECTION, place.version_id) == []
        unit.flush()
    assert everything(world) == before


def test_a_look_that_fails_leaves_no_trace_either(world: World) -> None:
    draft_id = busy_draft(world)
    before = everything(world)

    def fail() -> None:
        with viewing(world.service, world.actor, seen(world, draft_id)) as (unit, _):
            unit.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert everything(world) == before


def test_an_applied_draft_is_taken_back_and_the_writer_goes_on(world: World) -> None:
    draft_id = busy_draft(world)
    before = state(world)
    with world.service.writing(world.actor) as ledger:
        place = places.place(ledger.unit, world.actor, world.path.landscape_id, "latest", "write")
        with drafts.applied(ledger.unit, place, draft_id, now=world.service.clock):
            assert ledger.unit.get(MODEL_OBJECT, "fresh", place.version_id)
        assert ledger.unit.find(MODEL_OBJECT, "fresh", place.version_id) is None
        made = ledger.create(place, TAG, {"name": "kept", "color": "red", "groupId": group(world), "index": 9})
    after = state(world)
    assert [one for one in after["tag"] if one["id"] != made.id] == before["tag"]
    assert after["model-object"] == before["model-object"]


def group(world: World) -> str:
    return str(state(world)["tag-group"][0]["id"])


def test_others_read_while_somebody_looks_at_a_draft(world: World) -> None:
    draft_id = busy_draft(world)
    before = state(world)
    with viewing(world.service, world.actor, seen(world, draft_id)) as (unit, place):
        unit.flush()
        assert unit.get(MODEL_OBJECT, "fresh", place.version_id)
        assert state(world) == before


def test_two_who_look_at_once_see_their_own_drafts_and_a_writer_gets_its_turn(world: World) -> None:
    ids = {name: draft(world, new(world, "same", caption=name)) for name in ("a", "b")}
    found: list[tuple[str, str]] = []

    def look(name: str) -> None:
        for _ in range(5):
            one = entities.get(world.service, world.actor, MODEL_OBJECT, seen(world, ids[name]), "same")
            found.append((name, one.caption))

    threads = [threading.Thread(target=look, args=(name,)) for name in ids]
    for thread in threads:
        thread.start()
    world.object(name="Written")
    for thread in threads:
        thread.join()
    assert sorted(found) == [("a", "a")] * 5 + [("b", "b")] * 5
    assert [one["name"] for one in state(world)["model-object"] if one["name"]] == ["Written"]


def test_what_can_no_longer_be_done_is_left_out_and_the_rest_is_there(world: World) -> None:
    gone = world.object(name="Gone")
    draft_id = draft(
        world,
        new(world, "first"),
        task("update", "model-object", gone.id, {"name": "Draft"}),
        task("create", "model-object", "child", {"name": "c", "type": "app", "parentId": gone.id}),
        new(world, "last"),
    )
    world.delete(MODEL_OBJECT, gone.id)
    names = [one["name"] for one in state(world, draft_id)["model-object"]]
    assert sorted(names) == ["", "first", "last"]


def test_a_draft_of_another_version_is_not_found(world: World) -> None:
    draft_id = draft(world, new(world, "new"))
    made = versions.create(
        world.service,
        world.actor,
        world.path.landscape_id,
        {"name": "v", "notes": "A snapshot of it all", "modelHandleId": None},
    )
    path = places.Path(landscape_id=world.path.landscape_id, version_id=made.id, draft_id=draft_id)
    with pytest.raises(NotFound, match="Draft not found"), viewing(world.service, world.actor, path):
        pass


def test_what_a_draft_makes_is_stamped_by_who_wrote_its_tasks_and_when(world: World) -> None:
    draft_id = draft(world)
    (made,) = add(world, draft_id, new(world, "new"))
    one = entities.get(world.service, world.actor, MODEL_OBJECT, seen(world, draft_id), "new")
    assert (one.created_at, one.created_by_id) == (made.created_at, world.actor.id)
