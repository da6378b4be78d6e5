"""Rules of flows: what steps may name, what hangs on what, and what stays when something goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from nunatak.core.errors import Dangling, Invalid
from nunatak.core.flow import NESTING
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, FLOW, MODEL_CONNECTION, MODEL_OBJECT
from nunatak.services import entities
from tests.make import World, placed, step


@dataclass
class Stage:
    """Two placed objects, a and b, and the line l between them."""

    world: World
    shop: Any
    billing: Any
    line: Any
    diagram: Any

    def flow(self, **steps: Any) -> Any:
        return self.world.flow(self.diagram, steps=steps)


@pytest.fixture
def stage(world: World) -> Stage:
    shop, billing = world.object(name="Shop"), world.object(name="Billing")
    line = world.connection(shop, billing)
    drawn = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    objects = {"a": placed(shop), "b": placed(billing, 384), "area": placed(billing, 384, shape="area")}
    return Stage(world, shop, billing, line, world.diagram(objects=objects, connections=drawn))


def test_steps_and_paths_have_their_keys_as_ids(stage: Stage) -> None:
    fork = step(1, "alternate-path", id="other", paths={"yes": {"id": "?", "index": 0, "name": "Yes"}})
    flow = stage.flow(one=fork, two=step(2, None, parentId="yes"))
    assert (flow.steps["one"].id, flow.steps["one"].paths["yes"].id) == ("one", "yes")
    assert (flow.steps["two"].type, flow.steps["two"].parent_id) == (None, "yes")


def test_steps_find_things_by_the_ids_of_the_diagram_or_of_the_model(stage: Stage) -> None:
    named = step(0, originId="a", targetId="b", viaId="l")
    by_model = step(-1.5, originId=stage.shop.id, targetId=stage.billing.id, viaId=stage.line.id)
    steps = stage.flow(one=named, two=by_model).steps
    assert [(s.origin_id, s.target_id, s.via_id) for s in steps.values()] == [("a", "b", "l")] * 2


@pytest.mark.parametrize(
    ("field", "value", "sort"),
    [("originId", "l", "an object"), ("targetId", "", "an object"), ("viaId", "a", "a connection")],
)
def test_a_step_that_names_something_else_is_refused_by_its_field(
    stage: Stage, field: str, value: str, sort: str
) -> None:
    with pytest.raises(Dangling) as refused:
        stage.flow(s=step(**{field: value}))
    expected = f"body.steps.s.{field}: expected the id of {sort} of the flow's diagram, got {value!r}"
    assert refused.value.errors == (expected,)


def test_a_flow_needs_its_diagram(stage: Stage) -> None:
    stage.world.delete(DIAGRAM, stage.diagram.id)
    with pytest.raises(Dangling) as refused:
        stage.flow()
    assert refused.value.errors[0].startswith("body.diagramId: expected the id of a diagram")


def test_a_subflow_is_another_flow_and_may_lead_back(stage: Stage) -> None:
    one = stage.flow()
    two = stage.flow(s=step(0, "subflow", flowId=one.id))
    stage.world.update(FLOW, one.id, steps={"$add": {"back": step(0, "subflow", flowId=two.id)}})
    assert stage.world.get(FLOW, one.id).steps["back"].flow_id == two.id
    for id_, expected in ((one.id, "expected another flow than this"), ("no", "expected the id of a flow of this")):
        with pytest.raises(Invalid) as refused:
            stage.world.update(FLOW, one.id, steps={"$update": {"back": {"flowId": id_}}})
        assert refused.value.errors[0].startswith(f"body.steps.$update.back.flowId: {expected}")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (
            {"s": step(0, "information", paths={"p": {"id": "p", "index": 0, "name": ""}})},
            "body.steps.s.paths: expected null for a step of type information",
        ),
        (
            {k: step(0, "parallel-path", paths={"p": {"id": "p", "index": 0, "name": ""}}) for k in "st"},
            "body.steps.t.paths.p: expected a path id that no other step has",
        ),
        (
            {"s": step(parentId="s")},
            "body.steps.s.parentId: expected null or the id of a path of a step of this flow, got 's'",
        ),
        (
            {"s": step(0, "alternate-path", parentId="p", paths={"p": {"id": "p", "index": 0, "name": ""}})},
            "body.steps.s.parentId: expected a path that isn't below this step",
        ),
    ],
)
def test_paths_belong_to_forks_and_go_in_no_circles(stage: Stage, steps: Any, expected: str) -> None:
    with pytest.raises(Invalid) as refused:
        stage.flow(**steps)
    assert refused.value.errors == (expected,)


def test_forks_stand_in_forks_only_so_deep(stage: Stage) -> None:
    def nested(deep: int) -> dict[str, Any]:
        forks = {
            f"s{i}": step(
                0,
                "alternate-path",
                parentId=f"p{i - 1}" if i else None,
                paths={f"p{i}": {"id": "", "index": 0, "name": ""}},
            )
            for i in range(deep)
        }
        return {**forks, "last": step(parentId=f"p{deep - 1}")}

    assert len(stage.flow(**nested(NESTING)).steps) == NESTING + 1
    with pytest.raises(Invalid, match="at most 30 deep"):
        stage.flow(**nested(NESTING + 1))


def test_a_fork_cannot_go_while_steps_hang_on_its_paths(stage: Stage) -> None:
    fork = step(0, "alternate-path", paths={"p": {"id": "p", "index": 0, "name": ""}})
    flow = stage.flow(fork=fork, below=step(1, parentId="p"))
    with pytest.raises(Dangling, match="A step's parent is a path"):
        stage.world.update(FLOW, flow.id, steps={"$remove": ["fork"]})
    changed = stage.world.update(FLOW, flow.id, steps={"$remove": ["fork"], "$update": {"below": {"parentId": None}}})
    assert list(changed.steps) == ["below"]


def test_operators_change_single_steps_and_a_replace_changes_all(stage: Stage) -> None:
    flow = stage.flow(one=step(1, description="first"), two=step(2))
    stage.world.update(
        FLOW, flow.id, steps={"$update": {"one": {"index": 3}}, "$remove": ["two"], "$add": {"three": step(0)}}
    )
    changed = stage.world.get(FLOW, flow.id)
    assert {s.id: (s.index, s.description) for s in changed.steps.values()} == {"one": (3, "first"), "three": (0, "")}
    values = {"name": "Anew", "diagramId": stage.diagram.id, "steps": {"four": step(4)}}
    entities.upsert(stage.world.service, stage.world.actor, FLOW, stage.world.path, flow.id, values)
    assert list(stage.world.get(FLOW, flow.id).steps) == ["four"]


def test_an_untouched_step_is_not_held_to_anything_again_but_a_new_diagram_holds_all(stage: Stage) -> None:
    flow = stage.flow(s=step(originId="a"))
    other = stage.world.diagram()
    stage.world.update(FLOW, flow.id, name="Renamed")
    values = {"name": "N", "diagramId": other.id, "steps": {"s": step(originId="a")}}
    with pytest.raises(Dangling) as refused:
        entities.upsert(stage.world.service, stage.world.actor, FLOW, stage.world.path, flow.id, values)
    assert refused.value.errors[0].startswith("body.steps.s.originId")


def test_steps_stay_and_name_nothing_when_an_object_or_connection_leaves_the_diagram(stage: Stage) -> None:
    flow = stage.flow(s=step(originId="a", targetId="b", viaId="l"), t=step(1, "self-action", originId="b"))
    stage.world.delete(MODEL_CONNECTION, stage.line.id)
    one = stage.world.get(FLOW, flow.id).steps["s"]
    assert (one.origin_id, one.target_id, one.via_id) == ("a", "b", None)
    stage.world.delete(MODEL_OBJECT, stage.billing.id)
    left = stage.world.get(FLOW, flow.id)
    assert [(s.origin_id, s.target_id) for s in left.steps.values()] == [("a", None), (None, None)]
    assert left.commit == flow.commit + 2


def test_a_connection_that_has_the_id_of_a_removed_object_is_still_named(world: World) -> None:
    one, two = world.object(), world.object()
    line = world.connection(one, two)
    drawn = {"x": {"modelId": line.id, "originId": None, "targetId": None}}
    diagram = world.diagram(objects={"x": placed(one)}, connections=drawn)
    flow = world.flow(diagram, steps={"s": step(originId="x", viaId="x")})
    world.update(DIAGRAM_CONTENT, diagram.id, objects={"$remove": ["x"]})
    left = world.get(FLOW, flow.id).steps["s"]
    assert (left.origin_id, left.via_id) == (None, "x")


def test_flows_go_with_their_diagram_and_are_unset_where_others_lead_to_them(stage: Stage) -> None:
    gone = stage.flow(s=step(originId="a"))
    elsewhere = stage.world.flow(stage.world.diagram(), steps={"s": step(0, "subflow", flowId=gone.id)})
    stage.world.delete(DIAGRAM, stage.diagram.id)
    assert stage.world.ids(FLOW) == [elsewhere.id]
    assert stage.world.get(FLOW, elsewhere.id).steps["s"].flow_id is None
    assert stage.world.get(MODEL_OBJECT, stage.shop.id).flows == {}
