"""Search: the names of a version's things, ranked by how well they fit what was typed, mistypings forgiven."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from nunatak.core.access import Actor
from nunatak.core.fields import Struct
from nunatak.core.kinds import DIAGRAM, FLOW, MODEL_CONNECTION, MODEL_OBJECT, Kind, fold
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.services.views import viewing
from nunatak.store.rows import scope_text
from nunatak.store.search import EXACT, INSIDE, START, WORDS, Hit, named
from nunatak.store.unit import Unit

USUAL = 50
MOST = 1000
_SEARCHED = (MODEL_OBJECT, DIAGRAM, FLOW, MODEL_CONNECTION)
# What sort a thing without a type of its own is.
_SORTS = {MODEL_CONNECTION.name: "connection", FLOW.name: "flow"}
_WORTH = {EXACT: 1.0, START: 0.9, WORDS: 0.8, INSIDE: 0.6}
_MISTYPED = 0.6
_SPELLINGS, _NEAREST = 50, 5


class Found(NamedTuple):
    """A find and its score between 0 and 1; `data` is its JSON text."""

    id: str
    name: str
    type: str
    score: float
    data: str


class _Shown(Struct, frozen=True, kw_only=True):
    name: str
    type: str = ""


def search(
    service: Service,
    actor: Actor,
    path: Path,
    text: str,
    *,
    types: Collection[str] | None = None,
    most: int = USUAL,
) -> list[Found]:
    """The best finds, best first, then by name. All words must be in a name; only when nothing has them, words that
    are written alike count too. Nothing typed finds nothing."""
    words = [(word,) for word in fold(text).split()]
    if not words or most < 1:
        return []
    with viewing(service, actor, path) as (unit, place):
        found = _finds(unit, place, words, types, most)
        if not found:
            own = service.vocabularies.of(unit, place.version_id, service.clock())
            respelled = [_alike(word, own) for (word,) in words]
            found = _finds(unit, place, respelled, types, most, worth=_MISTYPED)
    return sorted(found, key=lambda one: (-one.score, fold(one.name), one.type, one.id))[:most]


def _finds(
    unit: Unit,
    place: Place,
    words: Sequence[Sequence[str]],
    types: Collection[str] | None,
    most: int,
    *,
    worth: float = 1.0,
) -> list[Found]:
    if not all(words):
        return []
    length = sum(len(spellings[0]) for spellings in words)
    head = "{" + scope_text(place.landscape_id, place.version_id)
    found: list[Found] = []
    for kind in _SEARCHED:
        of_kind = _types_of(kind, types)
        if of_kind is None or of_kind:
            hits = named(unit, kind, place.version_id, words, types=of_kind, most=min(most, MOST))
            found += [_found(kind, hit, head, length, worth) for hit in hits]
    return found


def _types_of(kind: Kind, types: Collection[str] | None) -> Collection[str] | None:
    """Which values of the type column to ask for: None for any, none where the kind isn't wanted."""
    if types is None:
        return None
    if kind.name in _SORTS:
        return None if _SORTS[kind.name] in types else ()
    return types


def _found(kind: Kind, hit: Hit, head: str, length: int, worth: float) -> Found:
    data = head + hit.body
    shown = msgspec.json.decode(data, type=_Shown)
    score = _WORTH[hit.rank] * worth * (0.9 + 0.1 * min(1.0, length / len(hit.name)))
    return Found(hit.id, shown.name, _SORTS.get(kind.name, shown.type), round(score, 4), data)


def _alike(word: str, own: Sequence[str]) -> list[str]:
    """One slip in a word of three letters or more, two in one of seven; swapped neighbours are one slip."""
    slips = 0 if len(word) < 3 else 1 if len(word) < 7 else 2
    lengths = (len(word) - 1, len(word), len(word) + 1)
    candidates = dict.fromkeys([*own, *(each[:length] for each in own for length in lengths)])
    near = process.extract(word, candidates.keys(), scorer=OSA.distance, score_cutoff=slips, limit=_SPELLINGS)
    return [spelling for spelling, _, _ in near][:_NEAREST] or [word]
