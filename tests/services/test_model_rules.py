"""Rules among model objects and connections."""

import pytest

from nunatak.core.errors import Conflict, Invalid
from nunatak.core.kinds import DOMAIN, MODEL_CONNECTION, MODEL_OBJECT
from tests.make import World


def test_an_object_knows_its_parents_nearest_first_and_its_domain(world: World) -> None:
    system = world.object()
    app = world.object("app", system.id)
    component = world.object("component", app.id)
    root = world.get(MODEL_OBJECT, world.root_id)
    assert component.parent_ids == [app.id, system.id, world.root_id]
    assert component.domain_id == root.domain_id
    assert world.get(MODEL_OBJECT, app.id).child_ids == [component.id]


@pytest.mark.parametrize("type_", ["app", "store", "component", "root"])
def test_a_parent_of_the_wrong_type_is_refused(world: World, type_: str) -> None:
    with pytest.raises(Invalid):
        world.object(type_)


def test_a_missing_parent_is_named(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        world.object("system", "nowhere")
    assert refusal.value.errors == ("body.parentId: expected the id of a model object of this version, got 'nowhere'",)
    with pytest.raises(Invalid, match="not found") as refusal:
        world.object("system", parentId=None)
    assert refusal.value.errors == ("body.parentId: expected the id of a model object of this version, got null",)


def test_a_handle_that_is_taken_is_named(world: World) -> None:
    first = world.object(handleId="shop")
    assert first.handle_id == "shop"
    with pytest.raises(Conflict) as refusal:
        world.object(handleId="shop")
    assert refusal.value.errors[0].startswith("body.handleId: ")


def test_a_group_may_stand_in_a_group_but_never_in_itself(world: World) -> None:
    outer = world.object("group")
    inner = world.object("group", outer.id)
    with pytest.raises(Invalid, match="below itself"):
        world.update(MODEL_OBJECT, outer.id, parentId=inner.id)


def test_siblings_and_parents_keep_their_names_apart_whatever_their_case(world: World) -> None:
    system = world.object(name="Shop")
    with pytest.raises(Conflict, match="already exists"):
        world.object(name="SHOP")
    with pytest.raises(Conflict, match="already exists"):
        world.object("app", system.id, name="shop")
    other = world.object(name="Bank")
    world.object("app", system.id, name="Ledger")
    assert world.object("app", other.id, name="Ledger").name == "Ledger"


def test_moving_a_system_moves_all_below_it_to_the_new_domain(world: World) -> None:
    system = world.object()
    app = world.object("app", system.id)
    component = world.object("component", app.id)
    domain = world.domain()
    root = world.ids(MODEL_OBJECT, domain_id=domain.id)[0]
    world.update(MODEL_OBJECT, system.id, parentId=root)
    moved = world.get(MODEL_OBJECT, component.id)
    assert moved.parent_ids == [app.id, system.id, root]
    assert moved.domain_id == domain.id
    assert world.get(MODEL_OBJECT, world.root_id).child_ids == []
    assert world.get(MODEL_OBJECT, root).child_ids == [system.id]


def test_a_root_comes_with_its_domain_only(world: World) -> None:
    domain = world.domain()
    assert len(world.ids(MODEL_OBJECT, domain_id=domain.id, type="root")) == 1
    with pytest.raises(Invalid, match="create a domain"):
        world.object("root", parentId=None, domainId=domain.id)
    with pytest.raises(Invalid) as refusal:
        world.update(MODEL_OBJECT, world.object().id, type="root")
    assert refusal.value.errors == ("body.type: expected any type but root",)
    with pytest.raises(Invalid, match="delete the domain"):
        world.delete(MODEL_OBJECT, world.root_id)
    assert world.ids(DOMAIN, name="other") == [domain.id]


def test_a_connection_needs_both_its_ends_and_says_which_is_missing(world: World) -> None:
    system = world.object()
    with pytest.raises(Invalid) as refusal:
        world.connection(system, system, targetId="nowhere")
    assert refusal.value.errors[0].startswith("body.targetId: expected the id of a model object")
    with pytest.raises(Invalid, match="root can't be connected"):
        world.connection(system, system, originId=world.root_id)
    assert world.ids(MODEL_CONNECTION) == []


def test_only_groups_have_members(world: World) -> None:
    system, group = world.object(), world.object("group")
    assert world.object(groupIds=[group.id]).group_ids == [group.id]
    with pytest.raises(Invalid) as refusal:
        world.object(groupIds=[system.id])
    assert refusal.value.errors == ("body.groupIds[0]: expected an object of type group, got a system",)


def test_a_group_is_no_member_of_itself(world: World) -> None:
    group = world.object("group")
    with pytest.raises(Invalid) as refusal:
        world.update(MODEL_OBJECT, group.id, groupIds={"$add": [group.id]})
    assert refusal.value.errors == ("body.groupIds.$add[0]: expected another group than this one",)


def test_an_id_that_is_given_twice_is_kept_once(world: World) -> None:
    tag, other, group = world.tag(), world.tag(name="Other"), world.object("group")
    made = world.object(tagIds=[tag.id, other.id, tag.id], groupIds=[group.id, group.id])
    assert (made.tag_ids, made.group_ids) == ([tag.id, other.id], [group.id])
    assert world.update(MODEL_OBJECT, made.id, tagIds=[other.id, other.id]).tag_ids == [other.id]
    line = world.connection(made, world.object(), tagIds=[tag.id, tag.id])
    assert line.tag_ids == [tag.id]


def test_links_bear_the_id_they_are_kept_under_and_make_the_object_linked(world: World) -> None:
    system = world.object(links={"one": {"url": "https://example.org"}})
    assert system.linked
    assert system.links["one"].id == "one"
    after = world.update(MODEL_OBJECT, system.id, links={"$remove": ["one"], "$add": {"two": {"url": "x"}}})
    assert list(after.links) == ["two"]
    assert not world.update(MODEL_OBJECT, system.id, links={"$remove": ["two"]}).linked
