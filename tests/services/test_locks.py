"""Locks: what only its teams may edit, and all the ways round that are closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, DIAGRAM_GROUP, FLOW, MODEL_OBJECT
from nunatak.services import entities, keys, people, teams
from tests.drafted import draft, task
from tests.make import World, placed


class Locked:
    """A system that only the team may edit, with its diagram, folder and flow; and writers in and outside the team."""

    def __init__(self, world: World) -> None:
        given = (world.service, world.actor, world.organization_id)
        self.world = world
        self.member, self.other = (self._writer(name) for name in ("ann", "bob"))
        self.team = teams.create(*given, {"name": "T", "userIds": [self.member.id]})
        self.system = world.object(teamIds=[self.team.id], teamOnlyEditing=True)
        self.folder = world.folder(modelId=self.system.id)
        self.diagram = world.diagram(owner=self.system.id, type_="app-diagram", groupId=self.folder.id)
        self.flow = world.flow(self.diagram)

    def _writer(self, name: str) -> Actor:
        world = self.world
        person, may = {"email": f"{name}@example.com"}, {"permission": "write"}
        user, _ = people.add(world.service, world.actor, world.organization_id, person, may)
        return Actor(kind="user", id=user.id, permissions={world.organization_id: "write"}, name=name)

    def by(self, actor: Actor) -> World:
        return replace(self.world, actor=actor)


@pytest.fixture
def locked(world: World) -> Locked:
    return Locked(world)


def own_diagram(world: World) -> Any:
    return world.diagram(owner=world.object().id, type_="app-diagram")


Deed = Callable[[World, Locked], Any]
DEEDS: dict[str, Deed] = {
    "object": lambda w, on: w.update(MODEL_OBJECT, on.system.id, name="X"),
    "unlock": lambda w, on: w.update(MODEL_OBJECT, on.system.id, teamOnlyEditing=False),
    "disown": lambda w, on: w.update(MODEL_OBJECT, on.system.id, teamIds=[]),
    "delete": lambda w, on: w.delete(MODEL_OBJECT, on.system.id),
    "diagram": lambda w, on: w.update(DIAGRAM, on.diagram.id, name="X"),
    "new diagram": lambda w, on: w.diagram(owner=on.system.id, type_="app-diagram"),
    "content": lambda w, on: w.update(DIAGRAM_CONTENT, on.diagram.id, objects={"$add": {"o": placed(on.system)}}),
    "folder": lambda w, on: w.update(DIAGRAM_GROUP, on.folder.id, name="X"),
    "flow": lambda w, on: w.update(FLOW, on.flow.id, name="X"),
    "new flow": lambda w, on: w.flow(on.diagram),
    "moved diagram": lambda w, on: w.update(DIAGRAM, own_diagram(w).id, modelId=on.system.id),
    "moved folder": lambda w, on: w.update(DIAGRAM_GROUP, w.folder(modelId=w.object().id).id, modelId=on.system.id),
    "moved flow": lambda w, on: w.update(FLOW, w.flow(own_diagram(w)).id, diagramId=on.diagram.id),
    "gone flow": lambda w, on: w.delete(FLOW, on.flow.id),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_only_the_team_and_administrators_edit_what_is_locked(locked: Locked, deed: Deed) -> None:
    with pytest.raises(Forbidden, match="by its teams and by administrators only"):
        deed(locked.by(locked.other), locked)
    deed(locked.by(locked.member), locked)


def test_administrators_pass_and_keys_that_write_do_not(locked: Locked) -> None:
    world = locked.world
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="k", permission="write")
    with pytest.raises(Forbidden):
        DEEDS["object"](locked.by(keys.authenticate(world.service, credentials)), locked)
    DEEDS["object"](world, locked)


def test_what_is_locked_does_not_go_with_what_it_is_in(locked: Locked) -> None:
    world = locked.world
    outer = world.object()
    app = world.object("app", parent=outer.id, teamIds=[locked.team.id], teamOnlyEditing=True)
    with pytest.raises(Forbidden):
        locked.by(locked.other).delete(MODEL_OBJECT, outer.id)
    assert world.get(MODEL_OBJECT, app.id).id == app.id


def test_who_is_in_the_team_is_for_the_team_to_say(locked: Locked) -> None:
    world = locked.world
    given = (world.service, locked.other, world.organization_id, locked.team.id)
    with pytest.raises(Forbidden, match="its members and administrators may change"):
        teams.update(*given, {"userIds": [locked.other.id]})
    with pytest.raises(Forbidden):
        teams.delete(*given)
    assert teams.update(*given, {"name": "Renamed"}).name == "Renamed"
    both = [locked.member.id, locked.other.id]
    assert teams.update(world.service, locked.member, *given[2:], {"userIds": both}).user_ids == both
    DEEDS["object"](locked.by(locked.other), locked)


def test_everybody_still_reads_it_and_a_draft_may_plan_it(locked: Locked) -> None:
    by = locked.by(locked.other)
    plan = draft(by, task("update", "model-object", locked.system.id, {"name": "Planned"}))
    path = replace(by.path, draft_id=plan)
    assert entities.get(by.service, by.actor, MODEL_OBJECT, path, locked.system.id).name == "Planned"
    assert by.get(MODEL_OBJECT, locked.system.id).team_only_editing
