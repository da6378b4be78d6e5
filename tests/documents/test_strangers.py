"""Lines of the drawing among letters."""

from __future__ import annotations

import numpy
import pytest

from nunatak.documents.rows import Row, rows
from nunatak.documents.strangers import strangers

LETTERS = [(100.0 + 12 * at, 50.0, 108.0 + 12 * at, 60.0) for at in range(6)]  # 10 high, up to 168


def found(boxes: list[tuple[float, float, float, float]], among: list[Row]) -> list[bool]:
    return [bool(each) for each in strangers(numpy.array(boxes), among)]


@pytest.mark.parametrize(
    ("box", "stranger"),
    [
        ((160, 45, 185, 70), True),  # an edge that goes past the last letter
        ((165, 40, 168, 62), True),
        ((168, 52, 179, 62), False),  # as large as a letter
        ((100, 49, 168, 61), False),  # a word that is drawn as one line
        ((300, 45, 325, 70), False),  # nothing stands there
    ],
)
def test_what_comes_near_a_text_and_is_larger_than_its_letters_is_no_letter(
    box: tuple[float, float, float, float], stranger: bool
) -> None:
    assert found([*LETTERS, box], rows(LETTERS, 5, 50)) == [False] * 6 + [stranger]


def test_text_that_goes_upwards_is_looked_at_as_it_goes() -> None:
    upwards = [(top, 200 - right, bottom, 200 - left) for left, top, right, bottom in LETTERS]
    (row,) = rows(upwards, 5, 50)
    assert row.turn == 3
    assert found([(45, 15, 70, 40), (45, 300, 70, 325)], [row]) == [True, False]


def test_large_letters_beside_small_ones_stay_letters() -> None:
    large = [(180.0 + 36 * at, 40.0, 204.0 + 36 * at, 70.0) for at in range(4)]
    assert not any(found(large, rows([*LETTERS, *large], 5, 50)))


def test_without_text_there_is_nothing_to_be_a_stranger_to() -> None:
    assert found([(0, 0, 50, 50)], []) == [False]
