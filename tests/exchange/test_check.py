"""Parts that don't hold together are refused, naming each place."""

from __future__ import annotations

import pytest

from nunatak.core.errors import Invalid
from nunatak.exchange.check import ERROR_LIMIT, checked, sound
from nunatak.exchange.parts import (
    ConnectionPart,
    DiagramPart,
    DrawnPart,
    FlowPart,
    ObjectPart,
    Parts,
    PathPart,
    PlacedPart,
    StepPart,
    TagGroupPart,
    TagPart,
)

SYSTEM = ObjectPart(id="s", type="system", name="S")
APP = ObjectPart(id="a", type="app", name="A", parent_id="s")
LINE = ConnectionPart(id="c", name="calls", origin_id="s", target_id="a")
BOX = PlacedPart(id="p", model_id="s", x=0, y=0)


def view(*, model_id: str | None = None, box: PlacedPart = BOX, line: DrawnPart | None = None) -> DiagramPart:
    lines = [] if line is None else [line]
    return DiagramPart(id="d", name="D", type="context-diagram", model_id=model_id, objects=[box], connections=lines)


def told(*steps: StepPart, over: str = "d") -> Parts:
    """A story of these steps over a diagram."""
    flow = FlowPart(id="f", name="F", diagram_id=over, steps=list(steps))
    return Parts(objects=[SYSTEM], diagrams=[view()], flows=[flow])


def test_parts_that_hold_together_are_given_back() -> None:
    line = DrawnPart(id="l", model_id="c", origin_id="p", target_id="p")
    fork = StepPart(id="1", type="alternate-path", paths=[PathPart(id="y", name="Yes")])
    flow = FlowPart(
        id="f", name="F", diagram_id="d", steps=[fork, StepPart(id="2", type="outgoing", via_id="l", path_id="y")]
    )
    parts = Parts(objects=[SYSTEM, APP], connections=[LINE], diagrams=[view(line=line)], flows=[flow])
    assert checked(parts) is parts
    assert sound(parts) == parts


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        (Parts(objects=[SYSTEM, SYSTEM]), "objects[1].id: 's' is used twice"),
        (Parts(objects=[APP]), "objects[0].parentId: there is no object 's'"),
        (
            Parts(objects=[ObjectPart(id="a", type="app", name="A")]),
            "objects[0].parentId: the parent of type app is one of system, not root",
        ),
        (
            Parts(objects=[SYSTEM, ObjectPart(id="t", type="system", name="T", group_ids=["s"])]),
            "objects[1].groupIds: there is no group 's'",
        ),
        (
            Parts(
                objects=[
                    ObjectPart(id="g", type="group", name="G", parent_id="h"),
                    ObjectPart(id="h", type="group", name="H", parent_id="g"),
                ]
            ),
            "objects[0].parentId: 'g' stands under itself",
        ),
        (Parts(objects=[SYSTEM], connections=[LINE]), "connections[0].targetId: there is no object 'a'"),
        (
            Parts(tags=[TagPart(id="t", name="T", color="red", group_id="x")]),
            "tags[0].groupId: there is no tag group 'x'",
        ),
        (
            Parts(
                tag_groups=[TagGroupPart(id="g", name="G", icon="star"), TagGroupPart(id="g", name="H", icon="star")]
            ),
            "tagGroups[1].id: 'g' is used twice",
        ),
        (Parts(diagrams=[view()]), "diagrams[0].objects[0].modelId: there is no object 's'"),
        (
            Parts(objects=[SYSTEM], diagrams=[view(model_id="s")]),
            "diagrams[0].modelId: a context-diagram belongs to one of root, not system",
        ),
        (
            Parts(objects=[SYSTEM], diagrams=[view(box=PlacedPart(id="p", model_id="s", x=2, y=0))]),
            "diagrams[0].objects[0]: x and y are multiples of 4, not 2, 0",
        ),
        (
            Parts(objects=[SYSTEM], diagrams=[view(line=DrawnPart(id="l", origin_id="p", target_id="q"))]),
            "diagrams[0].connections[0].targetId: there is no object of the diagram 'q'",
        ),
        (told(over="x"), "flows[0].diagramId: there is no diagram 'x'"),
        (
            told(StepPart(id="1", type="outgoing", origin_id="x")),
            "flows[0].steps[0].originId: there is no object of the flow's diagram 'x'",
        ),
        (
            told(StepPart(id="1", type="outgoing", via_id="x")),
            "flows[0].steps[0].viaId: there is no connection of the flow's diagram 'x'",
        ),
        (
            told(StepPart(id="1", type="information", path_id="x")),
            "flows[0].steps[0].pathId: there is no path of an earlier step 'x'",
        ),
        (
            told(StepPart(id="1", type="outgoing", paths=[PathPart(id="y", name="Yes")])),
            "flows[0].steps[0].paths: only alternate-path and parallel-path have paths, not outgoing",
        ),
        (
            told(StepPart(id="1", type="information"), StepPart(id="1", type="information")),
            "flows[0].steps[1].id: '1' is used twice",
        ),
    ],
)
def test_what_does_not_hold_together_is_refused(parts: Parts, error: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked(parts)
    assert error in refusal.value.errors


def test_a_group_under_a_circle_of_others_is_found_without_end_and_blamed_on_the_circle() -> None:
    loop = [ObjectPart(id=i, type="group", name=i, parent_id=p) for i, p in (("a", "b"), ("b", "a"), ("c", "a"))]
    with pytest.raises(Invalid) as refusal:
        checked(Parts(objects=loop))
    assert [error for error in refusal.value.errors if "'c'" in error] == []


def test_a_hopeless_file_is_refused_with_a_readable_number_of_errors() -> None:
    with pytest.raises(Invalid) as refusal:
        checked(Parts(objects=[SYSTEM] * 500))
    assert len(refusal.value.errors) == ERROR_LIMIT


def test_a_field_beyond_its_limit_is_refused() -> None:
    with pytest.raises(Invalid, match=r"objects\[0\]\.name"):
        sound(Parts(objects=[ObjectPart(id="s", type="system", name="x" * 4001)]))
