"""Courses are measured, split and written piece by piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.geometry import Box, Point
from nunatak.render.course import Course, bent, curve, segments

_points = st.builds(Point, st.integers(-500, 500), st.integers(-500, 500))


def test_a_bent_course_has_rounded_corners() -> None:
    course = bent([Point(0, 0), Point(100, 0), Point(100, 50)], 8)
    assert segments([course]) == (
        ("M", 0, 0),
        ("L", 92, 0),
        ("Q", 100, 0, 100, 8),
        ("L", 100, 50),
    )


def test_corners_of_short_pieces_take_half_of_them() -> None:
    course = bent([Point(0, 0), Point(10, 0), Point(10, 6)], 8)
    assert segments([course])[2] == ("Q", 10, 0, 10, 3)


def test_a_course_of_one_place_has_no_length_and_no_error() -> None:
    course = bent([Point(3, 4), Point(3, 4)], 8)
    assert course.length == 0
    assert course.at(5) == (3, 4)
    assert course.split(0)[0].length == 0


def test_places_are_told_by_their_distance_from_the_start() -> None:
    course = Course([(Point(0, 0), Point(100, 0)), (Point(100, 0), Point(100, 100))])
    assert course.length == 200
    assert course.at(150) == (100, 50)
    assert course.at(-5) == (0, 0)
    assert course.at(500) == (100, 100)
    assert course.direction(150) == (0, 1)


@given(_points, _points, _points, _points, st.floats(0, 1))
def test_the_parts_of_a_split_curve_make_up_the_whole(a: Point, b: Point, c: Point, d: Point, share: float) -> None:
    course = curve(a, b, c, d)
    before, behind = course.split(course.length * share)
    assert before.pieces[0][0] == a
    assert behind.pieces[-1][-1] == d
    assert before.pieces[-1][-1] == pytest.approx(behind.pieces[0][0])
    assert before.length + behind.length == pytest.approx(course.length, rel=0.05, abs=1)


def test_the_longest_run_is_the_middle_of_the_longest_straight_piece() -> None:
    loop = bent([Point(0, 0), Point(36, 0), Point(36, 100), Point(-100, 100), Point(-100, 60)], 20)
    assert loop.at(loop.longest_run).y == 100
    assert abs(loop.at(loop.longest_run).x + 32) < 0.01


def test_a_course_crosses_the_boxes_that_it_runs_through_and_no_others_near_it() -> None:
    bow = curve(Point(0, 0), Point(0, 200), Point(400, 200), Point(400, 0))
    assert bow.crosses(Box(150, 100, 100, 100))
    assert not bow.crosses(Box(150, 0, 100, 100))
    assert not Course([(Point(0, 0), Point(400, 0))]).crosses(Box(100, 0, 50, 50))
