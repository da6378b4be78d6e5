"""Technologies by what somebody types: whole names before beginnings, those before parts, and typing errors last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from msgspec import UNSET
from rapidfuzz.distance import OSA

from nunatak.core.catalog import CatalogTechnology
from nunatak.core.kinds import fold

_PUNCTUATION = re.compile(r"[\s\-_/.()]+")
_LONGEST = 100  # more than any name has
_FEW = 10  # typing errors are only looked for when this few fit as typed
_WHOLE, _BEGINNING, _WORD, _PART, _TYPO = range(5)


@dataclass(frozen=True, kw_only=True)
class _Names:
    """How a technology may be called: whole names, and the words in them, without case."""

    wholes: tuple[str, ...]
    words: tuple[str, ...]


def ranked(asked: str, technologies: Iterable[CatalogTechnology]) -> list[CatalogTechnology]:
    """The technologies that fit what was typed, best first; of equals those of a known type, then the shorter name."""
    wanted = _plain(asked[:_LONGEST])
    if not wanted:
        return list(technologies)
    every = [(each, _names(each.name, _short(each), tuple(_slugs(each)))) for each in technologies]
    found = [(place, each) for each, names in every if (place := _place(wanted, names)) is not None]
    if len(found) < _FEW:
        there = {each.id for _, each in found}
        found += [(_TYPO, each) for each, names in every if each.id not in there and _mistyped(wanted, names)]
    return [each for _, each in sorted(found, key=lambda pair: _order(*pair))]


def _order(place: int, technology: CatalogTechnology) -> tuple[int, bool, int, str, str]:
    known = technology.type not in (None, "other")
    return place, not known, len(technology.name), fold(technology.name), technology.id


def _short(technology: CatalogTechnology) -> str:
    return "" if technology.name_short is UNSET else technology.name_short


def _slugs(technology: CatalogTechnology) -> list[str]:
    return [] if technology.slugs is UNSET else technology.slugs


def _plain(text: str) -> str:
    return _PUNCTUATION.sub(" ", fold(text)).strip()


@lru_cache(maxsize=16_384)
def _names(name: str, short: str, slugs: tuple[str, ...]) -> _Names:
    wholes = tuple(dict.fromkeys(_plain(text) for text in (name, short, *slugs) if text))
    words = tuple(dict.fromkeys(word for text in wholes for word in text.split()))
    return _Names(wholes=wholes, words=words)


def _place(wanted: str, names: _Names) -> int | None:
    """How well a technology fits as typed, the best first; None for not at all."""
    if wanted in names.wholes:
        return _WHOLE
    if any(whole.startswith(wanted) for whole in names.wholes):
        return _BEGINNING
    parts = wanted.split()
    if all(any(word.startswith(part) for word in names.words) for part in parts):
        return _WORD
    return _PART if len(wanted) > 2 and any(wanted in whole for whole in names.wholes) else None


def _mistyped(wanted: str, names: _Names) -> bool:
    """Whether few enough letters are missing, too many, wrong or swapped with their neighbour."""
    allowed = 0 if len(wanted) < 4 else 1 if len(wanted) < 8 else 2
    if not allowed:
        return False
    spelled = (*names.wholes, *names.words)
    return any(OSA.distance(wanted, name, score_cutoff=allowed) <= allowed for name in spelled)
