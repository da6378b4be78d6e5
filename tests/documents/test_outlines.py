"""What a PDF page draws with lines."""

from __future__ import annotations

import pytest

from nunatak.documents import pdfium
from nunatak.documents.outlines import Outline, outlines
from tests.documents import files


def read(content: str, **options: object) -> list[Outline]:
    with pdfium.opened_page(files.pdf(content, **options), 1) as page:  # type: ignore[arg-type]
        return outlines(page)


def places(outline: Outline) -> list[list[tuple[float, float]]]:
    """The outline's points in units of a page that is 600 long."""
    return [[(round(x * 600, 1), round(y * 600, 1)) for x, y in line.tolist()] for line in outline.lines]


def test_points_are_told_as_displayed_whatever_moves_them() -> None:
    (line,) = read("2 0 0 2 10 20 cm 0 0 m 50 0 l 50 30 l S")
    assert places(line) == [[(10, 380), (110, 380), (110, 320)]]
    assert not line.filled


@pytest.mark.parametrize(
    ("turn", "expected"),
    [(90, [(100, 50), (100, 150)]), (180, [(550, 100), (450, 100)]), (270, [(300, 550), (300, 450)])],
)
def test_a_turned_page_is_told_as_it_is_seen(turn: int, expected: list[tuple[float, float]]) -> None:
    (line,) = read("50 100 m 150 100 l S", page=f"/Rotate {turn}")
    assert places(line) == [expected]


def test_strokes_that_follow_each_other_are_one_line() -> None:
    joined, apart = read("10 10 m 20 10 l S 20 10 m 20 30 l S 100 100 m 120 100 l S")
    assert places(joined) == [[(10, 390), (20, 390), (20, 370)]]
    assert places(apart) == [[(100, 300), (120, 300)]]


def test_lines_of_a_path_that_is_not_filled_are_told_one_by_one() -> None:
    first, second = read("10 10 m 20 10 l 50 50 m 50 90 l S")
    assert (places(first), places(second)) == ([[(10, 390), (20, 390)]], [[(50, 350), (50, 310)]])


def test_filled_shapes_stay_whole_and_curves_become_points() -> None:
    (shape,) = read("10 10 m 30 10 l 30 30 l h 15 12 m 20 12 l 20 20 20 25 15 25 c f")
    assert shape.filled
    assert [len(line) for line in shape.lines] == [4, 6]  # the first returns to where it began


def test_the_dots_that_pens_leave_and_what_is_not_painted_are_left_out() -> None:
    dots = "".join(f"{x} 10 m {x} 10.05 l {x + 0.05} 10.05 l {x + 0.05} 10 l {x} 10 l B " for x in range(10, 200, 5))
    assert read(f"{dots} 10 10 m 10 20 l 15 20 l n") == []
    assert len(read("10 10 m 10 20 l 30 20 l 30 10 l 10 10 l B")) == 1


def test_what_is_drawn_in_a_form_is_found_where_it_is_shown() -> None:
    form = files.stream("0 0 m 10 0 l S", "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 5 0]")
    (line,) = read("2 0 0 2 100 100 cm /F Do", resources="/XObject << /F 5 0 R >>", more=(form,))
    assert places(line) == [[(110, 300), (130, 300)]]


def test_an_empty_page_draws_nothing() -> None:
    assert read("") == []
