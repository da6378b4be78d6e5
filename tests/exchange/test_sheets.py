"""Running text on pages."""

from __future__ import annotations

from time import process_time

from nunatak.drawing.bundled import fonts
from nunatak.exchange.sheets import BODY, MARGIN, Cell, Column, Sheets, contents_room
from tests.drawing.pdf.pages import text

FONTS = fonts()


def sheets() -> Sheets:
    made = Sheets(FONTS, title="T", subject="", wide=False)
    made.turn()
    return made


def test_lines_are_no_wider_than_the_page_and_no_word_is_lost() -> None:
    made = sheets()
    words = " ".join(f"word{number}" for number in range(200)) + " " + "x" * 400
    lines = made._wrapped(words, BODY, made.width)
    assert all(FONTS.width(line, BODY.font, BODY.size) <= made.width for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_text_without_spaces_is_broken_between_characters_and_as_quickly() -> None:
    made, began = sheets(), process_time()
    lines = made._wrapped("漢字e\u0301" * 4_000, BODY, made.width)
    assert process_time() - began < 15
    assert all(FONTS.width(line, BODY.font, BODY.size) <= made.width for line in lines)
    assert {line[0] for line in lines} <= set("漢字é")


def test_line_breaks_stay_and_empty_ends_go() -> None:
    assert sheets()._wrapped("a\n\nb\n\n", BODY, 100) == ("a", "", "b")


def test_code_keeps_its_indentation() -> None:
    assert sheets()._wrapped("if x:\n    y\n    " + "w" * 30, BODY, 100)[:2] == ("if x:", "    y")


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    made = sheets()
    made.paragraph("\n".join(f"line {number}" for number in range(120)))
    data = made.document.written()
    assert len(made.document.pages) == 3
    assert text(data, 1).startswith(f"line {text(data, 0).count('line')}\n")


def test_a_tables_header_stands_on_each_of_its_pages() -> None:
    made = sheets()
    made.table((Column("Name", 1), Column("Words", 2)), [(Cell(f"n{i}"), Cell("w")) for i in range(90)])
    data = made.document.written()
    pages = [text(data, number) for number in range(len(made.document.pages))]
    assert len(pages) == 3
    assert all(page.startswith("Name") for page in pages)


def test_a_row_longer_than_a_page_is_broken() -> None:
    made = sheets()
    made.table((Column("Name", 1),), [(Cell("\n".join(map(str, range(200)))),)])
    assert len(made.document.pages) == 4


def test_a_heading_is_never_the_last_of_a_page() -> None:
    made = sheets()
    made.y = made.bottom - 30
    made.heading(2, "Title", "t")
    assert made.document.targets["t"].page == 1


def test_headings_are_in_the_outline_under_each_other() -> None:
    made = sheets()
    made.heading(1, "A", "a")
    made.heading(2, "B", "b")
    made.heading(2, "C", "c", listed=False)
    assert [(mark.title, [under.title for under in mark.under]) for mark in made.document.outline] == [("A", ["B"])]


def test_the_first_page_of_contents_takes_less() -> None:
    assert contents_room(800, True) < contents_room(800, False) == int((800 - 2 * MARGIN - 8) // 16)
