"""Boxes hold what geometry promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.geometry import Box, Point, around, bounds

COORDINATES = st.integers(-2000, 2000).map(lambda n: n / 4)
POINTS = st.builds(Point, COORDINATES, COORDINATES)
SIZES = st.integers(0, 2000).map(lambda n: n / 4)
BOXES = st.builds(Box, COORDINATES, COORDINATES, SIZES, SIZES)


@given(BOXES, BOXES)
def test_a_union_encloses_both(one, other):
    union = one.union(other)
    assert union.encloses(one)
    assert union.encloses(other)


@given(BOXES, BOXES)
def test_boxes_overlap_each_other_or_neither(one, other):
    assert one.overlaps(other) == other.overlaps(one)


def test_a_shared_border_is_no_overlap_but_a_gap_may_be_asked_for():
    one, other = Box(0, 0, 10, 10), Box(10, 0, 10, 10)
    assert not one.overlaps(other)
    assert one.overlaps(other, gap=1)
    assert not one.overlaps(Box(11, 0, 5, 5), gap=1)


def test_an_inset_shrinks_grows_and_ends_at_the_centre():
    box = Box(10, 20, 100, 40)
    assert box.inset(8) == Box(18, 28, 84, 24)
    assert box.inset(-8) == Box(2, 12, 116, 56)
    assert box.inset(30) == Box(40, 40, 40, 0)
    assert box.center == (60, 40)


@pytest.mark.parametrize(
    ("start", "end", "crossed"),
    [
        ((-5, 5), (15, 5), True),
        ((5, 5), (6, 6), True),
        ((-5, 0), (15, 0), False),
        ((-5, 5), (-1, 5), False),
        ((-5, 5), (5, 15), False),
        ((-5, 4), (6, 15), True),
        ((0, -5), (15, 10), True),
        ((10, -5), (10, 15), False),
    ],
)
def test_a_line_crosses_a_box_only_through_its_inside(start, end, crossed):
    assert Box(0, 0, 10, 10).crossed_by(Point(*start), Point(*end)) is crossed


def test_the_bounds_of_points_touch_the_outermost_of_them() -> None:
    assert bounds([Point(3, -4), Point(-2, 8), Point(0, 0)]) == Box(-2, -4, 5, 12)


def test_the_box_around_boxes_holds_them_all() -> None:
    assert around([Box(0, 0, 10, 10), Box(-5, 20, 5, 5), Box(30, 5, 2, 2)]) == Box(-5, 0, 37, 25)
