"""Things that no line reaches: a block of rows and columns."""

from __future__ import annotations

from nunatak.drawing.geometry import Box, Point
from nunatak.render.layout.lone import block


def test_things_stand_in_rows_and_columns_that_make_a_sheet() -> None:
    found = block({f"t{n}": Box(0, 0, 256, 128) for n in range(25)})
    assert (found.width, found.height) == (5 * 312 - 56, 5 * 184 - 56)
    assert found.corners["t0"] == Point(0, 0)
    assert found.corners["t6"] == Point(312, 184)


def test_the_largest_thing_tells_how_far_they_are_apart() -> None:
    found = block({"a": Box(0, 0, 256, 128), "b": Box(0, 0, 300, 160), "c": Box(0, 0, 256, 128)})
    places = sorted(found.corners.values())
    assert {b.x - a.x for a in places for b in places if b.x > a.x and b.y == a.y} == {356}
