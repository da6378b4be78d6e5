"""What a step is told as, and in which order."""

from __future__ import annotations

import pytest

from nunatak.core.flow import Flow, FlowStep, FlowStepPath, FlowStepType
from tests.exchange.landscapes import head


def step(id_: str, index: float, type_: FlowStepType | None = None, path: str | None = None) -> FlowStep:
    return FlowStep(
        id=id_, index=index, type=type_, description="", origin_id=None, target_id=None, via_id=None, flow_id=None,
        parent_id=path, paths=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "ends", "sort"),
    [
        (None, ("a", "b"), "message"),
        (None, ("a", "a"), "process"),
        (None, ("a", None), "process"),
        (None, ("", ""), "information"),
        ("outgoing", ("a", "a"), "message"),
        ("reply", ("a", None), "message"),
        ("outgoing", (None, None), "information"),
        ("self-action", ("a", "b"), "process"),
        ("self-action", (None, None), "information"),
        ("alternate-path", ("a", "b"), "alternate"),
        ("parallel-path", (None, None), "parallel"),
        ("subflow", (None, None), "subflow"),
        ("conclusion", ("a", "b"), "conclusion"),
    ],
)
def test_a_step_is_told_as_its_type_and_its_ends_make_it(
    type_: FlowStepType | None, ends: tuple[str | None, str | None], sort: str
) -> None:
    assert step("s", 0, type_).sort(*ends) == sort


def test_steps_and_paths_are_in_the_order_of_their_index_and_then_their_id() -> None:
    steps = {one.id: one for one in (step("c", 1), step("b", 0.5, path="p"), step("a", 1), step("d", 0, path="p"))}
    flow = Flow(name="F", diagram_id="d", steps=steps, **head("f"))
    assert [one.id for one in flow.ordered_steps()] == ["d", "b", "a", "c"]
    assert [one.id for one in flow.steps_on("p")] == ["d", "b"]
    assert [one.id for one in flow.steps_on(None)] == ["a", "c"]
    paths = {id_: FlowStepPath(id=id_, index=index, name="") for id_, index in (("y", 1), ("x", 1), ("z", 0))}
    fork = FlowStep(**{name: getattr(step("f", 0), name) for name in FlowStep.__struct_fields__} | {"paths": paths})
    assert [one.id for one in fork.ordered_paths()] == ["z", "x", "y"]
