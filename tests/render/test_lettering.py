"""Measured lines become texts, one for each font."""

from __future__ import annotations

import pytest

from nunatak.render.lettering import Ink, Lettering
from nunatak.render.wrap import Face, Ruler, wrap
from tests.render.pictures import FONTS

FACE = Face("sans", 13, 18)
LETTERING = Lettering(FONTS)


def _block(text: str, rows: int = 3, width: float = 140):  # type: ignore[no-untyped-def]
    return wrap(text, Ruler(FONTS), FACE, width=width, rows=rows)


def test_lines_follow_each_other_by_the_faces_leading() -> None:
    texts = LETTERING.set(_block("Delivers the static content and more"), Ink(fill="#000000"), x=10, y=20)
    assert [text.text for text in texts] == ["Delivers the static", "content and more"]
    assert texts[1].y - texts[0].y == pytest.approx(18)
    assert texts[0].x == 10
    assert 20 < texts[0].y < 38


def test_centred_lines_have_their_middles_in_line() -> None:
    texts = LETTERING.set(
        _block("Delivers the static content and more"), Ink(fill="#000000"), x=100, y=0, align="middle"
    )
    assert [text.x + text.width / 2 for text in texts] == pytest.approx([100, 100], abs=0.02)


def test_a_line_in_two_scripts_is_a_text_in_each_font_side_by_side() -> None:
    first, second = LETTERING.set(_block("Shop ሀሁ"), Ink(fill="#000000"), x=0, y=0)
    assert (first.text, first.font) == ("Shop ", "sans")
    assert second.font != "sans"
    assert second.x == pytest.approx(first.width, abs=0.02)


def test_struck_text_has_no_halo() -> None:
    (text,) = LETTERING.set(_block("Gone"), Ink(fill="#000000", halo="#ffffff", strike=True), x=0, y=0)
    assert text.strike
    assert text.halo is None
