"""Text as glyphs."""

import unicodedata

import pytest

from nunatak.drawing.face import Glyph
from nunatak.drawing.fonts import Run
from nunatak.drawing.pdf.document import A4, Document
from nunatak.drawing.pdf.letters import Letters, _pieces
from nunatak.drawing.scene import Text
from tests.drawing.pdf.pages import FONTS, difference, scene, text


@pytest.mark.parametrize("font", ["sans", "sans-semibold", "mono"])
@pytest.mark.parametrize("words", ["HAVA To. WAVE, yes...", "a  b", "fi ffi", "é à ẹ́", ""])
def test_a_line_is_as_wide_as_it_was_measured(font, words):
    assert Letters(FONTS).shown(font, words).width == pytest.approx(FONTS.width(words, font, 1))


def test_kerning_moves_glyphs_between_the_brackets():
    assert Letters(FONTS).shown("sans", "AV").pieces == "<0002>68.4<019c>"


def test_a_line_with_a_letter_that_the_font_lacks_is_not_whole():
    letters = Letters(FONTS)
    assert not letters.shown("sans", "漢").whole
    assert letters.shown("sans", "a").whole


@pytest.mark.parametrize("words", ["Ÿ Ω ℃ ≠ — “x”", "naïve", "e\u0301 a\u0323\u0301", "Привет", "x²"])
def test_all_letters_are_found_again(words):
    document = Document(FONTS, title="")
    document.page(*A4).text(20, 20, words, font="sans", size=12, fill="#000000")
    assert unicodedata.normalize("NFC", text(document.written())) == unicodedata.normalize("NFC", words)


@pytest.mark.parametrize("words", ["a\u0323\u0301x", "e\u0301\u0323", "AVATAR"])
def test_marks_and_kerns_stand_where_they_do_in_the_png(words):
    drawn = Text(x=10, y=40, text=words, font="sans", size=30, fill="#000000", width=FONTS.width(words, "sans", 30))
    assert difference(scene(drawn)) < 1.5


def test_a_mark_that_is_moved_back_and_the_next_one_keep_their_own_ways():
    moved = [Glyph(1, "a", 0.0, 0.0, 0.1, 0.0), Glyph(2, "b", 0.5, 0.5, -0.02, 0.0)]
    assert _pieces(moved).split() == ["-100<0001>100", "20<0002>-20"]


SCRIPTS = [
    ("thai", "คำสั่งซื้อ นี้"),
    ("devanagari", "ग्राहक प्रणाली"),
    ("arabic", "نظام إدارة"),
    ("hebrew", "נִקּוּד אב"),
    ("emoji", "👍🏽🇮🇸"),
]


@pytest.mark.parametrize(("font", "words"), SCRIPTS)
def test_scripts_stand_in_the_pdf_as_in_the_png(font, words):
    pytest.importorskip("manimgx_fonts")
    leftward = font in ("arabic", "hebrew")
    width = FONTS.advance(Run(font, words), 30)
    drawn = Text(x=10, y=40, text=words, font=font, size=30, fill="#000000", width=width, leftward=leftward)
    assert difference(scene(drawn)) < 1.5
    if not leftward:
        document = Document(FONTS, title="")
        document.page(*A4).text(20, 20, words, font="sans", size=12, fill="#000000")
        assert text(document.written()).replace(" ", "") == words.replace(" ", "")


def test_cubic_fonts_are_embedded_too():
    pytest.importorskip("manimgx_fonts_cjk")
    words = "注文管理の"
    drawn = Text(x=10, y=40, text=words, font="cjk-jp", size=30, fill="#000000", width=150)
    assert difference(scene(drawn)) < 1.5
    document = Document(FONTS, title="")
    document.page(*A4).text(20, 20, words, font="sans", size=12, fill="#000000")
    assert text(document.written()) == words


def test_leftward_words_stand_from_the_right():
    pytest.importorskip("manimgx_fonts")
    letters = Letters(FONTS)
    glyphs = letters.glyphs("hebrew", "אב גד", leftward=True)
    assert [glyph.text for glyph in glyphs] == ["ד", "ג", " ", "ב", "א"]
    shown = letters.shown("hebrew", "אב גד", leftward=True)
    assert shown.whole
    assert not shown.plain
