"""Boxes, curves and polylines hold what geometry promises."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.geometry import Box, Cubic, Point, around, bounds, polyline_at, polyline_length, rounded

COORDINATES = st.integers(-2000, 2000).map(lambda n: n / 4)
POINTS = st.builds(Point, COORDINATES, COORDINATES)
SIZES = st.integers(0, 2000).map(lambda n: n / 4)
BOXES = st.builds(Box, COORDINATES, COORDINATES, SIZES, SIZES)
CUBICS = st.builds(Cubic, POINTS, POINTS, POINTS, POINTS)
POLYLINES = st.lists(POINTS, min_size=2, max_size=8)
FRACTIONS = st.floats(0, 1)


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


@given(CUBICS, FRACTIONS)
def test_a_curve_stays_in_its_bounds_and_these_in_its_controls(curve, t):
    box = curve.bounds()
    assert box.inset(-1e-6).contains(curve.point(t))
    assert bounds(curve).inset(-1e-6).encloses(box)


def test_the_bounds_of_an_arch_end_at_its_top():
    assert Cubic(Point(0, 0), Point(0, -40), Point(30, -40), Point(30, 0)).bounds() == Box(0, -30, 30, 30)


def test_a_curve_leaves_toward_its_control_and_is_as_long_as_its_line():
    curve = Cubic(Point(0, 0), Point(50, 0), Point(50, 100), Point(100, 100))
    assert curve.tangent(0) == (1, 0)
    assert curve.tangent(1) == (1, 0)
    straight = Cubic(Point(0, 0), Point(0, 0), Point(30, 40), Point(30, 40))
    assert straight.length() == pytest.approx(50)
    assert straight.tangent(0) == pytest.approx((0.6, 0.8))
    assert straight.at(0.5)[0] == pytest.approx((15, 20))


def test_the_middle_of_a_lopsided_curve_halves_its_length():
    curve = Cubic(Point(0, 0), Point(0, 0), Point(10, 0), Point(100, 0))
    place, direction = curve.at(0.5)
    assert place == pytest.approx((50, 0), abs=0.2)
    assert direction == pytest.approx((1, 0))


@given(CUBICS, FRACTIONS)
def test_a_direction_is_one_unit_long_or_nothing(curve, t):
    length = Point(0, 0).distance(curve.tangent(t))
    assert length == pytest.approx(1) or length == 0


@given(POLYLINES, FRACTIONS)
def test_a_place_on_a_polyline_divides_its_length(points, fraction):
    place, _ = polyline_at(points, fraction)
    walked, gone = polyline_length(points) * fraction, 0.0
    nearest = min(
        abs(gone_before + a.distance(place) - walked) + abs(a.distance(place) + place.distance(b) - a.distance(b))
        for a, b, gone_before in _pieces(points, gone)
    )
    assert nearest < 1e-6


def _pieces(points, gone):
    for a, b in pairwise(points):
        yield a, b, gone
        gone += a.distance(b)


def test_a_place_on_an_elbow_has_its_leg_s_direction():
    elbow = [Point(0, 0), Point(100, 0), Point(100, 100)]
    assert polyline_at(elbow, 0.25) == ((50, 0), (1, 0))
    assert polyline_at(elbow, 0.75) == ((100, 50), (0, 1))
    assert polyline_at(elbow, 7) == ((100, 100), (0, 1))
    assert polyline_at([Point(5, 5), Point(5, 5)], 0.5) == ((5, 5), (0, 0))


def test_corners_are_rounded_by_the_radius_or_by_half_of_a_short_leg():
    assert rounded([Point(0, 0), Point(100, 0), Point(100, 10), Point(110, 10), Point(110, 90)], 8) == (
        ("M", 0, 0),
        ("L", 95, 0),
        ("Q", 100, 0, 100, 5),
        ("L", 100, 5),
        ("Q", 100, 10, 105, 10),
        ("L", 105, 10),
        ("Q", 110, 10, 110, 15),
        ("L", 110, 90),
    )
    assert rounded([Point(0, 0), Point(50, 0), Point(50, 50)], 8)[1:3] == (("L", 42, 0), ("Q", 50, 0, 50, 8))


@given(POLYLINES)
def test_a_rounded_polyline_keeps_its_ends(points):
    segments = rounded(points, 8)
    assert segments[0] == ("M", *points[0])
    assert segments[-1][-2:] == tuple(points[-1])


def test_the_box_around_boxes_holds_them_all() -> None:
    assert around([Box(0, 0, 10, 10), Box(-5, 20, 5, 5), Box(30, 5, 2, 2)]) == Box(-5, 0, 37, 25)
