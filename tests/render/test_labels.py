"""Labels stand on their lines, clear of things and each other."""

from __future__ import annotations

from itertools import pairwise

from nunatak.core.diagram import Point
from nunatak.drawing.geometry import Box
from nunatak.render.labels import Standing
from nunatak.render.picture import Line, Thing
from tests.render.pictures import line, routed, thing


def _standing(*parts: Thing | Line) -> list[Standing]:
    found = [strand.standing for strand in routed(*parts).strands]
    return [standing for standing in found if standing is not None]


UPRIGHT = (thing("a"), thing("b", 0, 640))


def test_a_label_stands_at_its_share_of_the_line() -> None:
    middle, early = (_standing(*UPRIGHT, line("a", "b", name="Asks", label_position=at))[0] for at in (50, 25))
    assert abs(middle.box.center.y - 378) < 2
    assert abs(early.box.center.y - 253) < 2
    assert middle.box.center.x == early.box.center.x == 128


def test_the_line_is_not_drawn_behind_its_label() -> None:
    strand = routed(*UPRIGHT, line("a", "b", name="Asks")).strands[0]
    assert strand.standing is not None
    before, behind = strand.courses
    assert before.at(before.length).y <= strand.standing.box.y
    assert behind.at(0).y >= strand.standing.box.bottom


def test_a_label_is_moved_along_its_line_off_a_card() -> None:
    parts = (thing("a"), thing("b", 0, 640), thing("c", 140, 330))
    standing = _standing(*parts, line("a", "b", name="Asks for many things", line_shape="straight"))[0]
    assert not standing.box.overlaps(Box(140, 330, 256, 128))
    assert standing.leader is None


def test_labels_of_crossing_lines_keep_apart() -> None:
    parts = (thing("a"), thing("b", 0, 640), thing("c", -384, 320), thing("d", 384, 320))
    first, second = _standing(*parts, line("a", "b", name="Downwards"), line("c", "d", name="Across"))
    assert not first.box.overlaps(second.box, gap=4)


def test_a_label_that_would_hide_a_short_level_line_stands_beside_it() -> None:
    parts = (thing("a"), thing("b", 384), line("a", "b", name="Orders goods from the shelves"))
    strand = routed(*parts).strands[0]
    assert strand.standing is not None
    assert strand.standing.gap is None
    assert strand.standing.box.bottom <= 64
    assert strand.standing.box.x > 256
    assert strand.standing.box.right < 384


def test_a_label_without_any_room_on_its_line_has_a_leader() -> None:
    parts = (thing("a"), thing("b", 276), line("a", "b", name="Orders goods", line_shape="straight"))
    standing = _standing(*parts)[0]
    assert standing.leader is not None
    assert not standing.box.overlaps(Box(0, 0, 256, 128))
    assert not standing.box.overlaps(Box(276, 0, 256, 128))


def test_a_heap_of_labels_on_one_line_is_still_placed() -> None:
    parts = (thing("a"), thing("b", 0, 320), *(line("a", "b", f"l{n}", name=f"Line {n}") for n in range(12)))
    assert len(_standing(*parts)) == 12


def test_a_label_that_leaves_its_line_keeps_off_the_border_of_its_area() -> None:
    area = thing("s", type="system", shape="area")
    inside = thing("a", parent_ids=["m-s"])
    standing = _standing(area, inside, line("s", "a", name="Is made of"))[0]
    assert standing.leader is not None
    assert -48 < standing.box.x < standing.box.right < 304


def test_a_label_beside_a_leg_of_its_line_lies_on_no_other_leg_of_it() -> None:
    strand = routed(thing("a"), line("a", "a", name="Retries")).strands[0]
    assert strand.standing is not None
    box = strand.standing.box
    assert not any(box.crossed_by(a, b) for course in strand.courses for a, b in pairwise(course.points))


def test_a_label_of_a_long_line_moves_as_little_as_it_takes_to_clear_what_crosses_it() -> None:
    places = [1504 + 24 * n for n in range(9)]
    sides = [thing(f"{side}{y}", x, y) for y in places for side, x in (("l", -640), ("r", 640))]
    crossing = [line(f"l{y}", f"r{y}", f"x{y}", line_shape="straight") for y in places]
    long = line("a", "b", name="Asks for many things", line_shape="straight")
    standing = _standing(thing("a"), thing("b", 0, 3200), *sides, long, *crossing)[0]
    assert not any(standing.box.y - 4 < y + 64 < standing.box.bottom + 4 for y in places)
    assert abs(standing.box.center.y - 1664) < 160


def test_a_label_that_lines_would_cross_everywhere_leaves_its_line_with_a_leader() -> None:
    beside = [line("a", "b", f"n{x}", points=[Point(x=x, y=128), Point(x=x, y=640)]) for x in (104, 152)]
    own = line("a", "b", name="Asks for many things", points=[Point(x=128, y=128), Point(x=128, y=640)])
    standing = _standing(*UPRIGHT, own, *beside)[0]
    assert standing.leader is not None
    assert standing.box.right < 104 or standing.box.x > 152
