"""What texts measure, which font draws them, and what goes into a file."""

import io
import unicodedata
from collections import Counter

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing import bundled
from nunatak.drawing.fonts import CHAINS, Face, Fonts

FONTS = bundled.own()


def runs(text, key, fonts=FONTS):
    return [(run.font, run.text) for run in fonts.runs(text, key)]


LETTERS = st.text(
    alphabet=st.sampled_from(sorted(Face(FONTS.subset("sans", frozenset("éßжΩ→…–"))).coverage)), max_size=60
)


def advances(file: bytes, text: str) -> float:
    face = Face(file)
    return face.shape(text)


@pytest.mark.parametrize("key", ["sans", "sans-semibold", "mono"])
@given(text=LETTERS)
def test_a_text_is_as_wide_as_its_letters_shaped_in_one_go(key, text):
    file = FONTS.subset(key, frozenset(text))
    if FONTS.covers(key, text):
        assert FONTS.width(text, key, 100) == pytest.approx(advances(file, text) * 100, abs=0.01)


def test_widths_are_those_of_inter_and_grow_with_the_size():
    assert FONTS.width("Internet Banking System", "sans", 16) == pytest.approx(184.40, abs=0.1)
    assert FONTS.width("Internet Banking System", "sans-semibold", 32) == pytest.approx(378.45, abs=0.1)
    assert FONTS.width("[Container: Java]", "mono", 10) == pytest.approx(17 * 6.0)
    assert FONTS.width("", "sans", 16) == 0


def test_letters_kern():
    assert FONTS.width("AV", "sans", 100) < FONTS.width("A", "sans", 100) + FONTS.width("V", "sans", 100) - 1


def test_a_text_of_one_font_is_one_run():
    assert runs("Größe → мир", "sans-semibold") == [("sans-semibold", "Größe → мир")]
    assert runs("", "sans") == []


def test_what_a_font_lacks_is_drawn_by_the_next_that_has_it():
    assert runs("a ꜰ b", "sans") == [("sans", "a "), ("fallback", "ꜰ"), ("sans", " b")]
    assert runs("x ₿ꜰ", "mono")[0] == ("mono", "x ₿")
    assert runs("a ╬ b", "sans-semibold") == [("sans-semibold", "a "), ("mono", "╬"), ("sans-semibold", " b")]


def test_what_no_font_has_stays_with_the_fallback_of_its_weight():
    assert runs("日本", "sans-semibold") == [("fallback-semibold", "日本")]
    assert runs("מ", "mono") == [("fallback", "מ")]


def test_joined_characters_are_never_parted():
    family = "👩\u200d👩\u200d👧"
    assert runs(f"a{family}b", "sans") == [("sans", "a"), ("fallback", family), ("sans", "b")]


@pytest.mark.parametrize(
    ("text", "ems"),
    [("日本語", 3), ("😀", 1), ("👩\u200d👩\u200d👧", 1), ("👍🏽", 1), ("🇮🇸", 1), ("مرحبا", 3), ("☃\ufe0f日", 2)],
)
def test_what_no_font_has_is_given_a_sane_width(text, ems):
    assert FONTS.width(text, "sans", 10) == pytest.approx(ems * 10)


@given(text=st.text(max_size=40), key=st.sampled_from(sorted(CHAINS)))
def test_runs_lose_nothing_but_marks_that_their_font_lacks_and_their_widths_add_up(text, key):
    found = FONTS.runs(text, key)
    lost = Counter(text)
    lost.subtract("".join(run.text for run in found))
    assert all(
        count >= 0 and (count == 0 or unicodedata.category(c) in ("Mn", "Mc", "Me", "Cf", "Lo", "Sk"))
        for c, count in lost.items()
    )
    assert sum(FONTS.width(run.text, run.font, 20) for run in found) == pytest.approx(FONTS.width(text, key, 20))


def test_a_font_that_is_missing_is_stood_in_for():
    only = Fonts({"sans": FONTS.subset("sans", frozenset())})
    assert runs("Ab 日", "sans-semibold", only) == [("sans", "Ab 日")]
    assert only.width("Ab", "mono", 10) == pytest.approx(only.width("Ab", "sans", 10))
    assert only.ascent("fallback", 10) == pytest.approx(9.69, abs=0.01)


def test_lines_have_inters_height():
    assert FONTS.ascent("sans", 100) == pytest.approx(96.875)
    assert FONTS.descent("sans", 100) == pytest.approx(24.12, abs=0.01)


def test_a_subset_holds_the_letters_asked_for_and_ascii_only():
    found = set(TTFont(io.BytesIO(FONTS.subset("sans", frozenset("éж日")))).getBestCmap())
    assert found == set(range(32, 127)) | {ord("é"), ord("ж")}
    assert FONTS.subset("sans", frozenset("ab")) is FONTS.subset("sans", frozenset("xyz"))


def test_an_embedded_font_is_a_woff2_address_made_once():
    made = FONTS.embedded("sans", frozenset("é"))
    assert made.startswith("data:font/woff2;base64,d09GMgABAAAA")
    assert FONTS.embedded("sans", frozenset("éa")) is made


def test_no_font_forms_ligatures_or_contextual_shapes():
    for key in FONTS.keys:
        face = hb.Face(hb.Blob(FONTS.subset(key, frozenset())))
        assert not {"calt", "liga", "clig", "dlig"} & set(face.get_language_feature_tags("GSUB"))


def test_glyphs_stand_for_the_letters_of_a_text():
    face = FONTS.face("sans")
    glyphs = face.glyphs("AV漢")
    assert [glyph.text for glyph in glyphs] == ["A", "V", "漢"]
    assert [glyph.number == 0 for glyph in glyphs] == [False, False, True]
    assert glyphs[0].advance < glyphs[0].usual  # kerned
    assert sum(glyph.advance for glyph in glyphs[:2]) == pytest.approx(face.shape("AV"), abs=1e-3)


def test_a_mark_stands_for_nothing_when_its_letter_stands_for_both():
    assert [glyph.text for glyph in FONTS.face("sans").glyphs("x\u0331")] == ["x\u0331", ""]


def test_outlines_keep_the_numbers_of_their_glyphs():
    face = FONTS.face("sans")
    (glyph,) = face.glyphs("H")
    part = Face(face.outlines(frozenset({0, glyph.number})))
    assert part.outline(glyph.number) == face.outline(glyph.number) != ()
    assert part.outline(glyph.number + 1) == ()


def test_a_font_knows_the_first_character_of_each_glyph():
    face = FONTS.face("sans")
    (space,) = face.glyphs(" ")
    assert face.characters[space.number] == " "
