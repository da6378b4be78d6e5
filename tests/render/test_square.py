"""Square lines turn halfway, go round what is in the way and keep off each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.geometry import Box, Point
from nunatak.render.anchor import OUTWARD, Port, Side
from nunatak.render.grid import Grid
from nunatak.render.square import Field, Way, mark, square


def _port(x: float, y: float, side: Side) -> Port:
    return Port(Point(x, y), OUTWARD[side])


def _way(start: Port, end: Port, *boxes: Box, used: Grid | None = None, own: tuple[Box, ...] = ()) -> Way:
    def in_the_way(box: Box) -> list[Box]:
        return [other for other in boxes if other.overlaps(box)]

    return square(start, end, Field(in_the_way=in_the_way, own=own, used=used or Grid()))


def test_facing_ports_in_line_are_joined_straight() -> None:
    assert _way(_port(0, 0, "right"), _port(200, 0, "left")) == [(0, 0), (200, 0)]


def test_facing_ports_apart_are_joined_with_a_turn_halfway() -> None:
    assert _way(_port(0, 0, "bottom"), _port(300, 200, "top")) == [(0, 0), (0, 100), (300, 100), (300, 200)]


def test_ports_at_a_corner_are_joined_round_it() -> None:
    assert _way(_port(0, 0, "right"), _port(200, 100, "top")) == [(0, 0), (200, 0), (200, 100)]


def test_a_box_in_the_way_is_gone_round_with_room() -> None:
    box = Box(200, -64, 256, 128)
    way = _way(_port(0, 0, "right"), _port(640, 0, "left"), box)
    assert not any(box.inset(-8).crossed_by(a, b) for a, b in pairwise(way))
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(way))


def test_a_heap_of_boxes_in_the_way_is_gone_round_whatever_is_behind_the_first() -> None:
    boxes = [Box(200 + 300 * column, -64 + 170 * row, 256, 128) for column in range(3) for row in (-2, -1, 0, 1)]
    way = _way(_port(0, 0, "right"), _port(1200, 0, "left"), *boxes)
    assert not any(box.inset(-8).crossed_by(a, b) for box in boxes for a, b in pairwise(way))


def test_a_later_line_keeps_12_units_off_an_earlier_one() -> None:
    used = Grid()
    first = _way(_port(0, 0, "bottom"), _port(300, 200, "top"))
    mark(first, 1, used)
    second = _way(_port(40, 0, "bottom"), _port(340, 200, "top"), used=used)
    level = [a.y for way in (first, second) for a, b in pairwise(way) if a.y == b.y]
    assert abs(level[0] - level[1]) >= 12


def test_a_line_does_not_run_through_its_own_things() -> None:
    own = (Box(0, 0, 100, 100), Box(200, 300, 100, 100))
    way = _way(_port(100, 50, "right"), _port(250, 400, "bottom"), own=own)
    assert not any(box.inset(1).crossed_by(a, b) for box in own for a, b in pairwise(way))


_sides = st.sampled_from(list(OUTWARD))
_places = st.integers(-500, 500)


@given(_places, _places, _sides, _places, _places, _sides)
def test_every_way_is_square_and_leaves_both_borders_outwards(
    x: int, y: int, side: Side, x2: int, y2: int, side2: Side
) -> None:
    start, end = _port(x, y, side), _port(x2, y2, side2)
    way = _way(start, end)
    assert way[0] == start.point
    assert way[-1] == end.point
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(way))
