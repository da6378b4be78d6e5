"""Which steps use a model object or connection: told with each, and true after every write."""

from __future__ import annotations

from typing import Any

from nunatak.core.kinds import DIAGRAM_CONTENT, FLOW, MODEL_CONNECTION, MODEL_OBJECT
from tests.make import World, placed, step


def used(world: World, kind: Any, id_: str) -> dict[str, str]:
    flows = world.get(kind, id_).flows
    assert all(use.id == id_ for id_, use in flows.items())
    return {id_: use.step_id for id_, use in flows.items()}


def test_objects_connections_and_what_these_go_through_name_the_first_step_that_uses_them(world: World) -> None:
    one, two, queue = world.object(), world.object(), world.object()
    line = world.connection(one, two, viaId=queue.id)
    drawn = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, 384)}, connections=drawn)
    steps = {
        "late": step(7, originId="a", targetId="b", viaId="l"),
        "early": step(-2, originId="b"),
        "middle": step(3.5, viaId="l"),
    }
    flow = world.flow(diagram, steps=steps)
    assert used(world, MODEL_OBJECT, one.id) == {flow.id: "late"}
    assert used(world, MODEL_OBJECT, two.id) == {flow.id: "early"}
    assert used(world, MODEL_CONNECTION, line.id) == used(world, MODEL_OBJECT, queue.id) == {flow.id: "middle"}
    world.update(MODEL_CONNECTION, line.id, viaId=None)
    assert used(world, MODEL_OBJECT, queue.id) == {}
    world.update(FLOW, flow.id, steps={"$remove": ["early", "middle"]})
    assert used(world, MODEL_OBJECT, two.id) == used(world, MODEL_CONNECTION, line.id) == {flow.id: "late"}


def test_a_place_that_shows_another_object_takes_the_uses_along(world: World) -> None:
    one, two = world.object(), world.object()
    diagram = world.diagram(objects={"a": placed(one)})
    flow = world.flow(diagram, steps={"s": step(0, "self-action", originId="a")})
    commit = world.get(MODEL_OBJECT, one.id).commit
    world.update(DIAGRAM_CONTENT, diagram.id, objects={"$update": {"a": {"modelId": two.id}}})
    assert (used(world, MODEL_OBJECT, one.id), used(world, MODEL_OBJECT, two.id)) == ({}, {flow.id: "s"})
    world.delete(FLOW, flow.id)
    assert used(world, MODEL_OBJECT, two.id) == {}
    assert world.get(MODEL_OBJECT, one.id).commit == commit  # what the server keeps true is no change
