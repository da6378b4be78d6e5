"""Filters: every test a list can ask for, whatever the letters in it, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.kinds import DIAGRAM, MODEL_CONNECTION, MODEL_OBJECT
from tests.make import World, placed, technology

NAMES = ["100% sure", "100 percent", "snake_case", "snakeXcase", "Straße", "STRASSE 2", "back\\slash", "O'Neil", "Éa"]


def named(world: World, **asked: Any) -> list[str]:
    ids = set(world.ids(MODEL_OBJECT, **asked))
    with world.service.reading() as unit:
        return [one.name for one in unit.every(MODEL_OBJECT, world.version_id) if one.id in ids]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("%", ["100% sure"]),
        ("_", ["snake_case"]),
        ("E_C", ["snake_case"]),
        ("\\", ["back\\slash"]),
        ("'", ["O'Neil"]),
        ("strasse", ["Straße", "STRASSE 2"]),
        ("SNAKE", ["snake_case", "snakeXcase"]),
        ("éA", ["Éa"]),
        ("nothing like it", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_part_of_a_name_is_found_by_its_own_letters_whatever_their_case(
    world: World, part: str, expected: list[str]
) -> None:
    for name in NAMES:
        world.object(name=name)
    assert named(world, name=part) == expected


def test_one_of_several_values_is_enough_and_null_finds_what_has_none(world: World) -> None:
    group = world.object("group", name="G")
    for type_ in ("system", "actor"):
        world.object(type_, name=type_)
    assert named(world, type=["system", "actor"]) == ["system", "actor"]
    assert named(world, type=[]) == []
    assert group.id not in world.ids(MODEL_OBJECT, parent_id=None)
    assert named(world, parent_id=[None, world.root_id])[-3:] == ["G", "system", "actor"]


def test_different_filters_must_all_hold(world: World) -> None:
    world.object(name="A", external=True)
    world.object("actor", name="B", external=True)
    assert named(world, external=True, type=["actor"]) == ["B"]
    assert named(world, external=False, name="b") == []


def test_labels_must_all_match_in_key_and_whole_value(world: World) -> None:
    world.object(name="A", labels={"team": "blue", "tier": "1"})
    world.object(name="B", labels={"team": "blue"})
    world.object(name="C", labels={"team": "Blue", "long": "x" * 4000})
    assert named(world, labels={"team": "blue"}) == ["A", "B"]
    assert named(world, labels={"team": "blue", "tier": "1"}) == ["A"]
    assert named(world, labels={"team": "blu"}) == []
    assert named(world, labels={"long": "x" * 4000}) == ["C"]
    assert named(world, labels={"long": "x" * 3999}) == []


def test_a_list_is_found_by_any_of_its_values_and_a_parent_at_any_depth(world: World) -> None:
    tag = world.tag()
    system = world.object(name="S", tagIds=[tag.id], technologyIds=[technology("Go"), technology("Java")])
    app = world.object("app", parent=system.id, name="A", technologyIds=[technology("Java")])
    world.object("component", parent=app.id, name="C")
    assert named(world, tag_ids=[tag.id, "nothing"]) == ["S"]
    assert named(world, technology_ids=technology("Java")) == ["S", "A"]
    assert named(world, parent_ids=system.id) == ["A", "C"]


def test_a_diagram_is_empty_until_something_is_placed_on_it(world: World) -> None:
    empty = world.diagram()
    full = world.diagram(objects={"a": placed(world.object())})
    assert world.ids(DIAGRAM, empty=True) == [empty.id]
    assert world.ids(DIAGRAM, empty=False) == [full.id]


def test_connections_are_found_by_their_ends(world: World) -> None:
    one, two, three = world.object(), world.object(), world.object()
    first, second = world.connection(one, two, viaId=three.id), world.connection(three, two)
    assert world.ids(MODEL_CONNECTION, target_id=[two.id]) == [first.id, second.id]
    assert world.ids(MODEL_CONNECTION, origin_id=[one.id], via_id=[three.id]) == [first.id]
