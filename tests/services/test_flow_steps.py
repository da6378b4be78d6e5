from __future__ import annotations

from typing import Any

import msgspec

from nunatak.core.kinds import DIAGRAM_CONTENT, FLOW
from nunatak.render.picture import Picture, Step
from nunatak.services import entities, flow_steps, flows, pictures, places
from tests.make import World, placed


def step(index: int, type_: str | None, **more: Any) -> dict[str, Any]:
    blank = {"originId": None, "targetId": None, "viaId": None, "flowId": None, "parentId": None, "paths": None}
    return {"index": index, "type": type_, "description": f"Step {index}", **blank, **more}


def flow(world: World, **steps: dict[str, Any]) -> tuple[Any, list[Step]]:
    one, two = world.object("actor", name="Clerk"), world.object(name="Archive")
    line = world.connection(one, two, name="asks")
    lines = {"l": {"modelId": line.id, "originId": "a", "targetId": "b"}}
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, 512)}, connections=lines)
    values = {"name": "Look up", "diagramId": diagram.id, "steps": {id_: {**s, "id": id_} for id_, s in steps.items()}}
    made = entities.create(world.service, world.actor, FLOW, world.path, values)
    content = entities.get(world.service, world.actor, DIAGRAM_CONTENT, world.path, diagram.id)
    return made, flow_steps.steps(made, content)


def test_steps_are_told_in_order_with_each_paths_behind_its_fork(world: World) -> None:
    paths = {"y": {"id": "y", "index": 1, "name": "Yes"}, "n": {"id": "n", "index": 2, "name": ""}}
    _, told = flow(
        world,
        last=step(9, "conclusion"),
        fork=step(2, "alternate-path", paths=paths),
        first=step(1, "outgoing", originId="a", targetId="b", viaId="l"),
        no=step(1, "self-action", originId="b", targetId="b", parentId="n"),
        yes=step(5, "outgoing", originId="b", targetId="a", parentId="y"),
    )
    assert [(one.id, one.sort, one.number) for one in told] == [
        ("first", "message", 1),
        ("fork", "alternate", 0),
        ("yes", "message", 2),
        ("no", "process", 3),
        ("last", "conclusion", 0),
    ]
    assert [(way.id, way.name) for way in told[1].ways] == [("y", "Yes"), ("n", "Path 2")]
    assert (told[0].line_id, told[2].line_id, told[2].path_id) == ("l", None, "y")


def test_a_step_without_a_type_is_what_its_ends_make_it(world: World) -> None:
    _, told = flow(
        world,
        a=step(1, None, viaId="l"),
        b=step(2, None, originId="b"),
        c=step(3, None),
        d=step(4, "outgoing"),
    )
    assert [(one.sort, one.origin_id, one.target_id) for one in told] == [
        ("message", "a", "b"),
        ("process", "b", "b"),
        ("information", None, None),
        ("information", None, None),
    ]


def test_a_picture_has_the_flow_that_is_told_over_it(world: World) -> None:
    made, told = flow(world, a=step(1, "outgoing", originId="a", targetId="b"))
    with world.service.reading() as unit:
        place = places.place(unit, world.actor, world.path.landscape_id, "latest", "read")
        picture = pictures.load(unit, place, made.diagram_id, made.handle_id)
    assert (picture.flow, picture.steps) == ("Look up", told)
    again = msgspec.json.decode(msgspec.json.encode(picture), type=Picture)
    assert again == picture


def shows_line_names(world: World, diagram_id: str, flow_id: str | None) -> bool:
    with world.service.reading() as unit:
        place = places.place(unit, world.actor, world.path.landscape_id, "latest", "read")
        return pictures.load(unit, place, diagram_id, flow_id).line_names


def test_lines_have_their_own_words_while_a_flow_is_told_only_where_it_shows_them(world: World) -> None:
    made, _ = flow(world, a=step(1, "outgoing", originId="a", targetId="b"))
    assert shows_line_names(world, made.diagram_id, None)
    assert not shows_line_names(world, made.diagram_id, made.id)
    entities.update(world.service, world.actor, FLOW, world.path, made.id, {"showConnectionNames": True})
    assert shows_line_names(world, made.diagram_id, made.id)


def test_the_numbers_are_those_of_the_flows_text(world: World) -> None:
    paths = {"y": {"id": "y", "index": 1, "name": "Yes"}, "n": {"id": "n", "index": 2, "name": "No"}}
    made, told = flow(
        world,
        a=step(1, "outgoing", originId="a", targetId="b"),
        f=step(2, "parallel-path", paths=paths),
        y=step(1, "self-action", originId="b", parentId="y"),
        n=step(1, None, viaId="l", parentId="n"),
        i=step(3, "information"),
        e=step(4, "reply", originId="b", targetId="a"),
    )
    text = flows.export(world.service, world.actor, world.path, made.id, "text")
    numbered = [f"Step {one.number}:" for one in told if one.number]
    assert [word for word in numbered if word in text] == numbered == [f"Step {n}:" for n in range(1, 5)]
