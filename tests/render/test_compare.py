"""Comparing: nothing with itself, the same both ways round, and each difference in its own words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from nunatak.render.compare import compare
from nunatak.render.picture import Difference, Picture, Pin, Spot, Thing, differing
from tests.render.pictures import line, picture, pictures, thing


def difference(before: Thing, after: Thing) -> Difference | None:
    return compare(picture(before), picture(after)).things[0].difference


@given(pictures())
@settings(deadline=None)
def test_a_picture_is_like_itself(any_picture: Picture) -> None:
    assert compare(any_picture, any_picture) == any_picture


@given(pictures(), pictures())
@settings(deadline=None)
def test_what_is_added_one_way_is_removed_the_other_way(one: Picture, other: Picture) -> None:
    def sorts(found: Picture, sort: str) -> list[int]:
        ids = [
            [each.id for each in part if each.difference and each.difference.sort == sort]
            for part in (found.things, found.lines, found.pins)
        ]
        return [len(part) for part in ids]

    there, back = compare(one, other), compare(other, one)
    assert sorts(there, "added") == sorts(back, "removed")
    assert sorts(there, "removed") == sorts(back, "added")
    assert len(differing(there)) == len(differing(back))


@given(pictures(), pictures())
@settings(deadline=None)
def test_all_of_both_is_on_it_once(one: Picture, other: Picture) -> None:
    found = compare(one, other)
    for name in ("things", "lines", "pins"):
        ids = [each.id for each in getattr(found, name)]
        assert len(ids) == len(set(ids))
        assert set(ids) >= {each.id for each in getattr(other, name)}


def test_what_is_new_and_what_is_gone_says_so() -> None:
    found = compare(picture(thing("a"), thing("b"), line("a", "b")), picture(thing("a"), thing("c"), line("a", "c")))
    assert {one.id: one.difference and one.difference.sort for one in found.things} == {
        "a": None, "c": "added", "b": "removed",
    }  # fmt: skip
    assert {one.id: (one.status, one.difference and one.difference.sort) for one in found.lines} == {
        "a-c": ("live", "added"), "a-b": ("removed", "removed"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "New"}, ["name"]),
        ({"caption": "New", "external": True}, ["caption", "external"]),
        ({"technology_ids": ["pg"], "icon_id": "pg"}, ["technologies", "icon"]),
        ({"status": "deprecated", "tag_ids": ["t"], "team_ids": ["t"]}, ["status", "tags", "teams"]),
    ],
)
def test_what_changed_is_told_in_words(fields: dict[str, Any], words: list[str]) -> None:
    assert difference(thing("a"), thing("a", **fields)) == Difference(sort="changed", fields=words)


def test_what_moved_knows_where_it_was_also_when_it_changed() -> None:
    was = Spot(x=0, y=40)
    assert difference(thing("a", 0, 40), thing("a", 384, 40)) == Difference(sort="moved", was=was)
    moved = difference(thing("a", 0, 40), thing("a", 384, 40, name="B", width=300))
    assert moved == Difference(sort="changed", fields=["name", "size"], was=was)


def test_an_area_moves_with_what_it_holds() -> None:
    assert difference(thing("g", type="group"), thing("g", 400, 400, type="group", width=900)) is None


def test_the_order_of_tags_is_no_difference() -> None:
    assert difference(thing("a", tag_ids=["x", "y"]), thing("a", tag_ids=["y", "x"])) is None


def test_an_object_that_was_taken_off_and_put_on_again_is_the_same() -> None:
    before = picture(thing("a"), thing("b"), line("a", "b"))
    again = replace(thing("a", 400), id="new")
    found = compare(before, picture(again, thing("b"), line("new", "b", id="a-b")))
    assert [(one.id, one.difference and one.difference.sort) for one in found.things] == [("new", "moved"), ("b", None)]
    assert found.lines[0].difference is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": "asks"}, Difference(sort="changed", fields=["name"])),
        ({"target_id": "c"}, Difference(sort="changed", fields=["ends"])),
        ({"line_shape": "square", "origin_connector": "top-center"}, Difference(sort="moved", fields=["course"])),
        ({"points": []}, None),
    ],
)
def test_a_line_changes_or_takes_another_course(fields: dict[str, Any], expected: Difference | None) -> None:
    things = [thing(id) for id in "abc"]
    before = line("a", "b")
    found = compare(picture(*things, before), picture(*things, replace(before, **fields)))
    assert found.lines[0].difference == expected


def test_pins_come_go_move_and_are_settled() -> None:
    before = [Pin(id=id, comment_id=id, x=0, y=0) for id in "abc"]
    after = [Pin(id="a", comment_id="a", x=4, y=0), Pin(id="b", comment_id="b", x=0, y=0, status="resolved")]
    found = compare(picture(*before), picture(*after, Pin(id="d", comment_id="d", x=0, y=0)))
    assert [(pin.id, pin.difference and pin.difference.sort, pin.status) for pin in found.pins] == [
        ("a", "moved", "open"), ("b", "changed", "resolved"), ("d", "added", "open"), ("c", "removed", "open"),
    ]  # fmt: skip


def test_marks_of_both_states_have_their_names() -> None:
    assert compare(picture(), picture()).technologies.keys() == {"java", "pg"}
