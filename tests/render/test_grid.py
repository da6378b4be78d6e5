"""The grid finds what a search through all boxes finds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from nunatak.drawing.geometry import Box
from nunatak.render.grid import Grid

_numbers = st.floats(-2000, 2000)
_boxes = st.builds(Box, _numbers, _numbers, st.floats(1, 900), st.floats(1, 900)) | st.builds(
    Box, _numbers, _numbers, st.floats(1, 9), st.floats(1_000, 90_000)
)


@given(st.lists(_boxes, max_size=20), _boxes)
@example([Box(0, 0, 1, 65536), *[Box(-1, 0, 1, 21760)] * 3], Box(-0.5, 0, 1, 21760))
def test_it_finds_just_the_boxes_that_overlap(boxes: list[Box], asked: Box) -> None:
    grid = Grid()
    for number, box in enumerate(boxes):
        grid.put(number, box)
    expected = {number for number, box in enumerate(boxes) if box.overlaps(asked)}
    assert grid.numbers(asked) == expected
    assert grid.touched(asked) is bool(expected)
    assert {number for number, _ in grid.near(asked)} == expected


def test_boxes_that_share_a_border_do_not_overlap() -> None:
    grid = Grid()
    grid.put(1, Box(0, 0, 10, 10))
    assert not grid.touched(Box(10, 0, 10, 10))
    assert grid.touched(Box(9.9, 0, 10, 10))


def test_a_heap_of_boxes_answers_with_a_few_hundred() -> None:
    grid = Grid()
    for number in range(1000):
        grid.put(number, Box(0, 0, 10, 10))
    assert 100 < len(grid.near(Box(0, 0, 5, 5))) < 1000
