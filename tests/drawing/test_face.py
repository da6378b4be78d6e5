"""What one font file gives: glyphs in the order in which they are seen, and files of some of them."""

import io
from importlib import resources

import pytest
from fontTools.ttLib import TTFont

from nunatak.drawing import bundled
from nunatak.drawing.face import Face

INTER = bundled.own().face("sans")


def test_glyphs_say_which_characters_they_stand_for():
    assert [glyph.text for glyph in INTER.glyphs("añ")] == ["a", "ñ"]
    assert sum(glyph.advance for glyph in INTER.glyphs("AVA")) == pytest.approx(INTER.shape("AVA"))


def test_leftward_glyphs_come_from_the_left():
    assert [glyph.text for glyph in INTER.glyphs("ab", leftward=True)] == ["b", "a"]


def test_what_is_outlined_is_asked_of_the_font_once():
    glyph = INTER.glyphs("o")[0].number
    assert INTER.outline(glyph) is INTER.outline(glyph)
    assert not INTER.cubic


def variable(name: str, weight: int) -> Face:
    folder = resources.files(pytest.importorskip("manimgx_fonts"))
    return Face((folder / name).read_bytes(), weight=weight)


def test_a_variable_font_is_taken_at_one_weight():
    light, bold = (variable("NotoSansHebrew[wght].ttf", weight) for weight in (400, 600))
    assert bold.shape("מערכת") > light.shape("מערכת")
    assert Face(bold.subset(frozenset("מערכת"))).shape("מערכת") == pytest.approx(bold.shape("מערכת"), abs=0.002)


def test_cubic_outlines_are_written_as_older_readers_know_them():
    folder = resources.files(pytest.importorskip("manimgx_fonts_cjk"))
    face = Face((folder / "NotoSansCJK-VF.otf.ttc").read_bytes(), index=0, weight=400)
    assert face.cubic
    assert "CFF " in TTFont(io.BytesIO(face.subset(frozenset("日本"))))
