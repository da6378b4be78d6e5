"""Text as glyphs."""

import unicodedata

import pytest

from nunatak.drawing.pdf.document import A4, Document
from nunatak.drawing.pdf.letters import Letters
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
