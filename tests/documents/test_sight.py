"""The texts that a reader sees in words."""

from __future__ import annotations

from time import process_time

from nunatak.documents import sight
from nunatak.documents.page import Box, Word
from tests.documents.sheets import bubble, sheet, word


def texts(*words: Word) -> set[str]:
    page = sheet(*words)
    return {" ".join(words[index].text for index in seen.words) for seen in sight.seen(page, range(len(words)))}


def test_words_of_a_line_are_read_one_after_the_other() -> None:
    assert texts(word("HV", 10, 10), word("96190", 26, 10), word("01", 60, 10)) == {
        "HV", "96190", "01", "HV 96190", "96190 01", "HV 96190 01",
    }  # fmt: skip


def test_lines_of_a_bubble_are_read_downwards_and_never_upwards() -> None:
    assert texts(*bubble("PT", "92536", 100, 50)) == {"PT", "92536", "PT 92536"}


def test_letters_of_very_different_height_do_not_stand_in_one_bubble() -> None:
    assert "PT 92536" not in texts(word("PT", 100, 20, height=30), word("92536", 103, 53))


def test_words_read_in_other_directions_do_not_mix() -> None:
    assert texts(word("PT", 100, 50), word("1019", 94, 63, angle=90)) == {"PT", "1019"}


def test_letters_of_no_height_are_read_as_quickly_as_others() -> None:
    flat = [Word(text="PT-1019", box=Box(0.1, 0.1 + number / 50, 0.1001, 0.1 + number / 50)) for number in range(20)]
    began = process_time()
    assert texts(*flat) == {"PT-1019"}
    assert process_time() - began < 4
