"""Tasks: tried on what the draft makes of its version, completed, and let in or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nunatak.core.errors import Conflict, Dangling, Forbidden, Invalid, NotFound
from nunatak.core.kinds import DRAFT, DRAFT_TASK, MODEL_OBJECT
from nunatak.services import draft_tasks, entities, keys
from tests.drafted import add, draft, new, seen, state, task
from tests.make import World, placed


def listing(world: World, draft_id: str) -> list[Any]:
    return draft_tasks.listing(world.service, world.actor, world.path, draft_id)


def test_a_task_may_build_on_those_before_it(world: World) -> None:
    draft_id = draft(world, new(world, "system"))
    add(world, draft_id, task("create", "model-object", "app", {"name": "a", "type": "app", "parentId": "system"}))
    line = {"name": "uses", "originId": "app", "targetId": "system", "direction": None}
    add(world, draft_id, task("create", "model-connection", "line", line))
    assert [one.index for one in listing(world, draft_id)] == [0, 1, 2]
    one = entities.get(world.service, world.actor, MODEL_OBJECT, seen(world, draft_id), "app")
    assert one.parent_ids == ["system", world.root_id]


def test_a_task_on_what_the_draft_has_deleted_is_refused(world: World) -> None:
    there = world.object()
    draft_id = draft(world, task("delete", "model-object", there.id))
    with pytest.raises(Dangling) as caught:
        add(world, draft_id, task("update", "model-object", there.id, {"name": "n"}))
    assert caught.value.errors == (
        f"body.task.entityId: expected the id of a model object of this version or draft, got {there.id!r}",
    )


def test_a_handle_names_the_entity_as_well_as_its_id(world: World) -> None:
    there = world.object()
    draft_id = draft(world, task("update", "model-object", there.handle_id, {"name": "n"}))
    assert listing(world, draft_id)[0].task["entityId"] == there.id


def test_the_type_and_parent_that_an_object_has_may_be_said_again(world: World) -> None:
    there = world.object()
    same = {"type": "system", "parentId": world.root_id, "name": "n"}
    assert draft(world, task("update", "model-object", there.id, same))


def test_what_a_writer_saw_is_kept_and_what_they_left_out_is_filled_in(world: World) -> None:
    diagram = world.diagram(objects={"a": placed(world.object())})
    props = {"objects": {"$update": {"a": {"x": 40, "y": 80}}}}
    given = task("update", "diagram-content", diagram.id, props)
    given["snapshot"] = {"objects": {"$update": {"a": {"x": 4}}}}
    draft_id = draft(world, given)
    assert listing(world, draft_id)[0].task["snapshot"] == {"objects": {"$update": {"a": {"x": 4, "y": 0}}}}


def test_a_draft_holds_no_more_tasks_than_the_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_tasks, "MOST_TASKS", 2)
    draft_id = draft(world, new(world, "a"))
    with pytest.raises(Invalid, match="at most 2 tasks"):
        add(world, draft_id, new(world, "b"), new(world, "c"))
    add(world, draft_id, new(world, "b"))


def test_a_task_of_another_draft_is_not_taken_away(world: World) -> None:
    one, two = draft(world, new(world, "a")), draft(world)
    (found,) = listing(world, one)
    with pytest.raises(NotFound, match="Draft task not found"):
        draft_tasks.remove(world.service, world.actor, world.path, two, found.id)


def test_a_task_that_others_build_on_can_be_taken_away(world: World) -> None:
    draft_id = draft(world, new(world, "a"), task("update", "model-object", "a", {"name": "b"}), new(world, "c"))
    first = listing(world, draft_id)[0]
    draft_tasks.remove(world.service, world.actor, world.path, draft_id, first.id)
    assert [one["name"] for one in state(world, draft_id)["model-object"] if one["name"]] == ["c"]


def test_a_draft_goes_with_its_tasks(world: World) -> None:
    kept, gone = draft(world, new(world, "a")), draft(world, new(world, "a"))
    world.delete(DRAFT, gone)
    with world.service.reading() as unit:
        assert [one.draft_id for one in unit.every(DRAFT_TASK, world.version_id)] == [kept]


def test_who_only_reads_lists_tasks_and_adds_none(world: World) -> None:
    draft_id = draft(world, new(world, "a"))
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="r", permission="read")
    reader = replace(world, actor=keys.authenticate(world.service, credentials))
    assert len(listing(reader, draft_id)) == 1
    with pytest.raises(Forbidden):
        add(reader, draft_id, new(world, "b"))


def test_another_organizations_drafts_are_not_there(world: World) -> None:
    draft_id = draft(world, new(world, "a"))
    stranger = replace(world, actor=replace(world.actor, permissions={"other": "admin"}))
    with pytest.raises(NotFound, match="Landscape not found"):
        listing(stranger, draft_id)
    with pytest.raises(NotFound, match="Landscape not found"):
        add(stranger, draft_id, new(world, "b"))


def test_no_task_is_added_to_a_merged_draft(world: World) -> None:
    draft_id = draft(world, status="merged")
    with pytest.raises(Conflict, match="merged"):
        add(world, draft_id, new(world, "a"))


def test_a_replys_task_names_the_comment_that_the_reply_is_for(world: World) -> None:
    asked = {"body": {"type": "question", "content": "Why?", "status": "open"}}
    reply = task("create", "comment-reply", "said", {"content": "So."}, commentId="none")
    with pytest.raises(Dangling) as caught:
        draft(world, reply)
    assert caught.value.errors[0].startswith("body.task.commentId: expected the id of a comment")
    made = task("create", "comment", "asked", asked), task("create", "comment", "other", asked)
    draft_id = draft(world, *made, {**reply, "commentId": "asked"})
    with pytest.raises(Dangling) as caught:
        add(world, draft_id, task("delete", "comment-reply", "said", commentId="other"))
    assert caught.value.errors[0].startswith("body.task.commentId: expected 'asked'")
    add(world, draft_id, task("delete", "comment-reply", "said", commentId="asked"))
