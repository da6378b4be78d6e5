"""What may not pass into a drawing."""

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.characters import clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain & <simple>", "plain & <simple>"),
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("a\tb\nc\r\nd\u2028e\x85f", "a b c  d e f"),
        ("evil\u202egnp.exe\u2066x\u2069", "evilgnp.exex"),
        ("half \ud83d\udc4d here", "half  here"),
        ("\ufeffx\ufffe\uffff\U0001ffff", "x"),
        ("e\u0301", "é"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_only_harmless_characters_stay(text, cleaned):
    assert clean(text) == cleaned


@given(st.text(alphabet=st.characters(), max_size=200))
def test_what_is_left_can_stand_in_xml_and_cleaning_again_changes_nothing(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned = cleaned.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    expat.ParserCreate().Parse(f"<a>{cleaned}</a>".encode(), True)


def test_a_tower_of_marks_is_cut_down_to_four() -> None:
    assert clean("a" + "\u0316" * 500 + "b") == "a" + "\u0316" * 4 + "b"
