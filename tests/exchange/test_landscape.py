"""Loaded landscapes: flows in the words of the model."""

from __future__ import annotations

from nunatak.core.diagram import DiagramConnection, DiagramContent, DiagramObject
from nunatak.core.flow import Flow, FlowStep, FlowStepPath
from nunatak.exchange.landscape import parents_first, references, told
from tests.exchange.landscapes import head, parts, thing


def step(id_: str, index: float, **values: object) -> FlowStep:
    given = dict.fromkeys(("origin_id", "target_id", "via_id", "flow_id", "parent_id", "paths", "type"), None)
    return FlowStep(**{**given, "id": id_, "index": index, "description": id_, **values})  # type: ignore[arg-type]


def content() -> DiagramContent:
    box = {"shape": "box", "type": "app", "x": 0, "y": 0, "width": 8, "height": 8}
    looks = {"label_position": 50, "line_shape": "curved", "origin_connector": None, "target_connector": None}
    return DiagramContent(
        objects={"pa": DiagramObject(id="pa", model_id="a", **box), "pb": DiagramObject(id="pb", model_id="b", **box)},  # type: ignore[arg-type]
        connections={
            "l": DiagramConnection(id="l", model_id="c", origin_id="pa", target_id="pb", **looks),  # type: ignore[arg-type]
            "bare": DiagramConnection(id="bare", model_id=None, origin_id="pa", target_id="pb", **looks),  # type: ignore[arg-type]
        },
        model_id="m",
        name="D",
        type="app-diagram",
        **head("d"),
    )


def flow(*steps: FlowStep) -> Flow:
    return Flow(name="F", diagram_id="d", steps={s.id: s for s in steps}, **head("f"))


def test_steps_name_the_model_in_the_order_of_their_index() -> None:
    found = told(
        flow(
            step("second", 2, type="outgoing", origin_id="pb", target_id="pa", via_id="bare"),
            step("first", 1, type="outgoing", origin_id="pa", target_id="pb", via_id="l"),
        ),
        content(),
    )
    assert [(s.id, s.origin_id, s.target_id, s.via_id) for s in found.steps] == [
        ("first", "a", "b", "c"),
        ("second", "b", "a", None),
    ]


def test_a_step_of_no_type_is_a_message_between_two_ends_and_information_otherwise() -> None:
    found = told(flow(step("a", 1, origin_id="pa", target_id="pb"), step("b", 2, origin_id="gone")), content())
    assert [s.type for s in found.steps] == ["outgoing", "information"]


def test_what_the_diagram_lost_is_left_out_of_a_step() -> None:
    (found,) = told(flow(step("a", 1, type="outgoing", origin_id="pa", target_id="pb", via_id="l")), None).steps
    assert (found.type, found.origin_id, found.target_id, found.via_id) == ("outgoing", None, None, None)


def test_paths_are_in_the_order_of_their_index() -> None:
    paths = {id_: FlowStepPath(id=id_, index=index, name=id_) for id_, index in (("x", 2), ("y", 1))}
    (found,) = told(flow(step("a", 1, type="alternate-path", paths=paths)), content()).steps
    assert [path.id for path in found.paths] == ["y", "x"]


def test_parents_come_before_their_children() -> None:
    found = [thing("c", "C", "app", ("b", "a")), thing("b", "B", "system", ("a",)), thing("a", "A", "root", ())]
    assert [one.id for one in parents_first(found)] == ["a", "b", "c"]


def test_references_are_all_that_objects_and_connections_name() -> None:
    assert set(references(parts())) == {"java", "pg", "low", "team"}
