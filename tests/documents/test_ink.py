"""Outlines to ink, and ink to rows of letters."""

from __future__ import annotations

import pytest

from nunatak.documents import ink, outlines, pdfium
from nunatak.documents.ink import Glance
from tests.documents import files, strokes


def glance(content: str) -> Glance:
    with pdfium.opened_page(files.pdf(content), 1) as page:
        return ink.glanced(outlines.outlines(page), 1.0, 400 / 600)


def test_letters_are_looked_at_in_a_size_that_suits_them() -> None:
    small, large = (glance(strokes.stroked("PT-1297-HV", 20, 100, height=height)) for height in (2.0, 8.0))
    heights = []
    for each in (small, large):
        picture, (row,) = ink.looked(each)
        assert len(row.letters) == 10
        heights.append((row.height, max(picture.shape)))
    assert heights[0] == (pytest.approx(28, abs=2), 7_702)
    assert heights[1] == (pytest.approx(88, abs=3), 6_602)


def test_most_letters_tell_whether_a_page_lies_on_its_side() -> None:
    upwards = strokes.stroked("PT-1297-HV", 40, 30, upwards=True)
    assert glance(upwards).sideways
    assert not glance(upwards + strokes.stroked("PT-1297-HV-35", 60, 30)).sideways
    assert not glance("").sideways


def test_a_symbols_edge_that_touches_a_letter_is_no_part_of_it() -> None:
    text = strokes.stroked("HV-1297", 20, 100, height=4)
    edge = "41.7 107 m 47.7 101 l 41.7 95 l S "  # over the last letter's corner
    large = strokes.stroked("PT-1297-HV", 20, 200, height=9)
    picture, found = ink.looked(glance(text + edge + large))
    assert sorted(len(row.letters) for row in found) == [7, 10]
    assert picture.any()
