"""The letters of one drawing: alike shapes, and what they say."""

from __future__ import annotations

import cv2
import numpy
import pytest

from nunatak.documents import alphabet, reader
from nunatak.documents.alphabet import ROUND, UPRIGHT, Glyph, Signs, learned, settled, shape
from tests.documents.strokes import LETTERS


def glyph(letter: str, *, height: int = 28, thick: int = 1, noise: int = 0) -> Glyph:
    """A letter as it is cut out of a drawing; `noise` moves its points by pixels."""
    moved = numpy.random.default_rng(noise)
    ink = numpy.zeros((height + 20, height + 20), numpy.uint8)
    for line in LETTERS[letter]:
        points = numpy.array([(10 + x * height / 6, 10 + (6 - y) * height / 6) for x, y in line])
        points += moved.uniform(-0.3, 0.3, points.shape) if noise else 0
        cv2.polylines(ink, [numpy.round(points).astype(numpy.int32)], False, 255, thick)
    ys, xs = numpy.nonzero(ink)
    tight = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    level = ((ys.min() + ys.max()) / 2 - 10) / height
    return Glyph(numpy.ascontiguousarray(tight), float(level), tight.shape[0] / height)


def test_a_letter_has_one_sign_however_large_it_is_drawn_and_each_letter_its_own() -> None:
    letters = [letter for letter in LETTERS if letter != "-"]
    drawn = [shape(glyph(letter, height=height)) for height in (28, 34, 42) for letter in letters]
    signs = Signs(drawn)
    assert len(set(signs.of[: len(letters)])) == len(letters)
    assert signs.of[: len(letters)] == signs.of[len(letters) : 2 * len(letters)] == signs.of[2 * len(letters) :]


def test_a_sign_is_sampled_in_its_middle_and_at_its_edge() -> None:
    drawn = [shape(glyph("5", noise=noise)) for noise in (0, 1, 2, 3)]
    signs = Signs(drawn)
    members = signs.members()[0]
    middle, edge = signs.samples(0, members)
    apart = [float(((each - signs.middles[0]) ** 2).sum()) for each in drawn]
    assert (apart[middle], apart[edge]) == (min(apart), max(apart))


@pytest.mark.skipif(not reader.installed(), reason="no OCR engine is installed")
def test_the_engine_reads_samples_of_each_sign_and_tells_all() -> None:
    letters = "235790PTVHEFLA" * 5
    glyphs = [glyph(letter, noise=at) for at, letter in enumerate(letters, 1)]
    signs = Signs([shape(each) for each in glyphs])
    known = learned(glyphs, signs, reader.engine())
    told = [known[sign].text.replace(ROUND, "0") if sign in known else "?" for sign in signs.of]
    right = sum(text == letter for text, letter in zip(told, letters, strict=True))
    wrong = sum(text not in (letter, "?") for text, letter in zip(told, letters, strict=True))
    assert wrong == 0
    assert right > 0.9 * len(letters)


def test_a_sign_whose_samples_are_read_differently_is_not_known() -> None:
    sure = reader.Letter("5", 0.99, 0.5)
    assert alphabet._agreed([sure, reader.Letter("S", 0.95, 0.5)]) is None
    assert alphabet._agreed([sure, None]) is None
    agreed = alphabet._agreed([sure, sure])
    assert agreed is not None
    assert (agreed.text, agreed.certainty) == ("5", pytest.approx(0.99))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"{ROUND}IL", "OIL"),
        (f"AS2{ROUND}-{ROUND}", "AS20-0"),
        (f"M{ROUND}{UPRIGHT}", "M01"),
        (f"F{UPRIGHT}RE", "FIRE"),
        (f"96{UPRIGHT}8{ROUND}", "96180"),
        (f"c{ROUND}de", "code"),
        ("P&I", "P&I"),
    ],
)
def test_what_may_be_a_letter_or_a_digit_follows_what_stands_beside_it(written: str, expected: str) -> None:
    assert settled(written) == expected
