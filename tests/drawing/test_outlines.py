"""Texts as shapes: only where they must be, and where they were measured."""

import pytest

from nunatak.drawing import bundled, outlines
from nunatak.drawing.scene import Text

FONTS = bundled.own()


def text(words: str, font: str = "sans") -> Text:
    return Text(x=10, y=20, text=words, font=font, size=20, fill="#000000", width=FONTS.width(words, font, 20))


@pytest.mark.parametrize(
    ("words", "font", "needed"),
    [("Größe", "sans", False), ("x\u0302", "sans", True), ("日\u0302", "fallback", False), ("plain", "sans", False)],
)
def test_only_letters_with_marks_of_their_own_are_drawn_as_shapes(words, font, needed):
    assert outlines.needed(text(words, font), words, FONTS) is needed


def test_a_shape_stands_where_the_text_does_and_is_as_wide():
    shown = text("HxH\u0302")
    points = [value for segment in outlines.segments(shown, "HxH\u0302", FONTS) for value in segment[1:]]
    across, down = points[::2], points[1::2]
    assert min(across) == pytest.approx(shown.x, abs=2.5)
    assert max(across) == pytest.approx(shown.x + shown.width, abs=2.5)
    assert max(down) == pytest.approx(shown.y, abs=0.5)
