"""Looks: stamped on what was looked at, in snapshots too, and never a change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import UNSET, structs

from nunatak.core.errors import NotFound
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, DRAFT, FLOW, Kind
from nunatak.services import entities, looks, places, versions
from tests.make import World, beside, placed


def test_a_look_stamps_the_flow_and_changes_nothing_else(world: World) -> None:
    flow = world.flow(world.diagram())
    looks.look(world.service, world.actor, world.path, FLOW, flow.handle_id)
    seen = world.get(FLOW, flow.id)
    assert (seen.viewed_by, seen.viewed_by_id, seen.viewed_at > flow.updated_at) == ("api-key", world.actor.id, True)
    assert structs.replace(seen, viewed_at=UNSET, viewed_by=UNSET, viewed_by_id=UNSET) == flow


def test_a_look_at_a_diagram_is_kept_with_its_content_in_snapshots_too(world: World) -> None:
    diagram = world.diagram()
    given = {"name": "May", "notes": "What we had by the end of May", "modelHandleId": None}
    kept = versions.create(world.service, world.actor, world.path.landscape_id, given)
    path = replace(world.path, version_id=kept.id)
    looks.look(world.service, world.actor, path, DIAGRAM, diagram.id)
    there = entities.get(world.service, world.actor, DIAGRAM_CONTENT, path, diagram.id)
    assert there.viewed_by_id == world.actor.id
    assert world.get(DIAGRAM_CONTENT, diagram.id).viewed_by_id is UNSET


@pytest.mark.parametrize(("kind", "name"), [(DIAGRAM, "Diagram"), (FLOW, "Flow"), (DRAFT, "Draft")])
def test_what_is_not_there_cannot_be_looked_at(world: World, kind: Kind, name: str) -> None:
    with pytest.raises(NotFound, match=f"{name} not found"):
        looks.look(world.service, world.actor, world.path, kind, "nothing")


def test_a_look_while_somebody_draws_takes_back_nothing(world: World) -> None:
    diagram, system = world.diagram(), world.object()
    with world.service.writing(world.actor) as ledger:
        place = places.place(ledger.unit, world.actor, world.path.landscape_id, world.path.version_id, "write")
        ledger.update(place, DIAGRAM_CONTENT, diagram.id, {"objects": {"$add": {"s": placed(system)}}})
        ledger.unit.flush()
        looking = beside(lambda: looks.look(world.service, world.actor, world.path, DIAGRAM, diagram.id))
    looking.join()
    content = world.get(DIAGRAM_CONTENT, diagram.id)
    assert (list(content.objects), content.viewed_by_id) == (["s"], world.actor.id)
