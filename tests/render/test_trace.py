"""Curves leave and meet their borders at right angles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.geometry import Point
from nunatak.render.anchor import OUTWARD, Port
from nunatak.render.trace import along_a_border, curved, loop, straight

_ports = st.builds(
    Port, st.builds(Point, st.integers(-900, 900), st.integers(-900, 900)), st.sampled_from(list(OUTWARD.values()))
)


@given(_ports, _ports)
def test_a_curves_controls_stand_straight_out_of_both_borders(start: Port, end: Port) -> None:
    ((a, out, into, b),) = curved(start, end).pieces
    for point, control, direction in ((a, out, start.direction), (b, into, end.direction)):
        along = (control.x - point.x) * direction.x + (control.y - point.y) * direction.y
        aside = (control.x - point.x) * direction.y - (control.y - point.y) * direction.x
        assert along > 0 or start.point == end.point
        assert aside == pytest.approx(0)


def test_between_facing_borders_the_controls_meet_halfway() -> None:
    start, end = Port(Point(0, 0), Point(1, 0)), Port(Point(100, 40), Point(-1, 0))
    ((_, out, into, _),) = curved(start, end).pieces
    assert (out, into) == ((50, 0), (50, 40))


def test_a_bow_stays_on_its_side_of_both_things() -> None:
    start, end = Port(Point(0, 0), Point(0, -1)), Port(Point(600, 0), Point(0, -1))
    box = curved(start, end).box
    assert box.bottom == 0
    assert -170 < box.y < -100


def test_a_straight_course_is_the_shortest() -> None:
    course = straight(Port(Point(0, 0), Point(1, 0)), Port(Point(30, 40), Point(0, 1)))
    assert course.length == 50


def test_a_loop_runs_outside_the_corner_of_its_thing() -> None:
    course = loop(Port(Point(256, 64), Point(1, 0)), Port(Point(128, 128), Point(0, 1)))
    assert (course.box.right, course.box.bottom) == (292, 164)
    assert not any(point.x < 255 and point.y < 127 for point in course.points)


def test_a_straight_line_that_leaves_a_port_sideways_or_backwards_runs_along_its_border() -> None:
    top, other = Port(Point(128, 0), Point(0, -1)), Port(Point(512, 0), Point(0, -1))
    assert along_a_border(top, other)
    assert not along_a_border(Port(Point(256, 64), Point(1, 0)), Port(Point(384, 64), Point(-1, 0)))
