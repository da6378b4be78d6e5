"""Pages that lie on their side or head."""

from __future__ import annotations

import numpy
import pytest

from nunatak.documents.page import Box, Word
from nunatak.documents.turns import straightened, turned

# A word at the upper left of an upright page, and where it stands when the page is turned clockwise.
STANDS = {
    0: (Box(0.1, 0.2, 0.3, 0.25), 0),
    1: (Box(0.75, 0.1, 0.8, 0.3), 90),
    2: (Box(0.7, 0.75, 0.9, 0.8), 180),
    3: (Box(0.2, 0.7, 0.25, 0.9), 270),
}


@pytest.mark.parametrize("turns", range(4))
def test_a_word_is_told_where_it_stands_on_the_page_as_it_is(turns: int) -> None:
    (word,) = turned([Word(text="PT", box=STANDS[0][0], line=3, confidence=0.9)], turns)
    box, angle = STANDS[turns]
    assert word == Word(text="PT", box=box, angle=angle, line=3, confidence=0.9)


@pytest.mark.parametrize("turns", range(4))
def test_points_are_straightened_as_words_are_turned(turns: int) -> None:
    wide, high = 1.0, 0.5  # of the upright page
    across, down = (wide, high) if turns % 2 == 0 else (high, wide)
    box = STANDS[turns][0]
    corners = numpy.array([(box.left * across, box.top * down), (box.right * across, box.bottom * down)])
    found = straightened(corners, turns, across, down)
    assert found.min(axis=0).tolist() == pytest.approx([0.1 * wide, 0.2 * high])
    assert found.max(axis=0).tolist() == pytest.approx([0.3 * wide, 0.25 * high])


def test_a_downward_word_of_a_turned_page_keeps_its_own_direction() -> None:
    (word,) = turned([Word(text="PT", box=Box(0, 0, 0.1, 0.2), angle=270)], 1)
    assert word.angle == 0
