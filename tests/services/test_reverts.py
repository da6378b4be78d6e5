"""Reverts: the live version is what the snapshot is, whatever came between, and nobody's old commit opens it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from nunatak.core.access import Actor
from nunatak.core.change import derived_names
from nunatak.core.errors import Conflict, Forbidden, Invalid, NotFound
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_CONNECTION, MODEL_OBJECT, TAG, VERSION
from nunatak.services import landscapes, reverts, versions
from nunatak.services.places import Path
from tests.make import World, placed
from tests.services.test_references import _STEPS, Changes
from tests.services.test_versions import held, snapshot

NOTES = "June went wrong"


def revert(world: World, version_id: str) -> Any:
    return reverts.create(
        world.service, world.actor, world.path.landscape_id, {"versionId": version_id, "notes": NOTES}
    )


def state(world: World, version_id: str | None = None) -> dict[str, list[Any]]:
    """Everything that a version holds, but for its counters, which a revert may raise."""
    found = {}
    for kind, rows in held(world, version_id or world.version_id).items():
        bodies = [msgspec.json.decode("{" + row[3]) for row in rows]
        found[kind] = [{name: v for name, v in body.items() if name not in ("commit", "version")} for body in bodies]
    return found


def filled(world: World) -> tuple[Any, Any, Any]:
    tag = world.tag()
    one, two = world.object(tagIds=[tag.id], labels={"a": "b"}), world.object()
    line = world.connection(one, two)
    lines = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, 512)}, connections=lines)
    return one, line, diagram


def test_a_revert_brings_everything_back_and_keeps_what_was(world: World) -> None:
    one, line, diagram = filled(world)
    first = state(world)
    made = snapshot(world)
    world.update(MODEL_OBJECT, one.id, name="Renamed", labels={"c": "d"})
    world.delete(DIAGRAM, diagram.id)
    world.domain(name="New")
    second = state(world)
    done = revert(world, made.id)
    assert state(world) == first
    assert (done.version_id, done.notes, done.landscape_id) == (made.id, NOTES, world.path.landscape_id)
    with world.service.reading() as unit:
        kept = unit.every(VERSION, world.path.landscape_id)[-1]
        assert unit.values(MODEL_OBJECT, world.version_id, ("id",), {"labels": {"a": "b"}}) == [(one.id,)]
        assert unit.values(MODEL_OBJECT, world.version_id, ("id",), {"labels": {"c": "d"}}) == []
    assert (kept.name, kept.tags, state(world, kept.id)) == ("Before revert to May", [], second)
    world.delete(MODEL_CONNECTION, line.id)  # what came back is alive
    assert world.get(MODEL_OBJECT, one.id).diagrams[diagram.id].object_id == "a"


def test_an_old_commit_never_opens_a_reverted_entity(world: World) -> None:
    one, two, three = world.object(), world.object(), world.object()
    made = snapshot(world)
    for name in ("x", "y", "z"):
        world.update(MODEL_OBJECT, one.id, name=f"{name}1")
        world.update(MODEL_OBJECT, two.id, name=f"{name}2")
    seen = {o.id: world.get(MODEL_OBJECT, o.id).commit for o in (one, two)}
    world.delete(MODEL_OBJECT, two.id)
    revert(world, made.id)
    for id_, commit in seen.items():
        now = world.get(MODEL_OBJECT, id_)
        assert now.commit == now.version > commit
        for stale in range(1, commit + 1):
            with pytest.raises(Conflict, match="moved on"):
                world.update(MODEL_OBJECT, id_, name="stale", commit=stale)
        assert world.update(MODEL_OBJECT, id_, name=f"fresh {id_}", commit=now.commit).commit == now.commit + 1
    assert world.get(MODEL_OBJECT, three.id).commit == three.commit  # untouched, and so is its commit


def test_a_text_that_looks_like_a_counter_is_left_alone(world: World) -> None:
    text = 'says "commit":1,"version":1, and \\"commit\\":1 and \x00'
    one = world.object(description=text)
    made = snapshot(world)
    world.update(MODEL_OBJECT, one.id, description="x")
    revert(world, made.id)
    back = world.get(MODEL_OBJECT, one.id)
    assert (back.description, back.commit) == (text, 3)


def test_only_a_snapshot_of_this_landscape_can_be_reverted_to(world: World) -> None:
    land, _ = landscapes.create(world.service, world.actor, world.organization_id, {"name": "Second"})
    given = {"name": "x", "notes": NOTES, "modelHandleId": None}
    foreign = versions.create(world.service, world.actor, land.id, given)
    for version_id in ("latest", world.version_id, foreign.id, "nothing"):
        with pytest.raises(Invalid) as refused:
            revert(world, version_id)
        expected = f"body.versionId: expected the id of a snapshot of this landscape, got {version_id!r}"
        assert refused.value.errors == (expected,)
    assert len(versions.listing(world.service, world.actor, world.path.landscape_id, {}).texts) == 1


def test_reverts_are_listed_and_their_notes_can_be_changed(world: World) -> None:
    done = revert(world, snapshot(world).id)
    land = world.path.landscape_id
    changed = reverts.update(world.service, world.actor, land, done.id, {"notes": "Something else"})
    assert (changed.notes, changed.version_id) == ("Something else", done.version_id)
    assert reverts.get(world.service, world.actor, land, done.id) == changed
    assert len(reverts.listing(world.service, world.actor, land)) == 1
    other, _ = landscapes.create(world.service, world.actor, world.organization_id, {"name": "Second"})
    with pytest.raises(NotFound, match="Version revert not found"):
        reverts.get(world.service, world.actor, other.id, done.id)


def test_a_revert_needs_write_permission(world: World) -> None:
    made = snapshot(world)
    reader = Actor(kind="api-key", id="r", permissions={world.organization_id: "read"}, name="R")
    with pytest.raises(Forbidden):
        reverts.create(world.service, reader, world.path.landscape_id, {"versionId": made.id, "notes": NOTES})


class Reverts(Changes):
    """Random writes, snapshots and reverts: a revert brings the snapshot's state back, back references stay true, and
    no commit stands for two states."""

    snapshots: Any = Bundle("snapshots")

    def begin(self, world: World) -> None:
        RuleBasedStateMachine.__init__(self)
        land, live = landscapes.create(world.service, world.actor, world.organization_id, {"name": "Reverted"})
        with world.service.reading() as unit:
            root_id = unit.values(MODEL_OBJECT, live.id, ("id",), {"type": "root"})[0][0]
        path = Path(landscape_id=land.id, version_id="latest")
        self.world = replace(world, path=path, version_id=live.id, root_id=root_id)
        self.seen: dict[tuple[str, str, float], dict[str, Any]] = {}

    def teardown(self) -> None:
        """The database is the fixture's."""

    # What a rule names may be gone: reverts take away what came after their snapshot.

    @rule(target=Changes.connections, one=Changes.objects, two=Changes.objects, via=st.none() | Changes.objects)
    def connect(self, one: str, two: str, via: str | None) -> Any:
        return self._tried(lambda: Changes.connect(self, one, two, via)) or multiple()

    @rule(target=Changes.flows, diagram=Changes.diagrams, picks=_STEPS)
    def tell(self, diagram: str, picks: Any) -> Any:
        return self._tried(lambda: Changes.tell(self, diagram, picks)) or multiple()

    @rule(id_=Changes.flows, diagram=Changes.diagrams, picks=_STEPS)
    def tell_anew(self, id_: str, diagram: str, picks: Any) -> None:
        self._tried(lambda: Changes.tell_anew(self, id_, diagram, picks))

    @rule(target=snapshots)
    def take(self) -> tuple[str, dict[str, list[Any]]]:
        return snapshot(self.world).id, state(self.world)

    @rule(one=snapshots)
    def go_back(self, one: tuple[str, dict[str, list[Any]]]) -> None:
        revert(self.world, one[0])
        assert state(self.world) == one[1]

    @rule(id_=Changes.objects, gone=st.booleans())
    def waver(self, id_: str, gone: bool) -> None:
        """Commits that were seen between a snapshot and its revert, of what is deleted by then too."""
        one = self.take()
        for _ in range(2):
            self._write(id_)
        if gone:
            self._tried(lambda: self.world.delete(MODEL_OBJECT, id_))
        self.go_back(one)
        self._write(id_)

    def _write(self, id_: str) -> None:
        self._tried(lambda: self.world.update(MODEL_OBJECT, id_, caption=f"caption {len(self.seen)}"))
        self.no_commit_stands_for_two_states()

    @invariant()
    def no_commit_stands_for_two_states(self) -> None:
        with self.world.service.reading() as unit:
            for kind in (MODEL_OBJECT, MODEL_CONNECTION, DIAGRAM_CONTENT, TAG):
                free = derived_names(kind.struct) | {"domainId"}
                for entity in unit.every(kind, self.world.version_id):
                    values = {name: v for name, v in msgspec.to_builtins(entity).items() if name not in free}
                    assert self.seen.setdefault((kind.name, entity.id, entity.commit), values) == values


def test_any_changes_are_undone_by_a_revert(world: World) -> None:
    class OfThisWorld(Reverts):
        def __init__(self) -> None:
            self.begin(world)

    run_state_machine_as_test(OfThisWorld, settings=settings(max_examples=12, stateful_step_count=25, deadline=None))
