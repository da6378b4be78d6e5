"""The only way into SVG text: numbers, colours, words and paths, each checked and written in one form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nunatak.drawing.characters import clean
from nunatak.drawing.errors import DrawingFailed

_LIMIT = 1e8  # far beyond any coordinate, far below where a 32-bit rasterizer loses its grid
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
ARGUMENTS = {"M": 2, "L": 2, "C": 6, "Q": 4, "Z": 0}  # of a path's segments, by letter


@lru_cache(maxsize=1 << 14)  # places and sizes come back, in one picture and in the next
def number(value: float) -> str:
    """At most two decimals, never an exponent or a negative nothing. Raises DrawingFailed for what is no number."""
    if not -_LIMIT < value < _LIMIT:
        raise DrawingFailed(f"{value} is no coordinate")
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(values: Iterable[float]) -> str:
    return " ".join(map(number, values))


@lru_cache(maxsize=256)
def color(value: str) -> str:
    """A colour as `#rrggbb`. Raises DrawingFailed for anything else."""
    if not _COLOR.fullmatch(value):
        raise DrawingFailed(f"{clean(value)[:40]!r} is no colour of the form #rrggbb")
    return value.lower()


def words(text: str) -> str:
    """Text between tags: cleaned and escaped."""
    return escaped(clean(text))


def escaped(cleaned: str) -> str:
    """Clean text between tags."""
    return cleaned.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Text for an attribute in double quotes: cleaned and escaped."""
    return words(text).replace('"', "&quot;")


def path_data(segments: Iterable[tuple[str | float, ...]]) -> str:
    """The `d` of a path. Raises DrawingFailed for a segment of another form than scene.Path allows."""
    parts = []
    for letter, *values in segments:
        if not isinstance(letter, str) or ARGUMENTS.get(letter) != len(values):
            raise DrawingFailed(f"a path has no segment like {letter!r} with {len(values)} numbers")
        parts.append(letter + " ".join(map(number, map(float, values))))
    if parts and parts[0][0] != "M":
        raise DrawingFailed("a path starts with M")
    return "".join(parts)
