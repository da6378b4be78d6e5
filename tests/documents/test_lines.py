"""Characters to words."""

from __future__ import annotations

from time import process_time

import pytest

from nunatak.documents.lines import Glyph, upright, words


def row(text: str, x: float, y: float, *, step: float = 6) -> list[Glyph]:
    """Letters 5 wide and 7 high in lines 10 high."""
    return [
        Glyph(letter, (x + place * step, y - 7, x + place * step + 5, y), (x + place * step, y), 0, 10)
        for place, letter in enumerate(text)
    ]


def test_letters_close_to_each_other_are_a_word_and_far_ones_are_not() -> None:
    assert [word.text for word in words(row("PT", 10, 50) + row("1019", 40, 50), 100, 100)] == ["PT", "1019"]
    assert [word.text for word in words(row("PT", 10, 50) + row("1019", 23, 50), 100, 100)] == ["PT1019"]


def test_white_space_parts_letters_that_are_close() -> None:
    letters = row("PT", 10, 50)
    after = row("1", 23.5, 50)[0]._replace(spaced=True)
    assert [word.text for word in words([*letters, after], 100, 100)] == ["PT", "1"]


def test_words_outside_of_the_page_are_left_out_and_those_on_its_edge_are_cut() -> None:
    found = words(row("OUT", 200, 50) + row("EDGE", -3, 50), 100, 100)
    assert [(word.text, word.box.left) for word in found] == [("EDGE", 0)]


@pytest.mark.parametrize(("told", "meant"), [(1.2, 0), (359.5, 0), (88.9, 90), (33.33, 33.3), (-90, 270)])
def test_nearly_right_angles_are_right(told: float, meant: float) -> None:
    assert upright(told) == meant


def test_one_huge_letter_makes_the_others_no_slower_to_join() -> None:
    small = [glyph for line in range(60) for glyph in row("PT 1019 " * 8, 10, 50 + 12 * line)]
    huge = Glyph("W", (0, 0, 600, 600), (0, 600), 0, 600)
    times = []
    for glyphs in (small, [*small, huge]):
        began = process_time()
        found = words(glyphs, 1000, 1000)
        times.append(process_time() - began)
    assert len(found) == len(words(small, 1000, 1000)) + 1
    assert times[1] < 8 * times[0]
