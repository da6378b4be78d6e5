"""Outlines keep to the boxes they are made for."""

from __future__ import annotations

import pytest

from nunatak.drawing.geometry import Box, Point
from nunatak.drawing.scene import Paint, Path
from nunatak.render import shapes

PAINT = Paint(fill="#000000")


def _numbers(path: Path) -> list[tuple[float, float]]:
    flat = [number for segment in path.segments for number in segment[1:] if not isinstance(number, str)]
    return list(zip(flat[::2], flat[1::2], strict=True))


def test_a_cylinder_fills_its_box_and_its_lid_is_17_units_high() -> None:
    body, lid = shapes.cylinder(Box(0, 0, 256, 128), PAINT, PAINT)
    xs, ys = zip(*_numbers(body), strict=True)
    assert (min(xs), max(xs), min(ys), max(ys)) == (0, 256, 0, 128)
    assert max(y for _, y in _numbers(lid)) == 17


def test_an_arrow_has_its_tip_on_the_border_and_its_base_behind() -> None:
    head = shapes.arrow(Point(100, 50), Point(1, 0), 12, 10, "#000000")
    assert _numbers(head) == [(100, 50), (88, 55), (88, 45)]


def test_a_rectangles_radius_is_at_most_half_of_it() -> None:
    assert shapes.rect(Box(0, 0, 10, 4), 8, PAINT).radius == 2


def test_a_hatch_has_strokes_inside_the_left_edge() -> None:
    numbers = _numbers(shapes.hatch(Box(0, 0, 256, 128), "#000000"))
    assert len(numbers) > 20
    assert all(1 <= x <= 7 and 8 <= y <= 120 for x, y in numbers)


def test_a_giants_hatch_has_no_more_strokes_than_can_be_seen() -> None:
    assert len(_numbers(shapes.hatch(Box(0, 0, 100, 1_000_000), "#000000"))) < 200


def test_signs_stay_within_their_tiles() -> None:
    head, shoulders = shapes.person(Box(0, 0, 56, 56), "#000000")
    assert isinstance(shoulders, Path)
    assert all(8 < x < 48 and 8 < y < 48 for x, y in _numbers(shoulders))
    assert head.paint.fill == "#000000"
    assert max(part.x + part.width for part in shapes.plug(244, 12, "#000000")) == 244


@pytest.mark.parametrize("number", [1.005, 2.34567, 1e6 / 3])
def test_numbers_have_two_decimals(number: float) -> None:
    drawn = shapes.path(PAINT, ("M", number, number))
    assert drawn.segments[0][1] == round(number, 2)
