"""Flows as stories: all names as they are now."""

from __future__ import annotations

import pytest

from nunatak.core.errors import NotFound
from nunatak.core.kinds import MODEL_OBJECT
from nunatak.services import flows
from tests.make import World, placed, step


def test_a_flow_is_told_with_the_names_of_now(world: World) -> None:
    customer, shop = world.object("actor", name="Customer"), world.object(name="Shop")
    queue = world.object(name="Queue")
    line = world.connection(customer, shop, name="orders", viaId=queue.id, direction="bidirectional")
    drawn = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(objects={"a": placed(customer), "b": placed(shop, 384)}, connections=drawn)
    other = world.flow(world.diagram(), name="Delivery")
    steps = {
        "s": step(1, originId="a", targetId="b", viaId="l", description="Buys"),
        "t": step(2, "subflow", flowId=other.id),
        "u": step(3, "self-action", originId="b", description="Packs"),
    }
    flow = world.flow(diagram, name="Buying", steps=steps, showConnectionNames=True)
    world.update(MODEL_OBJECT, shop.id, name="Web shop")
    given = (world.service, world.actor, world.path, flow.id)
    assert flows.export(*given, "text") == (
        "- Step 1: Customer <-> Web shop: Buys via orders\n- Go to flow: Delivery\n- Step 2: Web shop: Packs\n"
    )
    assert "p1 <-> p2 : Buys (orders through Queue)" in flows.export(*given, "code")
    assert 'actor "Customer" as p1' in flows.export(*given, "code")
    assert "p1<<->>p2: Buys (orders through Queue)" in flows.export(*given, "mermaid")


def test_a_flow_without_steps_can_be_exported_in_every_language(world: World) -> None:
    flow = world.flow(world.diagram(), name="Empty")
    told = [flows.export(world.service, world.actor, world.path, flow.id, name) for name in flows.LANGUAGES]
    assert [text.count("Empty") for text in told] == [0, 2, 2]


def test_a_flow_that_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound, match="Flow not found"):
        flows.export(world.service, world.actor, world.path, "nothing", "text")
