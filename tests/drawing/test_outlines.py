"""Texts as shapes: only where they must be, and where they were measured."""

import io

import pytest
from PIL import Image

from nunatak.drawing import bundled, outlines
from nunatak.drawing.bidi import starts_leftward
from nunatak.drawing.png import png
from nunatak.drawing.scene import Scene, Text

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


@pytest.mark.parametrize(
    "words", ["نظام إدارة الطلبات", "מערכת הזמנות", "ระบบจัดการคำสั่งซื้อ", "ग्राहक प्रणाली", "한글 서비스の注文"]
)
def test_what_is_drawn_is_as_wide_as_it_was_measured(words):
    pytest.importorskip("manimgx_fonts")
    pytest.importorskip("manimgx_fonts_cjk")
    found, x, drawn = bundled.fonts(), 10.0, list[Text]()
    for run in found.runs(words, "sans", leftward=starts_leftward(words)):
        width = found.advance(run, 40)
        drawn.append(
            Text(x=x, y=60, text=run.text, font=run.font, size=40, fill="#000000", width=width, leftward=run.leftward)
        )
        x += width
    paper = Scene(
        x=0, y=0, width=800, height=100, background="#ffffff", title="", description="", children=tuple(drawn)
    )
    image = Image.open(io.BytesIO(png(paper, found, scale=2))).convert("L")
    left, _, right, _ = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert left / 2 == pytest.approx(10, abs=4)  # glyphs have room at their sides
    assert right / 2 == pytest.approx(x, abs=4)
    assert x - 10 == pytest.approx(found.width(words, "sans", 40), rel=0.001)
