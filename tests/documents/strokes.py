"""Text as CAD programs draw it: a few letters made of straight strokes, as the content of a PDF page."""

from __future__ import annotations

import itertools

Point = tuple[float, float]
# On a grid of 4 x 6, y up; each line of a letter is drawn on its own.
LETTERS: dict[str, list[list[Point]]] = {
    "0": [[(0, 1), (0, 5), (1, 6), (3, 6), (4, 5), (4, 1), (3, 0), (1, 0), (0, 1)]],
    "1": [[(1, 4.5), (2.5, 6), (2.5, 0)]],
    "2": [[(0, 5), (1, 6), (3, 6), (4, 5), (4, 4), (0, 0), (4, 0)]],
    "3": [[(0, 6), (4, 6), (2, 3.5), (3, 3.5), (4, 2.5), (4, 1), (3, 0), (1, 0), (0, 1)]],
    "5": [[(4, 6), (0, 6), (0, 3.5), (3, 3.5), (4, 2.5), (4, 1), (3, 0), (0, 0)]],
    "7": [[(0, 6), (4, 6), (1.5, 0)]],
    "9": [[(4, 3.5), (3, 3), (1, 3), (0, 4), (0, 5), (1, 6), (3, 6), (4, 5), (4, 2), (3, 0), (1, 0)]],
    "-": [[(0.7, 3), (3.3, 3)]],
    "P": [[(0, 0), (0, 6), (3, 6), (4, 5), (4, 4), (3, 3), (0, 3)]],
    "T": [[(0, 6), (4, 6)], [(2, 6), (2, 0)]],
    "V": [[(0, 6), (2, 0), (4, 6)]],
    "H": [[(0, 0), (0, 6)], [(4, 0), (4, 6)], [(0, 3), (4, 3)]],
    "E": [[(4, 6), (0, 6), (0, 0), (4, 0)], [(0, 3), (3, 3)]],
    "F": [[(4, 6), (0, 6), (0, 0)], [(0, 3), (3, 3)]],
    "L": [[(0, 6), (0, 0), (4, 0)]],
    "A": [[(0, 0), (2, 6), (4, 0)], [(0.7, 2), (3.3, 2)]],
}
_PITCH = 5.5


def stroked(text: str, x: float, y: float, *, height: float = 8, upwards: bool = False, single: bool = False) -> str:
    """Content that draws the text from x, y (its lower left corner as it is read); with `single` each stroke is a path
    of its own, as some programs write them."""
    unit = height / 6
    moves = []
    for place, letter in enumerate(text):
        for line in LETTERS.get(letter, []):
            points = [((place * _PITCH + px) * unit, py * unit) for px, py in line]
            turned = [(x - py, y + px) if upwards else (x + px, y + py) for px, py in points]
            moves.append(_path(turned, single=single))
    return f"0.5 w 0 0 0 RG {' '.join(moves)} "


def _path(points: list[Point], *, single: bool) -> str:
    if single:
        pairs = itertools.pairwise(points)
        return " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l S" for (a, b), (c, d) in pairs)
    (x, y), *rest = points
    return f"{x:.2f} {y:.2f} m {' '.join(f'{a:.2f} {b:.2f} l' for a, b in rest)} S"


def tags(count: int) -> list[str]:
    """Tags of the letters that there are."""
    digits = "0123579"
    kinds = ("PT", "HV", "FE", "LT")
    return [
        f"{kinds[n % 4]}-{digits[n % 7]}{digits[n // 2 % 7]}{digits[n // 3 % 7]}{digits[(n * 5) % 7]}"
        for n in range(count)
    ]


def sheet(texts: list[str], *, single: bool = False) -> str:
    """Content with the texts in four columns."""
    return "".join(
        stroked(text, 20 + 140 * (at % 4), 20 + 30 * (at // 4), single=single) for at, text in enumerate(texts)
    )
