"""Cascades: what goes with an entity that is deleted."""

from nunatak.core.kinds import (
    DIAGRAM,
    DIAGRAM_CONTENT,
    DIAGRAM_GROUP,
    DOMAIN,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    TAG,
    TAG_GROUP,
)
from tests.make import World, placed


def test_deleting_an_object_takes_all_below_it_and_their_connections(world: World) -> None:
    system, other = world.object(), world.object()
    app = world.object("app", system.id)
    line = world.connection(app, other)
    kept = world.connection(other, other, viaId=app.id)
    _, deleted = world.delete(MODEL_OBJECT, system.id)
    assert set(deleted["model-object"]) == {system.id, app.id}
    assert deleted["model-connection"] == [line.id]
    assert world.ids(MODEL_CONNECTION) == [kept.id]
    assert world.get(MODEL_CONNECTION, kept.id).via_id is None
    assert world.get(MODEL_OBJECT, world.root_id).child_ids == [other.id]


def test_deleting_an_object_takes_it_off_every_diagram_with_its_lines(world: World) -> None:
    one, two = world.object(), world.object()
    line = world.connection(one, two)
    drawn = {"modelId": line.id, "originId": "a", "targetId": "b"}
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, 384)}, connections={"l": drawn})
    world.delete(MODEL_OBJECT, one.id)
    content = world.get(DIAGRAM_CONTENT, diagram.id)
    assert (list(content.objects), list(content.connections)) == (["b"], [])
    assert world.get(DIAGRAM, diagram.id).object_count.system == 1


def test_deleting_an_object_takes_its_own_diagrams_and_folders(world: World) -> None:
    system = world.object()
    diagram = world.diagram(system.id, "app-diagram")
    folder = world.folder(modelId=system.id)
    world.delete(MODEL_OBJECT, system.id)
    assert diagram.id not in world.ids(DIAGRAM) + world.ids(DIAGRAM_CONTENT)
    assert folder.id not in world.ids(DIAGRAM_GROUP)


def test_deleting_a_group_frees_its_members(world: World) -> None:
    group = world.object("group")
    member = world.object(groupIds=[group.id])
    world.delete(MODEL_OBJECT, group.id)
    assert world.get(MODEL_OBJECT, member.id).group_ids == []


def test_deleting_a_connection_takes_its_lines_off_the_diagrams(world: World) -> None:
    one, two = world.object(), world.object()
    line = world.connection(one, two)
    drawn = {"modelId": line.id, "originId": "a", "targetId": "b"}
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, 384)}, connections={"l": drawn})
    world.delete(MODEL_CONNECTION, line.id)
    content = world.get(DIAGRAM_CONTENT, diagram.id)
    assert (len(content.objects), len(content.connections)) == (2, 0)


def test_deleting_a_tag_group_takes_its_tags_off_everything(world: World) -> None:
    tag = world.tag()
    system = world.object(tagIds=[tag.id])
    world.delete(TAG_GROUP, tag.group_id)
    assert tag.id not in world.ids(TAG)
    assert world.get(MODEL_OBJECT, system.id).tag_ids == []


def test_deleting_a_folder_keeps_its_diagrams(world: World) -> None:
    folder = world.folder()
    diagram = world.diagram(groupId=folder.id)
    world.delete(DIAGRAM_GROUP, folder.id)
    assert world.get(DIAGRAM, diagram.id).group_id is None
    assert world.get(DIAGRAM_CONTENT, diagram.id).group_id is None


def test_deleting_a_domain_leaves_nothing_of_it(world: World) -> None:
    domain = world.domain()
    root = world.ids(MODEL_OBJECT, domain_id=domain.id)[0]
    system = world.object("system", root)
    diagram = world.diagram(root)
    world.delete(DOMAIN, domain.id)
    assert world.ids(MODEL_OBJECT, domain_id=domain.id) == []
    assert system.id not in world.ids(MODEL_OBJECT)
    assert diagram.id not in world.ids(DIAGRAM)
