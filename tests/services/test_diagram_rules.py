"""Rules among diagrams, contents and the model."""

from typing import Any

import pytest

from nunatak.core.errors import Invalid
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_OBJECT
from tests.make import World, placed


@pytest.mark.parametrize(
    ("type_", "owner"), [("app-diagram", "actor"), ("context-diagram", "system"), ("component-diagram", "system")]
)
def test_a_diagram_belongs_to_an_object_of_its_level(world: World, type_: str, owner: str) -> None:
    with pytest.raises(Invalid, match="belongs to an object of type"):
        world.diagram(world.object(owner).id, type_)


def test_a_diagram_whose_object_is_named_by_its_handle_belongs_to_it(world: World) -> None:
    system = world.object()
    diagram = world.diagram(system.handle_id, "app-diagram")
    assert diagram.model_id == system.id
    assert world.get(DIAGRAM_CONTENT, diagram.id).model_id == system.id
    assert world.get(MODEL_OBJECT, system.id).child_diagram_ids == [diagram.id]


def test_what_a_writer_leaves_out_is_completed(world: World) -> None:
    system, actor, group = world.object(), world.object("actor"), world.object("group")
    objects = {"s": placed(system), "a": placed(actor, 400), "g": placed(group, 0, 400, shape="box")}
    drawn = {"modelId": None, "originId": "s", "targetId": "a"}
    diagram = world.diagram(objects=objects, connections={"l": drawn})
    content = world.get(DIAGRAM_CONTENT, diagram.id)
    sizes = {key: (o.width, o.height, o.shape) for key, o in content.objects.items()}
    assert sizes == {"s": (256, 128, "box"), "a": (256, 160, "box"), "g": (512, 384, "area")}
    line = content.connections["l"]
    assert (line.line_shape, line.label_position, line.origin_connector, line.points) == ("curved", 50, None, [])
    assert (content.name, content.type, content.handle_id) == (diagram.name, diagram.type, diagram.handle_id)


def test_lines_find_their_ends_by_model_id_preferring_boxes(world: World) -> None:
    one, two = world.object(), world.object()
    objects = {"z": placed(one), "area": placed(one, shape="area"), "y": placed(two, 384)}
    diagram = world.diagram(
        objects=objects, connections={"l": {"modelId": None, "originId": one.id, "targetId": two.id}}
    )
    line = world.get(DIAGRAM_CONTENT, diagram.id).connections["l"]
    assert (line.origin_id, line.target_id) == ("z", "y")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"x": 3}, "body.objects.a: expected x and y to be multiples of 4"),
        ({"modelId": "nowhere"}, "body.objects.a.modelId: expected the id of a model object of this version"),
        ({"type": "app"}, "body.objects.a.type: expected system, got app"),
        ({"x": 1_000_004}, "body.objects[...].x"),
    ],
)
def test_a_content_that_breaks_a_rule_is_refused_whole(world: World, change: dict[str, Any], error: str) -> None:
    system = world.object()
    with pytest.raises(Invalid) as refusal:
        world.diagram(objects={"a": placed(system) | change, "b": placed(system, 384)})
    assert error in refusal.value.errors[0]
    assert world.ids(DIAGRAM) == []


def test_a_line_to_nowhere_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        world.diagram(connections={"l": {"modelId": None, "originId": "x", "targetId": None}})
    assert refusal.value.errors[0].startswith("body.connections.l.originId: expected the key of an object")


def test_more_than_a_diagram_may_hold_is_refused(world: World) -> None:
    system = world.object()
    with pytest.raises(Invalid, match="at most 5,000 objects"):
        world.diagram(objects={f"o{i}": placed(system) for i in range(5001)})


def test_renaming_a_diagram_renames_its_content_and_content_may_come_along(world: World) -> None:
    system = world.object()
    diagram = world.diagram()
    world.update(DIAGRAM, diagram.id, name="New", objects={"$add": {"a": placed(system)}})
    content = world.get(DIAGRAM_CONTENT, diagram.id)
    assert (content.name, list(content.objects), content.commit) == ("New", ["a"], 2)
    assert world.get(MODEL_OBJECT, system.id).diagrams[diagram.id].object_id == "a"


def test_an_object_taken_off_a_diagram_takes_its_lines_along(world: World) -> None:
    one, two = world.object(), world.object()
    drawn = {"modelId": None, "originId": "a", "targetId": "b"}
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, 384)}, connections={"l": drawn})
    content = world.update(DIAGRAM_CONTENT, diagram.id, objects={"$remove": ["b"]})
    assert (list(content.objects), content.connections) == (["a"], {})
