"""Copies of a model into another landscape: everything in it anew, whole in itself, beside what was there."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.access import Actor
from nunatak.core.errors import Conflict, Forbidden, NotFound
from nunatak.core.kinds import (
    DIAGRAM,
    DIAGRAM_CONTENT,
    DIAGRAM_GROUP,
    DOMAIN,
    FLOW,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    TAG,
    TAG_GROUP,
)
from nunatak.services import landscapes, model_copies, technologies
from nunatak.services.places import Path
from tests.make import World, placed, step
from tests.services.test_crossing import other, technology
from tests.services.test_versions import held


def another(world: World, actor: Actor | None = None, organization_id: str | None = None) -> World:
    """A second landscape."""
    actor, organization_id = actor or world.actor, organization_id or world.organization_id
    land, live = landscapes.create(world.service, actor, organization_id, {"name": "Second"})
    path = Path(landscape_id=land.id, version_id="latest")
    changed = {"actor": actor, "organization_id": organization_id, "path": path, "version_id": live.id}
    with world.service.reading() as unit:
        root = unit.values(MODEL_OBJECT, live.id, ("id",), {"type": "root"})[0][0]
    return World(**{**vars(world), **changed, "root_id": root})


def every(world: World, kind: Any) -> dict[str, Any]:
    """The entities of a kind by name."""
    with world.service.reading() as unit:
        return {one.name: one for one in unit.every(kind, world.version_id)}


def copy(source: World, target: World, actor: Actor | None = None) -> None:
    model_copies.create(source.service, actor or source.actor, source.path.landscape_id, target.path.landscape_id)


def story(world: World) -> dict[str, Any]:
    """Something of every kind, each with all that it can refer to; later things are referred to by earlier ones."""
    tag = world.tag(name="Own tag")
    shop = world.object(name="Shop", tagIds=[tag.id], labels={"a": "b"}, description="Sells")
    app = world.object("app", shop.id, name="Web", links={"l": {"url": "https://a.example", "index": 0}})
    outer, inner = world.object("group", name="Outer"), world.object("group", name="Inner")
    world.update(MODEL_OBJECT, outer.id, groupIds=[inner.id])
    bank = world.object(name="Bank", groupIds=[outer.id])
    line = world.connection(shop, bank, name="pays", viaId=app.id, tagIds=[tag.id])
    folder = world.folder(name="Folder")
    below = world.diagram(name="Below", groupId=folder.id)
    lines = {"l": {"modelId": line.id, "originId": "s", "targetId": "b"}}
    objects = {"s": placed(shop), "b": placed(bank, 512)}
    above = world.diagram(name="Above", objects=objects, connections=lines, labels={"c": "d"})
    world.update(DIAGRAM, below.id, parentId=above.id)
    first = world.flow(above, name="First", steps={"1": step(originId="s", targetId="b", viaId="l")})
    second = world.flow(above, name="Second", steps={"1": step(0, "subflow", flowId=first.id)})
    world.update(FLOW, first.id, steps={"$add": {"2": step(1, "subflow", flowId=second.id)}})
    return {"shop": shop, "line": line, "tag": tag}


def test_a_copy_is_whole_and_refers_to_itself_alone(world: World) -> None:
    made = story(world)
    before = held(world, world.version_id)
    target = another(world)
    copy(world, target)
    assert held(world, world.version_id) == before
    objects, diagrams, flows = (every(target, kind) for kind in (MODEL_OBJECT, DIAGRAM, FLOW))
    shop, bank = objects["Shop"], objects["Bank"]
    tag, line = every(target, TAG)["Own tag"], every(target, MODEL_CONNECTION)["pays"]
    assert (shop.labels, shop.description, shop.tag_ids) == ({"a": "b"}, "Sells", [tag.id])
    assert objects["Web"].parent_id == shop.id
    assert objects["Web"].links["l"].url == "https://a.example"
    assert bank.group_ids == [objects["Outer"].id]
    assert objects["Outer"].group_ids == [objects["Inner"].id]
    assert (line.origin_id, line.target_id, line.via_id) == (shop.id, bank.id, objects["Web"].id)
    assert (tag.model_object_ids, tag.model_connection_ids) == ([shop.id], [line.id])
    above = diagrams["Above"]
    content = target.get(DIAGRAM_CONTENT, above.id)
    assert {key: o.model_id for key, o in content.objects.items()} == {"s": shop.id, "b": bank.id}
    assert content.connections["l"].model_id == line.id
    assert list(shop.diagrams) == [above.id]
    assert (above.labels, diagrams["Below"].parent_id) == ({"c": "d"}, above.id)
    assert diagrams["Below"].group_id == every(target, DIAGRAM_GROUP)["Folder"].id
    steps = flows["First"].steps
    assert (steps["1"].origin_id, steps["1"].via_id, steps["2"].flow_id) == ("s", "l", flows["Second"].id)
    assert flows["Second"].steps["1"].flow_id == flows["First"].id
    assert shop.id != made["shop"].id
    assert shop.handle_id != made["shop"].handle_id
    ids = {id_ for rows in before.values() for id_, *_ in rows}
    assert not ids & {id_ for rows in held(world, target.version_id).values() for id_, *_ in rows}


def test_a_copy_stands_in_domains_of_its_own_beside_what_was_there(world: World) -> None:
    story(world)
    world.update(MODEL_OBJECT, world.root_id, description="Of the root")
    world.domain(name="Finance")
    target = another(world)
    mine = target.object(name="Shop")  # of the same name, in another domain
    copy(world, target)
    copy(world, target)
    domains = every(target, DOMAIN)
    assert list(domains) == ["Default domain", "Default domain (L)", "Finance", "Finance (L)"]
    assert target.get(MODEL_OBJECT, mine.id) == mine
    with world.service.reading() as unit:
        roots = {root.domain_id: root for root in unit.every(MODEL_OBJECT, target.version_id, {"type": "root"})}
        shops = [one for one in unit.every(MODEL_OBJECT, target.version_id) if one.name == "Shop"]
    assert len(roots) == 5
    assert len({shop.domain_id for shop in shops}) == 3
    assert all(shop.parent_id == roots[shop.domain_id].id for shop in shops)
    assert roots[domains["Default domain (L)"].id].description == "Of the root"


def test_tags_of_the_same_name_and_colour_are_one(world: World) -> None:
    target = another(world)
    before = held(world, target.version_id)
    world.tag(name="New")
    red = next(iter(every(world, TAG).values()))
    world.update(TAG, red.id, color="pink")
    copy(world, target)
    copy(world, target)
    with world.service.reading() as unit:
        groups = [group.name for group in unit.every(TAG_GROUP, target.version_id)]
        tags = [(tag.name, tag.color) for tag in unit.every(TAG, target.version_id)]
    assert groups == ["Cost", "Deployment", "Risk", "G"]
    assert tags[len(before["tag"]) :] == [(red.name, "pink"), ("New", "red")]


def test_a_copy_to_another_organization_takes_technologies_along(world: World) -> None:
    there, actor = other(world)
    forge = technology(world, actor, world.organization_id, "Forge")
    world.object(name="Smithy", technologyIds=[forge.id], icon={"catalogTechnologyId": forge.id, "name": "Forge"})
    target = another(world, actor, there)
    copy(world, target, actor)
    copied = every(target, MODEL_OBJECT)["Smithy"]
    own = technologies.listing(world.service, actor, there)
    assert [one.name for one in own] == ["Forge"]
    assert (copied.technology_ids, copied.icon.catalog_technology_id) == ([own[0].id], own[0].id)


def test_a_landscape_is_not_copied_onto_itself(world: World) -> None:
    with pytest.raises(Conflict) as refused:
        copy(world, world)
    expected = "query.targetLandscapeId: expected another landscape than the one that is copied"
    assert refused.value.errors == (expected,)


def test_a_copy_needs_reading_here_and_writing_there(world: World) -> None:
    there, both = other(world)
    target = another(world, both, there)
    cases: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({world.organization_id: "admin"}, NotFound),
        ({there: "admin"}, NotFound),
        ({world.organization_id: "read", there: "read"}, Forbidden),
    )
    for permissions, refusal in cases:
        with pytest.raises(refusal):
            copy(world, target, Actor(kind="api-key", id="x", permissions=permissions, name="X"))
    copy(world, target, Actor(kind="api-key", id="x", permissions={world.organization_id: "read", there: "write"}))
    assert len(every(target, DOMAIN)) == 2
