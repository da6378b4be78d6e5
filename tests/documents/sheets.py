"""Pages of words for tests of matching."""

from __future__ import annotations

from nunatak.documents.page import Box, PageText, Word

WIDTH, HEIGHT = 1000.0, 500.0


def word(text: str, x: float, y: float, *, angle: float = 0, confidence: float = 1.0, height: float = 10) -> Word:
    """A word whose upper left corner, as displayed, is at x, y (units of a page of 1000 x 500)."""
    length = 6.0 * len(text) * height / 10
    wide, high = (height, length) if angle in (90, 270) else (length, height)
    box = Box(x / WIDTH, y / HEIGHT, (x + wide) / WIDTH, (y + high) / HEIGHT)
    return Word(text=text, box=box, angle=angle, confidence=confidence)


def sheet(*words: Word, page: int = 1) -> PageText:
    """A page with these words."""
    return PageText(page=page, width=WIDTH, height=HEIGHT, source="text", words=words)


def bubble(upper: str, lower: str, x: float, y: float, **options: float) -> tuple[Word, Word]:
    """Two lines over each other round the middle x."""
    return (
        word(upper, x - 3 * len(upper), y, **options),
        word(lower, x - 3 * len(lower), y + 13, **options),
    )
