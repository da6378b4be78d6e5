"""A flow told as a story: names resolved, steps numbered in the order of telling."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from nunatak.core.diagram import DiagramConnection, DiagramContent, DiagramObject
from nunatak.core.flow import Flow, FlowStep, FlowStepPath
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.exchange.flow_story import UNKNOWN, Model, Participant, Step, Story, one_line, told

_HEAD: dict[str, Any] = {
    "landscape_id": "l", "version_id": "v", "handle_id": "h", "commit": 1, "version": 1,
    "created_at": datetime(2026, 1, 1, tzinfo=UTC), "created_by": "user", "created_by_id": "u",
    "updated_at": datetime(2026, 1, 1, tzinfo=UTC), "updated_by": "user", "updated_by_id": "u",
}  # fmt: skip


def _object(id_: str, name: str, type_: Any = "app") -> ModelObject:
    return ModelObject(id=id_, name=name, type=type_, parent_id="root", **_HEAD)


def _placed(id_: str, model_id: str) -> DiagramObject:
    return DiagramObject(id=id_, model_id=model_id, shape="box", type="app", x=0, y=0, width=1, height=1)


def _line(id_: str, model_id: str | None) -> DiagramConnection:
    ends = {"origin_id": "a", "target_id": "b", "origin_connector": None, "target_connector": None}
    return DiagramConnection(id=id_, model_id=model_id, label_position=50, line_shape="curved", **ends)  # type: ignore[arg-type]


def _step(index: float, type_: Any = "outgoing", **values: Any) -> FlowStep:
    empty = dict.fromkeys(("origin_id", "target_id", "via_id", "flow_id", "parent_id", "paths"))
    return FlowStep(**{"id": f"s{index}", "index": index, "type": type_, "description": f"T{index}", **empty, **values})


def _told(*steps: FlowStep, **values: Any) -> Story:
    connection = ModelConnection(
        id="ab", name="sends", origin_id="A", target_id="B", via_id="Q", technology_ids=["t", "gone"],
        direction=values.pop("direction", "outgoing"), **_HEAD,
    )  # fmt: skip
    objects = [_object("A", "Shop\n", "actor"), _object("B", ""), _object("Q", "Queue")]
    content = DiagramContent(
        id="d", name="D", model_id="root", type="context-diagram",
        objects={"a": _placed("a", "A"), "b": _placed("b", "B"), "a2": _placed("a2", "A")},
        connections={"l": _line("l", "ab"), "bare": _line("bare", None)}, **_HEAD,
    )  # fmt: skip
    flow = Flow(id="f", name=" My\tflow ", diagram_id="d", steps={s.id: s for s in steps}, **_HEAD, **values)
    model = Model(
        content=content,
        objects={o.id: o for o in objects},
        connections={"ab": connection},
        technologies={"t": "HTTP"},
        flows={"g": "Other"},
    )
    return told(flow, model)


def test_steps_come_in_the_order_of_their_index_and_only_actions_are_numbered() -> None:
    story = _told(
        _step(3, origin_id="a", target_id="b"),
        _step(-1, "introduction"),
        _step(1.5, "self-action", origin_id="b"),
        _step(2, "information"),
        _step(9, "conclusion"),
    )
    assert story.name == "My flow"
    assert [(s.sort, s.title, s.number) for s in story.steps] == [
        ("introduction", "T-1", 0),
        ("process", "T1.5", 1),
        ("information", "T2", 0),
        ("message", "T3", 2),
        ("conclusion", "T9", 0),
    ]


def test_participants_are_told_once_in_the_order_of_first_use_with_their_type_for_a_name() -> None:
    story = _told(_step(0, origin_id="b", target_id="a2"), _step(1, origin_id="a", target_id="b"))
    assert list(story.participants.items()) == [
        ("B", Participant(name="app", type="app")),
        ("A", Participant(name="Shop", type="actor")),
    ]


def test_a_message_has_the_words_of_its_connection() -> None:
    (step,) = _told(_step(0, origin_id="a", target_id="b", via_id="l")).steps
    assert (step.connection, step.technologies, step.via, step.both_ways) == ("sends", ("HTTP",), "Queue", False)
    both = _told(
        _step(0, origin_id="a", target_id="b", via_id="l"),
        _step(1, "reply", origin_id="b", target_id="a", via_id="l"),
        direction="bidirectional",
    ).steps
    assert [(s.both_ways, s.reply) for s in both] == [(True, False), (False, True)]


def test_a_line_without_a_model_says_nothing_but_gives_a_message_its_ends() -> None:
    (step,) = _told(_step(0, via_id="bare")).steps
    assert (step.origin, step.target, step.connection) == ("A", "B", "")


def test_what_names_nothing_any_more_is_told_as_information_and_half_a_message_with_somebody_unknown() -> None:
    story = _told(_step(0), _step(1, "self-action"), _step(2, target_id="b"))
    assert [(s.sort, s.number) for s in story.steps] == [("information", 0), ("information", 0), ("message", 1)]
    assert (story.steps[2].origin, story.participants[UNKNOWN].name) == (UNKNOWN, "?")


def test_a_step_of_no_type_is_what_its_ends_make_it() -> None:
    steps = _told(
        _step(0, None, origin_id="a", target_id="b"),
        _step(1, None, origin_id="a", target_id="a2"),
        _step(2, None, target_id="b"),
        _step(3, None),
    ).steps
    assert [(s.sort, s.origin, s.target) for s in steps] == [
        ("message", "A", "B"),
        ("process", "A", "A"),
        ("process", "B", "B"),
        ("information", "", ""),
    ]


def test_paths_nest_in_their_order_and_numbers_run_through() -> None:
    def path(id_: str, index: float, name: str = "") -> FlowStepPath:
        return FlowStepPath(id=id_, index=index, name=name)

    story = _told(
        _step(1, "alternate-path", paths={"y": path("y", 2, "Late"), "x": path("x", 1)}),
        _step(2, "parallel-path", parent_id="x", paths={"z": path("z", 0, "In")}),
        _step(3, origin_id="a", target_id="b", parent_id="z"),
        _step(4, "self-action", origin_id="a", parent_id="y"),
        _step(5, "subflow", flow_id="g"),
        _step(6, "subflow", flow_id=None),
    )
    fork, to_other, to_none = story.steps
    assert [(p.name, [s.sort for s in p.steps]) for p in fork.paths] == [
        ("Path 1", ["parallel"]),
        ("Late", ["process"]),
    ]
    assert [s.number for s in story.walk() if s.number] == [1, 2]
    assert (to_other, to_none.subflow) == (Step(sort="subflow", title="T5", subflow="Other"), "")


def test_a_line_has_no_breaks_no_controls_and_single_spaces() -> None:
    assert one_line(" a\r\n\u2028b\x00\x0bc\ufeff\ue000 \t d ") == "a b c d"
