"""Text is broken where it may be and fits the width it was given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.render.wrap import Face, Ruler, balanced, wrap
from tests.render.pictures import FONTS

RULER = Ruler(FONTS)
FACE = Face("sans", 13, 18)
NAME = Face("sans-semibold", 18, 22)


def _rows(text: str, width: float, rows: int, face: Face = FACE) -> list[str]:
    return [row.text for row in wrap(text, RULER, face, width=width, rows=rows).rows]


def test_short_text_stays_on_one_line() -> None:
    assert _rows("Internet banking", 200, 3) == ["Internet banking"]


def test_text_breaks_at_spaces() -> None:
    assert _rows("Delivers the static content and the single page", 120, 3) == [
        "Delivers the static",
        "content and the",
        "single page",
    ]


def test_what_does_not_fit_ends_in_an_ellipsis_after_a_whole_word() -> None:
    block = wrap("Delivers the static content and the single page", RULER, FACE, width=120, rows=2)
    assert [row.text for row in block.rows] == ["Delivers the static", "content and the…"]
    assert block.cut


def test_a_long_name_breaks_at_its_humps_and_signs_before_anywhere_else() -> None:
    assert _rows("AbstractOrderProcessing", 130, 2, NAME) == ["AbstractOrder", "Processing"]
    assert _rows("spring-boot-starter-data", 130, 2, NAME) == ["spring-boot-", "starter-data"]


def test_a_word_without_end_is_broken_anywhere() -> None:
    block = wrap("x" * 4000, RULER, FACE, width=100, rows=2)
    assert len(block.rows) == 2
    assert block.parted
    assert block.cut
    assert block.rows[1].text.endswith("x…")


def test_ideographs_may_part_anywhere_but_before_a_closing_mark() -> None:
    rows = _rows("注文管理、基幹データ。", 13 * 5, 4)
    assert "".join(rows) == "注文管理、基幹データ。"
    assert len(rows) > 1
    assert not any(row[0] in "、。" for row in rows)


def test_joined_emoji_are_not_cut_in_two() -> None:
    family = "👩‍👩‍👧"
    block = wrap(family * 30, RULER, FACE, width=60, rows=1)
    assert block.rows[0].text.removesuffix("…") in {family * count for count in range(30)}


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "\n\t"])
def test_text_without_letters_makes_no_line(text: str) -> None:
    assert wrap(text, RULER, FACE, width=100, rows=2).rows == ()


def test_balanced_lines_are_about_as_long() -> None:
    block = balanced("Reads from and writes to", RULER, FACE, width=140, rows=3)
    assert [row.text for row in block.rows] == ["Reads from", "and writes to"]


@given(st.text(max_size=200), st.floats(20, 300), st.integers(1, 4))
@settings(max_examples=200, deadline=None)
def test_lines_are_no_wider_than_asked_and_no_more_than_asked(text: str, width: float, rows: int) -> None:
    block = wrap(text, RULER, FACE, width=width, rows=rows)
    assert len(block.rows) <= rows
    # One character is always set, however narrow the place is.
    assert all(row.width <= width + 0.01 or len(row.text) <= 4 for row in block.rows)


def test_breaks_and_tabs_are_one_space_each_also_where_all_fits() -> None:
    assert _rows("Ferry\ndesk\t\tnorth", 200, 3) == ["Ferry desk north"]
