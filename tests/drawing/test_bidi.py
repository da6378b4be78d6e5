"""In which order the parts of a line stand; expected orders are those of the Unicode algorithm's examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.bidi import MARK, Part, parts, shown_leftward, starts_leftward

LETTERS = st.text(alphabet="ab אבג عرب 12 ٣٤ ()[] .,-+%/ \u0301", max_size=30)


def seen(text: str, *, leftward: bool) -> str:
    """The characters from the left to the right."""
    return "".join(part.text[::-1] if part.leftward else part.text for part in parts(text, leftward=leftward))


@pytest.mark.parametrize(
    ("text", "leftward", "order"),
    [
        ("abc", False, "abc"),
        ("אבג", True, "גבא"),
        ("ab אבג cd", False, "ab גבא cd"),
        ("ab אבג cd", True, "cd גבא ab"),
        ("אבג 123", True, "123 גבא"),
        ("אב 12-34", True, "12-34 בא"),
        ("عر 12/34", True, "12/34 رع"),
        ("אב 45%", True, "45% בא"),
        ("abc (אב) d", False, "abc (בא) d"),
        ("אב (API v2) גד", True, "דג )API v2( בא"),
        ("אבג!", True, "!גבא"),
        ("אבג!", False, "גבא!"),
        ("a [א] b", False, "a [א] b"),
    ],
)
def test_parts_stand_in_the_order_of_the_unicode_algorithm(text, leftward, order):
    assert seen(text, leftward=leftward) == order


def test_a_paragraph_begins_where_its_first_letter_does():
    assert starts_leftward("(12) מערכת API")
    assert not starts_leftward("API מערכת")
    assert not starts_leftward("12 – 14")


def test_text_without_leftward_letters_is_one_part():
    assert parts("Größe → 日本", leftward=False) == [Part("Größe → 日本", False)]
    assert parts("", leftward=True) == []


@given(text=LETTERS, leftward=st.booleans())
def test_no_character_is_lost_or_added(text, leftward):
    assert sorted(seen(text, leftward=leftward)) == sorted(text)


@given(text=LETTERS, leftward=st.booleans())
def test_digits_are_never_turned_round(text, leftward):
    for part in parts(text, leftward=leftward):
        assert not (part.leftward and any(character.isdigit() for character in part.text))


def test_a_leftward_part_alone_keeps_its_signs_at_its_left_end():
    assert shown_leftward("אב") == "אב"
    assert shown_leftward("(אב!") == f"{MARK}(אב!{MARK}"
