"""Detours go round boxes on the cheapest square way, and never back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.geometry import Box, Point
from nunatak.render.detour import Toll, detour

RIGHT, DOWN, LEFT = Point(1, 0), Point(0, 1), Point(-1, 0)


def _way(start: Point, end: Point, *boxes: Box, headings: tuple[Point, Point] = (RIGHT, RIGHT)) -> list[Point]:
    def tolls(a: Point, b: Point) -> list[Toll]:
        met = [box.inset(-8) for box in boxes if box.inset(-8).crossed_by(a, b)]
        return [Toll(*((box.x, box.right) if a.y == b.y else (box.y, box.bottom)), 2000) for box in met]

    return detour(start, end, headings, boxes, clear=16, bend=48, tolls=tolls)


def _turns(way: list[Point]) -> int:
    steps = [Point(b.x - a.x, b.y - a.y).unit() for a, b in pairwise(way) if a != b]
    return sum(a != b for a, b in pairwise(steps))


def test_nothing_in_the_way_is_no_detour() -> None:
    way = _way(Point(0, 0), Point(400, 0))
    assert _turns(way) == 0
    assert (way[0], way[-1]) == (Point(0, 0), Point(400, 0))


def test_a_box_is_passed_on_its_nearer_side() -> None:
    way = _way(Point(0, 0), Point(400, 0), Box(100, -30, 100, 130))
    assert min(point.y for point in way) == -46
    assert max(point.y for point in way) == 0


def test_a_wall_of_boxes_is_gone_round_as_a_whole() -> None:
    boxes = [Box(100, y, 100, 100) for y in range(-220, 220, 110)]
    way = _way(Point(0, 0), Point(400, 0), *boxes)
    assert not any(box.inset(-8).crossed_by(a, b) for box in boxes for a, b in pairwise(way))
    assert _turns(way) == 4


def test_a_way_never_turns_back_on_the_spot() -> None:
    way = _way(Point(0, 0), Point(400, 0), Box(-100, -50, 80, 100), headings=(LEFT, RIGHT))
    assert way[1].x == 0
    assert way[1].y != 0


def test_a_toll_is_paid_only_where_it_is_asked_for() -> None:
    def tolls(a: Point, b: Point) -> list[Toll]:
        return [Toll(350, 400, 2000)] if a.y == b.y == 0 else []

    way = detour(Point(0, 0), Point(400, 0), (RIGHT, RIGHT), [Box(300, -10, 20, 20)], clear=16, bend=48, tolls=tolls)
    assert Point(336, 0) in way
    assert Point(400, -26) in way


_places = st.integers(-400, 400).map(float)
_boxes = st.builds(Box, _places, _places, st.integers(20, 200).map(float), st.integers(20, 200).map(float))


@given(_places, _places, st.lists(_boxes, max_size=4), st.sampled_from([RIGHT, DOWN]), st.sampled_from([RIGHT, DOWN]))
def test_every_detour_is_square_and_joins_its_ends(
    x: float, y: float, boxes: list[Box], first: Point, last: Point
) -> None:
    way = _way(Point(0, 0), Point(x, y), *boxes, headings=(first, last))
    assert (way[0], way[-1]) == (Point(0, 0), Point(x, y))
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(way)) or len(way) == 2
