"""Where elements are moved to."""

import pytest

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.pdf.matrices import SAME, moved, multiplied, transform


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", (1, 2)),
        ("translate(3)", (4, 2)),
        ("translate(3,4)", (4, 6)),
        ("scale(2)", (2, 4)),
        ("scale(2 3)", (2, 6)),
        ("rotate(90)", (-2, 1)),
        ("rotate(90 1 1)", (0, 1)),
        ("skewX(45)", (3, 2)),
        ("skewY(45)", (1, 3)),
        ("matrix(1 2 3 4 5 6)", (12, 16)),
        ("translate(10) scale(2)", (12, 4)),
    ],
)
def test_a_transform_moves_a_point(text, place):
    assert moved(("L", 1, 2), transform(text)) == ("L", *map(pytest.approx, place))


def test_a_function_without_its_numbers_is_refused():
    with pytest.raises(DrawingFailed, match="rotate has 2 numbers"):
        transform("rotate(1 2)")


def test_matrices_are_done_one_after_the_other():
    assert multiplied(transform("scale(2)"), transform("translate(1)")) == (2, 0, 0, 2, 1, 0)
    assert multiplied(SAME, SAME) == SAME
