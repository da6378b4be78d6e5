"""Descriptions from the model: what is told of connections and diagrams, and whom they tell it."""

from __future__ import annotations

import pytest

from nunatak.core.errors import Dangling, NotFound
from nunatak.core.kinds import MODEL_CONNECTION
from nunatak.services import descriptions
from tests.make import World, placed


def test_a_connection_is_told_with_its_ends_as_they_are_now(world: World) -> None:
    shop = world.object(name="Shop")
    one, other, queue = world.object("app", shop.id, name="Web"), world.object(name="Bill"), world.object(name="Queue")
    line = world.connection(one, other, name="sends orders", viaId=queue.id)
    given = (world.service, world.actor, world.path, line.id)
    assert descriptions.of_connection(*given, "caption") == "Web sends orders to Bill through Queue."
    world.update(MODEL_CONNECTION, line.id, name="calls")
    assert descriptions.of_connection(*given, "detailed") == "Web (app, in Shop) calls Bill (system) through Queue."


def test_a_diagram_is_told_whole_or_in_part(world: World) -> None:
    one, two, off = (world.object(name=name) for name in ("One", "Two", "Off"))
    line = world.connection(one, two, name="feeds")
    drawn = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(name="All", objects={"a": placed(one), "b": placed(two, 384)}, connections=drawn)
    given = (world.service, world.actor, world.path, diagram.id)
    whole = "All shows 2 systems, joined by 1 connection: One and Two."
    assert descriptions.of_diagram(*given, "caption", None) == whole
    assert descriptions.of_diagram(*given, "detailed", None).splitlines() == [
        whole,
        "One (system).",
        "Two (system).",
        "One connects to Two: feeds.",
    ]
    assert descriptions.of_diagram(*given, "detailed", [one.id]).splitlines() == [
        "All shows 1 system: One.",
        "One (system).",
    ]
    with pytest.raises(Dangling) as refused:
        descriptions.of_diagram(*given, "caption", [one.id, off.id])
    assert refused.value.errors[0].startswith("body.modelObjectIds[1]: expected the id of a model object")


def test_what_is_not_there_is_not_found(world: World) -> None:
    for describe in (
        lambda: descriptions.of_connection(world.service, world.actor, world.path, "x", "caption"),
        lambda: descriptions.of_diagram(world.service, world.actor, world.path, "x", "caption", None),
    ):
        with pytest.raises(NotFound):
            describe()
