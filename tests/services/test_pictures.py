"""Pictures: all of the model's words that a drawing needs, and nothing else."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from nunatak.catalog.bundled import catalog
from nunatak.core.errors import NotFound
from nunatak.core.kinds import COMMENT, MODEL_CONNECTION, MODEL_OBJECT
from nunatak.render.draw import draw
from nunatak.render.picture import Picture
from nunatak.services import entities, exports, organizations, pictures, places, teams, technologies
from nunatak.services.keys import operator
from tests.make import World, placed


def load(world: World, diagram: Any) -> Picture:
    with world.service.reading() as unit:
        place = places.place(unit, world.actor, world.path.landscape_id, "latest", "read")
        return pictures.load(unit, place, diagram.id)


def scene(world: World) -> Any:
    one, two, via = world.object(name="Shop"), world.object("actor", name="Buyer"), world.object(name="Gateway")
    line = world.connection(two, one, name="buys", viaId=via.id)
    lines = {
        "l": {"modelId": line.id, "originId": "b", "targetId": "a"},
        "m": {"modelId": None, "originId": "a", "targetId": "b"},  # drawn without a model
    }
    return world.diagram(name="D", objects={"a": placed(one), "b": placed(two, 512, 64)}, connections=lines)


def test_things_and_lines_are_told_in_the_models_words_and_the_diagrams_places(world: World) -> None:
    picture = load(world, scene(world))
    things = {thing.id: (thing.name, thing.type, thing.x, thing.y, thing.domain) for thing in picture.things}
    lines = {line.id: (line.name, line.via, line.origin_id, line.target_id) for line in picture.lines}
    assert things == {"a": ("Shop", "system", 0, 0, ""), "b": ("Buyer", "actor", 512, 64, "")}
    assert lines == {"l": ("buys", "Gateway", "b", "a"), "m": ("", "", "a", "b")}
    assert (picture.name, picture.type) == ("D", "context-diagram")


def test_only_tags_and_technologies_of_what_is_shown_come_along(world: World) -> None:
    shown, hidden = world.tag(name="Shown"), world.tag(name="Hidden")
    world.object(tagIds=[hidden.id])
    docker, kafka = catalog().by_name("docker"), catalog().by_name("kafka")
    assert docker is not None
    assert kafka is not None
    icon = {"catalogTechnologyId": docker.id, "name": "Docker"}
    diagram = world.diagram(objects={"a": placed(world.object(tagIds=[shown.id], technologyIds=[kafka.id], icon=icon))})
    picture = load(world, diagram)
    assert {id_: tag.name for id_, tag in picture.tags.items()} == {shown.id: "Shown"}
    assert {t.name: t.short for t in picture.technologies.values()} == {"Apache Kafka": "Kafka", "Docker": ""}
    # Only what a card shows as its picture is drawn.
    assert picture.technologies[docker.id].icon_light == catalog().icon(docker.id, "light") != ""
    assert picture.technologies[kafka.id].icon_light == ""


def test_an_own_technology_is_drawn_with_an_icon_of_the_catalog_and_never_fetched_from_elsewhere(world: World) -> None:
    docker = catalog().by_name("docker")
    assert docker is not None
    values = technologies.named_only("Mill") | {"iconUrlLight": f"http://here.example{docker.icon_url_light}"}
    one = technologies.create(world.service, world.actor, world.organization_id, values)
    other = technologies.create(
        world.service, world.actor, world.organization_id, {**values, "iconUrlLight": "http://elsewhere.example/i.svg"}
    )
    cards = {
        made.id: placed(world.object(icon={"catalogTechnologyId": made.id, "name": "Mill"}), at * 384)
        for at, made in enumerate((one, other))
    }
    picture = load(world, world.diagram(objects=cards))
    assert picture.technologies[one.id].icon_light == catalog().icon(docker.id, "light")
    assert picture.technologies[other.id].icon_light == ""


def test_an_icon_of_the_catalog_is_drawn_once_however_many_cards_show_it(world: World) -> None:
    docker = catalog().by_name("docker")
    assert docker is not None
    icon = {"catalogTechnologyId": docker.id, "name": "Docker"}
    diagram = world.diagram(objects={f"o{i}": placed(world.object(icon=icon), i * 384) for i in range(3)})
    svg = draw(msgspec.json.encode(load(world, diagram))).svg
    assert svg.count(b"<symbol") == 1
    assert svg.count(b"<use ") == 3


def test_a_thing_of_another_domain_says_whose_it_is(world: World) -> None:
    domain = world.domain(name="Payments")
    (root,) = world.ids(MODEL_OBJECT, type=["root"], domain_id=[domain.id])
    foreign = world.object(parent=root)
    picture = load(world, world.diagram(objects={"a": placed(world.object()), "b": placed(foreign, 512)}))
    assert {thing.id: thing.domain for thing in picture.things} == {"a": "", "b": "Payments"}


def test_the_same_picture_is_the_same_bytes_until_a_word_of_it_changes(world: World) -> None:
    diagram = scene(world)

    def encoded() -> bytes:
        with world.service.reading() as unit:
            place = places.place(unit, world.actor, world.path.landscape_id, "latest", "read")
            return exports.encoded(unit, place, diagram.id)

    first = encoded()
    world.object(name="elsewhere")
    assert encoded() == first
    world.update(MODEL_CONNECTION, world.ids(MODEL_CONNECTION)[0], name="orders")
    assert encoded() != first


def test_lines_take_the_organizations_shape(world: World) -> None:
    diagram = scene(world)
    admin = operator([world.organization_id])
    for shape in ("square", "straight"):
        organizations.update(world.service, admin, world.organization_id, {"lineShapeDefault": shape})
        assert load(world, diagram).line_shape == shape


def test_a_picture_of_nothing_is_not_found(world: World) -> None:
    with world.service.reading() as unit:
        place = places.place(unit, world.actor, world.path.landscape_id, "latest", "read")
        with pytest.raises(NotFound, match="Diagram not found"):
            pictures.load(unit, place, "nothing")


def test_pins_say_what_their_comments_are_and_owners_have_their_teams_colour(world: World) -> None:
    team = teams.create(world.service, world.actor, world.organization_id, {"name": "Payments", "color": "red"})
    owned = world.object(teamIds=[team.id])
    body = {"type": "new-idea", "content": "Split it", "status": "create"}
    comment = entities.create(world.service, world.actor, COMMENT, world.path, {"body": body})
    diagram = world.diagram(objects={"o": placed(owned)}, comments={"c": {"commentId": comment.id, "x": 8, "y": 8}})
    picture = load(world, diagram)
    assert [(pin.type, pin.status) for pin in picture.pins] == [("idea", "create")]
    assert picture.things[0].team_ids == [team.id]
    assert (picture.teams[team.id].name, picture.teams[team.id].color) == ("Payments", "red")
