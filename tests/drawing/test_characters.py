"""What may not pass into a drawing."""

from time import process_time
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.characters import clean, clusters, joins


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


@given(st.text(st.sampled_from("a\u0301\u200d👩🏽\U0001f1e9\U0001f1eaกำ漢"), max_size=12))
def test_clusters_end_where_nothing_joins(text):
    found = clusters(text)
    starts = [sum(map(len, found[:number])) for number in range(len(found))]
    assert "".join(found) == text
    assert starts == [place for place in range(len(text)) if not place or not joins(text, place)]


def test_many_flags_take_no_longer_than_other_signs():
    began = process_time()
    assert len(clusters("\U0001f1e9" * 100_000)) == 50_000
    assert process_time() - began < 15
