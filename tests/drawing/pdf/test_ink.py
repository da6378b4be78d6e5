"""Content streams."""

import pytest

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.pdf.ink import Ink, path_of
from nunatak.drawing.scene import Paint, Path, Rect
from tests.drawing.pdf.pages import difference, pixels, scene

LINE = (("M", 10, 30), ("L", 190, 30))


def test_what_holds_already_is_not_said_again():
    ink = Ink({})
    for _ in range(2):
        ink.shape(LINE, Paint(stroke="#ff0000", stroke_width=2))
    assert ink.data.count(b"1 0 0 RG") == ink.data.count(b"2 w") == 1
    assert ink.data.count(b"\nS") == 2


def test_what_was_said_inside_is_said_again_outside():
    ink = Ink({})
    ink.fill("#000000")
    ink.keep()
    ink.fill("#ffffff")
    ink.restore()
    ink.fill("#ffffff")
    assert ink.data.count(b"1 1 1 rg") == 2


def test_states_are_shared_by_what_they_say():
    states = {}
    Ink(states).fill("#000000", 0.5)
    Ink(states).fill("#ffffff", 0.5)
    assert states == {"/ca 0.5": "g0"}


def test_a_shape_without_paint_leaves_nothing():
    ink = Ink({})
    ink.shape(LINE, Paint())
    assert ink.data == b""


def test_a_quadratic_curve_becomes_a_cubic_one():
    assert path_of([("M", 0, 0), ("Q", 3, 0, 3, 3)]) == "0 0 m\n2 0 3 1 3 3 c"


@pytest.mark.parametrize(
    "segments", [[("L", 1, 1)], [("M", 1)], [("X", 1, 1)], [("M", 0, 0), ("L", float("nan"), 0)], [("M", 1e12, 0)]]
)
def test_a_path_of_another_form_is_refused(segments):
    with pytest.raises(DrawingFailed):
        path_of(segments)


def test_a_colour_of_another_form_is_refused():
    with pytest.raises(DrawingFailed):
        Ink({}).fill("red")


@pytest.mark.parametrize(
    "paint",
    [
        Paint(stroke="#204060", stroke_width=3, dash=(6.0, 4.0)),
        Paint(stroke="#204060", stroke_width=9, round=True),
        Paint(stroke="#204060", stroke_width=5, stroke_opacity=0.4),
    ],
)
def test_lines_look_as_in_the_png(paint):
    assert difference(scene(Path(segments=LINE, paint=paint))) < 0.5


def test_a_clear_stroke_lets_its_own_fill_shine_through():
    paint = Paint(fill="#ff0000", stroke="#0000ff", stroke_width=20, stroke_opacity=0.5)
    drawn = scene(Rect(x=20, y=20, width=100, height=30, paint=paint))
    assert difference(drawn) < 0.5
    assert tuple(pixels(drawn)[2 * 25, 2 * 60].round()) == pytest.approx((127, 0, 127), abs=2)
