"""What a scene becomes as pixels."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nunatak.drawing.bundled import fonts
from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.png import MAX_PIXELS, MAX_SIDE, png, scale_for
from nunatak.drawing.scene import Icon, Paint, Path, Rect, Scene, Text

FONTS = fonts()


def scene(*children, width=400, height=60, background="#ffffff", icons=None):
    return Scene(
        x=0,
        y=0,
        width=width,
        height=height,
        background=background,
        title="",
        description="",
        icons=icons or {},
        children=children,
    )


def pixels(drawn, scale=4.0):
    return np.asarray(Image.open(io.BytesIO(png(drawn, FONTS, scale=scale))).convert("RGBA"))


def ink(words, font, **values):
    """The first and last column with ink of a text at 20, in units; 4 pixels a unit."""
    size = values.pop("size", 20)
    drawn = Text(
        x=20, y=40, text=words, font=font, size=size, fill="#000000", width=FONTS.width(words, font, size), **values
    )
    columns = np.flatnonzero((pixels(scene(drawn))[:, :, 0] < 128).any(axis=0))
    return columns[0] / 4 - 20, (columns[-1] + 1) / 4 - 20


@pytest.mark.parametrize("font", ["sans", "sans-semibold", "mono"])
@pytest.mark.parametrize(
    "words", ["HAVA To. WAVE, yes... H", "H Zażółć Ωμέγα мир H", "H -> 1:2 != x fi ffi H", "H   H"]
)
def test_a_text_is_drawn_as_wide_as_it_was_measured(font, words):
    left, right = ink("H", font)
    assert ink(words, font) == pytest.approx(
        (left, FONTS.width(words, font, 20) - FONTS.width("H", font, 20) + right), abs=0.3
    )


@pytest.mark.parametrize(("font", "weight"), [("fallback", "fallback-semibold"), ("sans", "sans-semibold")])
def test_semibold_is_drawn_with_more_ink(font, weight):
    words = "ꜰꜱ" if font == "fallback" else "Shop"
    regular, bold = (
        255
        - pixels(scene(Text(x=9, y=40, text=words, font=key, size=20, fill="#000000", width=50)))[:, :, 0].astype(int)
        for key in (font, weight)
    )
    assert bold.sum() > 1.15 * regular.sum() > 0


def test_text_that_no_font_has_still_keeps_its_width_and_leaves_a_sign():
    left, right = ink("漢字漢字", "fallback")
    assert 0 <= left < 6
    assert 70 < right <= 81


def test_shapes_have_their_colours_and_places():
    image = pixels(
        scene(
            Rect(x=10, y=10, width=20, height=20, paint=Paint(fill="#ff0000")),
            Path(segments=(("M", 100, 30), ("L", 200, 30)), paint=Paint(stroke="#0000ff", stroke_width=4)),
            Icon(x=300, y=10, size=24, icon="disk"),
            icons={"disk": '<rect width="24" height="24" fill="#00ff00"/>'},
        ),
        scale=2.0,
    )
    assert image.shape == (120, 800, 4)
    assert [image[40, column, :3].tolist() for column in (20, 40, 59)] == [[255, 0, 0]] * 3
    assert image[60, 300, :3].tolist() == [0, 0, 255]
    assert image[40, 624, :3].tolist() == [0, 255, 0]
    assert image[100, 700].tolist() == [255, 255, 255, 255]


def test_a_halo_hides_the_line_behind_and_leaves_the_letters():
    line = Path(segments=(("M", 0, 34), ("L", 400, 34)), paint=Paint(stroke="#ff0000", stroke_width=1))
    words = Text(x=20, y=40, text="HH", font="sans", size=20, fill="#000000", width=30, halo="#ffffff", halo_width=6)
    row = pixels(scene(line, words))[34 * 4]
    assert row[18 * 4, :3].tolist() == [255, 0, 0]
    assert row[20 * 4, :3].tolist() == [255, 255, 255]
    assert (row[20 * 4 : 40 * 4, 0] < 30).sum() >= 8
    assert not (row[20 * 4 : 45 * 4, 0].astype(int) - row[20 * 4 : 45 * 4, 1] > 100).any()


def test_a_clear_canvas_is_transparent_and_an_opaque_one_reaches_every_edge():
    assert pixels(scene(background=None))[:, :, 3].max() == 0
    assert pixels(scene(width=333.3, height=77.7), scale=1.37)[:, :, 3].min() == 255


@pytest.mark.parametrize(
    ("width", "height", "max_width", "scale"),
    [
        (800, 600, None, 2),
        (2000, 1000, None, 2),
        (2000, 2000, None, 1.25),
        (3000, 2000, None, 1),
        (10_000, 3000, None, 1),
        (800, 600, 400, 0.5),
        (800, 600, 1200, 1.5),
        (800, 600, 10_240, 2),
    ],
)
def test_the_scale_is_two_unless_the_picture_is_large_or_a_width_is_asked_for(width, height, max_width, scale):
    assert scale_for(width, height, max_width) == (scale, None)


def test_a_picture_beyond_the_limits_is_scaled_down_and_says_so():
    scale, warning = scale_for(32_000, 1000)
    assert scale == 0.5
    assert warning.startswith(
        "The picture is 32,000 x 1,000 units; its PNG is scaled to 50% to stay under 16,000 pixels"
    )
    assert scale_for(12_000, 16_000)[0] == 0.5


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.none() | st.integers(100, 10_240))
def test_no_scale_passes_a_limit(width, height, max_width):
    scale, warning = scale_for(width, height, max_width)
    assert 0 < scale <= 2
    assert max(width, height) * scale <= MAX_SIDE * 1.000001
    assert width * height * scale * scale <= MAX_PIXELS * 1.000001
    assert max_width is None or width * scale <= max_width * 1.000001
    assert warning is None or scale < 1


@pytest.mark.parametrize("max_width", [99, 10_241, 0, -5])
def test_a_width_outside_its_bounds_is_refused(max_width):
    with pytest.raises(DrawingFailed, match="from 100 to 10240"):
        scale_for(800, 600, max_width)


def test_too_many_pixels_are_refused_in_words():
    with pytest.raises(DrawingFailed, match="more than one PNG may have"):
        png(scene(width=20_000, height=10_000), FONTS, scale=1.0)


def test_the_rasterizer_s_panic_is_a_failure_in_words():
    from resvg import usvg

    from nunatak.drawing.png import rasterized

    with pytest.raises(DrawingFailed, match="the rasterizer gave up"):
        rasterized("<svg", usvg.Options.default())
