"""What a model object's change of type must fit, and what follows from it."""

from __future__ import annotations

import pytest

from nunatak.core.errors import Invalid
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_OBJECT
from tests.make import World, placed


def test_places_on_diagrams_take_the_objects_new_type(world: World) -> None:
    system = world.object()
    diagram = world.diagram(objects={"s": placed(system)})
    world.update(MODEL_OBJECT, system.id, type="group")
    content = world.get(DIAGRAM_CONTENT, diagram.id)
    assert (content.objects["s"].type, content.objects["s"].shape, content.commit) == ("group", "area", 2)
    assert world.get(DIAGRAM, diagram.id).object_count.group == 1


def test_a_type_that_may_not_have_what_stands_below_is_refused(world: World) -> None:
    system = world.object()
    app = world.object("app", system.id)
    with pytest.raises(Invalid, match="can't be of type actor") as refusal:
        world.update(MODEL_OBJECT, system.id, type="actor")
    assert refusal.value.errors[0].startswith("body.type: ")
    assert app.id in refusal.value.errors[0]
    assert world.get(MODEL_OBJECT, system.id).type == "system"


def test_a_group_with_members_stays_a_group(world: World) -> None:
    group = world.object("group")
    member = world.object(groupIds=[group.id])
    with pytest.raises(Invalid, match=f"object {member.id} is a member of it"):
        world.update(MODEL_OBJECT, group.id, type="system")


def test_the_owner_of_a_diagram_keeps_a_type_that_may_have_it(world: World) -> None:
    system = world.object()
    app = world.object("app", system.id)
    diagram = world.diagram(app.id, "component-diagram")
    assert world.update(MODEL_OBJECT, app.id, type="store").type == "store"
    owner = world.object()
    owned = world.diagram(owner.id, "app-diagram")
    with pytest.raises(Invalid, match=f"the app-diagram {owned.id} belongs to it"):
        world.update(MODEL_OBJECT, owner.id, type="actor")
    assert world.get(DIAGRAM, diagram.id).model_id == app.id
