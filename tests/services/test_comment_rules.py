from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.errors import Invalid
from nunatak.core.kinds import ADR, COMMENT, DIAGRAM_CONTENT
from nunatak.services import comments, diagrams, entities
from tests.make import World

QUESTION = {"type": "question", "content": "Why?", "status": "open"}


def comment(world: World, **values: Any) -> Any:
    return entities.create(world.service, world.actor, COMMENT, world.path, {"body": QUESTION, **values})


def read(world: World, kind: Any, id_: str) -> Any:
    return entities.get(world.service, world.actor, kind, world.path, id_)


def pin(world: World, diagram: Any, comment_id: str) -> None:
    values = {"comments": {"$add": {"p1": {"commentId": comment_id, "x": 8, "y": 8}}}}
    diagrams.write_content(world.service, world.actor, world.path, diagram.id, "update", values)


def test_a_comment_knows_the_diagrams_that_it_is_pinned_on(world: World) -> None:
    diagram, made = world.diagram(), comment(world)
    pin(world, diagram, made.id)
    found = read(world, COMMENT, made.id).diagrams
    assert {key: (one.id, one.comment_id) for key, one in found.items()} == {diagram.id: (diagram.id, "p1")}
    diagrams.write_content(world.service, world.actor, world.path, diagram.id, "replace", {})
    assert read(world, COMMENT, made.id).diagrams == {}


def test_a_pin_needs_its_comment(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        pin(world, world.diagram(), "nowhere")
    assert refused.value.errors == (
        "body.comments.$add.p1.commentId: expected the id of a comment of this version, got 'nowhere'",
    )


def test_a_deleted_comment_takes_its_replies_and_pins_along(world: World) -> None:
    diagram, made = world.diagram(), comment(world)
    pin(world, diagram, made.id)
    comments.write(world.service, world.actor, world.path, made.id, {"content": "Because"})
    assert read(world, COMMENT, made.id).reply_count == 1
    _, deleted = entities.delete(world.service, world.actor, COMMENT, world.path, made.id)
    assert len(deleted["comment-reply"]) == 1
    assert read(world, DIAGRAM_CONTENT, diagram.id).comments == {}


def test_decisions_are_numbered_and_note_who_changed_their_status(world: World) -> None:
    create = lambda name: entities.create(  # noqa: E731
        world.service, world.actor, ADR, world.path, {"name": name, "status": "draft"}
    )
    assert [create("A").number, create("B").number] == [1, 2]
    third = create("C")
    after = entities.update(world.service, world.actor, ADR, world.path, third.id, {"status": "accepted"})
    assert [change.status for change in after.status_changes] == ["draft", "accepted"]
    assert after.status_changes[1].created_by_id == world.actor.id


def test_what_a_decision_is_about_must_be_there(world: World) -> None:
    item = {"index": 0, "type": "diagram", "diagramId": "nowhere"}
    values = {"name": "A", "status": "draft", "relatedItems": {"i": item}}
    with pytest.raises(Invalid) as refused:
        entities.create(world.service, world.actor, ADR, world.path, values)
    assert "body.relatedItems.i.diagramId" in refused.value.errors[0]
    del item["diagramId"]
    with pytest.raises(Invalid) as refused:
        entities.create(world.service, world.actor, ADR, world.path, values)
    assert refused.value.errors == ("body.relatedItems.i.diagramId: expected an id",)
