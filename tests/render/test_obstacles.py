"""Obstacles are found by place, and areas by who is in them."""

from __future__ import annotations

from nunatak.drawing.geometry import Box, Point
from nunatak.render.course import Course
from nunatak.render.obstacles import Obstacles
from tests.render.pictures import line, measured, thing

PICTURE = measured(
    thing("s", type="system", shape="area"),
    thing("a", 48, 56, parent_ids=["m-s"]),
    thing("b", 448, 56, parent_ids=["m-s"]),
    thing("c", 1000, 56),
    line("a", "b"),
    line("a", "c"),
)
INNER, OUTER = (wire.joined for wire in PICTURE.wires)


def test_a_course_strays_that_leaves_the_area_of_both_ends() -> None:
    obstacles = Obstacles(PICTURE)
    over = Course([(Point(176, 56), Point(176, -40)), (Point(176, -40), Point(576, -40))])
    assert obstacles.strays(INNER, over)
    assert not obstacles.strays(OUTER, over)
    assert not obstacles.strays(INNER, Course([(Point(304, 120), Point(448, 120))]))


def test_the_things_that_a_line_joins_are_not_in_its_way() -> None:
    obstacles = Obstacles(PICTURE)
    everywhere = Box(0, 0, 2000, 500)
    assert [box.x for box in obstacles.foreign(INNER, everywhere)] == [1000]
    assert [box.x for box in obstacles.foreign(OUTER, everywhere)] == [448]


def test_the_depth_is_that_of_the_innermost_area() -> None:
    assert Obstacles(PICTURE).depth(Point(400, 100)) == 0
    assert Obstacles(PICTURE).depth(Point(900, 100)) is None
