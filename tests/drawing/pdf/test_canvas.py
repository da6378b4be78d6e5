"""Scenes on a page."""

import pytest

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.pdf.document import pdf
from nunatak.drawing.scene import Ellipse, Group, Icon, Paint, Rect, Text
from tests.drawing.pdf.pages import FONTS, difference, pixels, scene, text

RED = Paint(fill="#ff0000")


def words(given, **values):
    font = values.setdefault("font", "sans")
    width = FONTS.width(given, font, 20)
    return Text(**{"x": 10, "y": 40, "text": given, "size": 20, "fill": "#000000", "width": width, **values})


def test_a_group_fades_as_a_whole():
    two = (Rect(x=0, y=0, width=60, height=60, paint=RED), Rect(x=30, y=0, width=60, height=60, paint=RED))
    row = pixels(scene(Group(children=two, opacity=0.5)))[60]
    assert tuple(row[40].round()) == tuple(row[90].round()) == pytest.approx((255, 127, 127), abs=1)


def test_a_group_in_a_faded_group_fades_twice():
    inner = Group(children=(Rect(x=0, y=0, width=60, height=60, paint=RED),), opacity=0.5)
    assert tuple(pixels(scene(Group(children=(inner,), opacity=0.5)))[60][40].round()) == pytest.approx(
        (255, 191, 191), abs=1
    )


def test_an_ellipse_is_round():
    assert difference(scene(Ellipse(cx=50, cy=30, rx=40, ry=20, paint=RED))) < 0.3


def test_a_halo_hides_what_is_behind_the_letters_and_is_no_text():
    behind = Rect(x=0, y=0, width=200, height=60, paint=RED)
    drawn = scene(behind, words("Halo AV é", halo="#ffffff", halo_width=6))
    assert difference(drawn) < 1.5
    assert text(pdf(drawn, FONTS)) == "Halo AV é"


def test_struck_words_have_a_line_through_them():
    assert difference(scene(words("Removed", strike=True))) < 1.0


def test_letters_that_no_font_has_keep_their_place_and_their_text():
    drawn = scene(words("漢字", font="fallback", width=40))
    assert text(pdf(drawn, FONTS)) == "漢字"
    ink = (pixels(drawn)[:, :, 0] < 128).any(axis=0).nonzero()[0]
    assert 20 < ink[0] < 28
    assert 90 < ink[-1] < 101  # 10 units in and 40 wide, at two pixels a unit


def test_controls_and_turned_directions_never_reach_the_page():
    assert text(pdf(scene(words("a\u202eb\x07(c) \\")), FONTS)) == "ab(c) \\"


def test_a_clear_scene_has_no_background():
    assert b" re f" not in _plain(pdf(scene(background=None), FONTS))


def _plain(data):
    import re
    import zlib

    return b"".join(zlib.decompress(found) for found in re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL))


def test_an_icon_that_the_scene_lacks_is_refused():
    with pytest.raises(DrawingFailed, match="no icon 'x'"):
        pdf(scene(Icon(x=0, y=0, size=24, icon="x")), FONTS)


def test_groups_too_deep_are_refused():
    nested = Group(children=())
    for _ in range(101):
        nested = Group(children=(nested,))
    with pytest.raises(DrawingFailed, match="100 deep"):
        pdf(scene(nested), FONTS)
