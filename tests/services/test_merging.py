"""Merging is reading applied and kept; what stands against it is told, and nothing is half done."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nunatak.core.errors import Conflict, Forbidden, Refusal
from nunatak.core.kinds import DRAFT, LOG_ENTRY, MODEL_OBJECT, VERSION
from nunatak.services import keys, merging
from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from tests import make
from tests.drafted import add, draft, new, state, task
from tests.make import World, placed


def conflicts(world: World, draft_id: str) -> list[Any]:
    return merging.conflicts(world.service, world.actor, world.path, draft_id)


def merge(world: World, draft_id: str) -> Any:
    return merging.merge(world.service, world.actor, world.path, draft_id)


def test_a_refused_merge_changes_nothing(world: World) -> None:
    gone = world.object(name="Gone")
    draft_id = draft(world, new(world, "new"), task("update", "model-object", gone.id, {"name": "Draft"}))
    world.delete(MODEL_OBJECT, gone.id)
    before = state(world)
    with pytest.raises(Conflict, match="conflicts"):
        merge(world, draft_id)
    assert state(world) == before
    assert world.get(DRAFT, draft_id).status == "in-progress"


def test_a_name_that_was_taken_meanwhile_is_a_conflict_of_its_own_kind(world: World) -> None:
    draft_id = draft(world, new(world, "Taken"))
    world.object(name="Taken")
    (found,) = conflicts(world, draft_id)
    assert (found.type, found.field_name, found.draft_value) == ("refused", "name", "Taken")


def test_the_log_has_a_merge_with_the_changes_it_made_below_it(world: World) -> None:
    draft_id = draft(world, new(world, "new"))
    merge(world, draft_id)
    with world.service.reading() as unit:
        entries = unit.every(LOG_ENTRY, world.organization_id)
    (merged,) = [entry for entry in entries if entry.action["type"] == "draft-merge"]
    below = [entry.action["type"] for entry in entries if entry.parent_id == merged.id]
    assert merged.action["context"] == {"name": "A draft"}
    assert sorted(below) == ["draft-update", "model-object-create", "version-create"]


def test_one_of_two_merges_at_once_is_refused(world: World) -> None:
    draft_id = draft(world, new(world, "new"))
    ends: list[str] = []

    def act() -> None:
        try:
            merge(world, draft_id)
            ends.append("merged")
        except Conflict:
            ends.append("refused")

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["merged", "refused"]
    with world.service.reading() as unit:
        assert len(unit.every(VERSION, world.path.landscape_id)) == 2


def test_who_only_reads_sees_conflicts_and_merges_nothing(world: World) -> None:
    draft_id = draft(world, new(world, "new"))
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="r", permission="read")
    reader = keys.authenticate(world.service, credentials)
    assert merging.conflicts(world.service, reader, world.path, draft_id) == []
    for act in (merging.merge, merging.rebase):
        with pytest.raises(Forbidden):
            act(world.service, reader, world.path, draft_id)


def test_several_updates_of_one_value_do_not_conflict_with_each_other(world: World) -> None:
    there = world.object(name="first")
    draft_id = draft(world, *(task("update", "model-object", there.id, {"name": name}) for name in ("a", "b", "c")))
    assert conflicts(world, draft_id) == []
    merging.rebase(world.service, world.actor, world.path, draft_id)
    merge(world, draft_id)
    assert world.get(MODEL_OBJECT, there.id).name == "c"


def test_rebasing_a_draft_that_is_up_to_date_changes_nothing(world: World) -> None:
    draft_id = draft(world, new(world, "new"))
    before = world.get(DRAFT, draft_id)
    assert merging.rebase(world.service, world.actor, world.path, draft_id) == before


# What somebody does, to the draft or to the version itself: a verb, which thing, and a value.
_COMMON = ("rename", "move", "tag")
_RARE = ("create", "untag", "place", "line", "delete", "untie", "drop", "diagram")
_DEEDS = st.tuples(st.sampled_from([*_COMMON * 3, *_RARE]), st.sampled_from([0, 0, 0, 1, 2, 3]), st.integers(0, 3))


class Story:
    """A version with a few things, and deeds done to it or in a draft of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.count = 0
        self.objects = [world.object(name=f"base {i}").id for i in range(4)]
        self.tags = [world.tag(name=f"tag {i}").id for i in range(2)]
        shown = {str(i): placed(world.get(MODEL_OBJECT, id_), 400 * i) for i, id_ in enumerate(self.objects[:3])}
        self.diagrams = [world.diagram(objects=shown).id]
        self.lines = [
            world.connection(world.get(MODEL_OBJECT, self.objects[0]), world.get(MODEL_OBJECT, self.objects[1])).id
        ]

    def task(self, deed: str, which: int, value: int) -> dict[str, Any]:
        """The deed as a task; the ids of what it makes are remembered, whether it is taken or not."""
        self.count += 1
        one = self.objects[which % len(self.objects)]
        other = self.objects[value % len(self.objects)]
        diagram = self.diagrams[which % len(self.diagrams)]
        tag = self.tags[value % len(self.tags)]
        match deed:
            case "create":
                self.objects.append(f"made-{self.count}")
                type_ = "app" if value % 2 else "system"
                parent = one if value % 2 else self.world.root_id
                props = {"name": f"n{value}{self.count % 3}", "type": type_, "parentId": parent, "tagIds": [tag]}
                return task("create", "model-object", self.objects[-1], props)
            case "rename":
                return task("update", "model-object", one, {"name": f"name {value}", "external": bool(value % 2)})
            case "tag" | "untag":
                word = "$add" if deed == "tag" else "$remove"
                return task("update", "model-object", one, {"tagIds": {word: [tag]}})
            case "move":
                patch = {"$update": {str(value): {"x": 4 * which, "y": 4 * value}}}
                return task("update", "diagram-content", diagram, {"objects": patch})
            case "place":
                there = {"modelId": one, "type": "system", "shape": "box", "x": 4 * value, "y": 0}
                return task("update", "diagram-content", diagram, {"objects": {"$add": {f"p{value}": there}}})
            case "line":
                self.lines.append(f"line-{self.count}")
                props = {"name": "uses", "originId": one, "targetId": other, "direction": "outgoing"}
                return task("create", "model-connection", self.lines[-1], props)
            case "diagram":
                self.diagrams.append(f"diagram-{self.count}")
                there = {"0": {"modelId": one, "type": "system", "shape": "box", "x": 0, "y": 0}}
                props = {"name": "D", "type": "context-diagram", "modelId": self.world.root_id, "index": 0}
                return task("create", "diagram", self.diagrams[-1], {**props, "objects": there})
            case "untie":
                return task("delete", "model-connection", self.lines[which % len(self.lines)])
            case "drop":
                return task("delete", "tag", tag)
            case _:
                return task("delete", "model-object", one)

    def add(self, draft_id: str, deed: tuple[str, int, int]) -> None:
        with suppress(Refusal):
            add(self.world, draft_id, self.task(*deed))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_DEEDS, max_size=8), st.lists(_DEEDS, max_size=4), st.lists(_DEEDS, max_size=4))
def test_merging_gives_what_reading_showed(
    first: list[tuple[str, int, int]], meanwhile: list[tuple[str, int, int]], then: list[tuple[str, int, int]]
) -> None:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'x.db'}", clock=make.Clock())
        migrate(database)
        try:
            _merging_gives_what_reading_showed(make.world(make.service(database)), first, meanwhile, then)
        finally:
            database.close()


def _merging_gives_what_reading_showed(world: World, first: Any, meanwhile: Any, then: Any) -> None:
    story = Story(world)
    draft_id, other = draft(world), draft(world)
    for deed in first:
        story.add(draft_id, deed)
    for deed in meanwhile:  # others' changes reach the version through drafts of their own
        single = draft(world)
        story.add(single, deed)
        merge(world, single)
    for deed in then:
        story.add(draft_id, deed)
    before = state(world)
    shown = state(world, draft_id)
    assert state(world, other) == before  # drafts don't see each other
    assert state(world) == before  # and looking changes nothing
    found = conflicts(world, draft_id)
    if found:
        with pytest.raises(Conflict):
            merge(world, draft_id)
        assert state(world) == before
        merging.rebase(world.service, world.actor, world.path, draft_id)
        left = conflicts(world, draft_id)
        assert "overwrite" not in {conflict.type for conflict in left}
        assert len(left) <= len(found)
        if left:
            return
        shown = state(world, draft_id)
    merge(world, draft_id)
    assert state(world) == shown
