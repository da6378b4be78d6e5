"""Words and entities to hits: which of the known tags stand on a page.

The entities are gone through once, so that half a million of them need little memory: what is kept of each is its
folded text. The texts that a reader sees on the pages are few and kept in a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from nunatak.core import detect_terms
from nunatak.core.detect_terms import DetectTerms
from nunatak.documents import doubts, leads, patterns, sight
from nunatak.documents.found import Found, Names, Texts
from nunatak.documents.page import Hit, Matches, PageText
from nunatak.documents.tokens import Spelling, number_of, texts_of

_LEAST_SCORE = 0.8
_SUBSTITUTION = 0.04  # what a confused character costs
_MISSING = 0.15  # what a part costs that leaves out nearly all of the name


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How entities are matched, as a detect request says it."""

    search_field: str = "name"
    partial_match: bool = False
    min_tokens: int = 2
    pattern_mode: bool = False
    configuration: dict[str, Any] = {}


def match(pages: Sequence[PageText], entities: Sequence[Mapping[str, Any]], options: Options) -> Matches:
    """The hits of `entities` on `pages`, in reading order. Raises nothing for odd entities: one whose `search_field`
    holds no text is passed over and counted in `warnings`."""
    told = detect_terms.terms(options.configuration)
    spelling = Spelling(options.configuration)
    if options.pattern_mode:
        return patterns.match(pages, entities, spelling)
    names = Names(entities, options.search_field, spelling)
    weights = told.direction_weights
    texts = Texts(pages, names, spelling, sight.Reach.weighed(weights.right, weights.down))
    _look_up(texts, names, options)
    chosen, unclear = _chosen(texts.all())
    chosen, strays = leads.sorted_out(chosen)
    unclear = [*unclear, *strays]
    hits = [hit for found in chosen if (hit := _hit(found, entities, options, spelling, told)) is not None]
    left = doubts.Left(entities, options.search_field, spelling)
    return Matches(
        hits=tuple(sorted(hits, key=_place)),
        unmatched=left.unmatched(pages, [*chosen, *unclear], names),
        ambiguous=left.ambiguous(unclear),
        warnings=tuple(_warnings(names, options)),
    )


def _look_up(texts: Texts, names: Names, options: Options) -> None:
    """Tells each text which names it is, and of which it is a part."""
    least = max(1, options.min_tokens)
    known = texts.by_key
    for index, folded in enumerate(names.folded):
        if (found := known.get(folded.replace("-", ""))) is not None and folded.count("-") + 1 >= least:
            for each in found:
                if each.reads(folded):
                    each.whole[index] = folded
        if options.partial_match:
            for part in _parts(folded, least):
                for each in known.get(part.replace("-", ""), ()):
                    if each.reads(part):
                        each.part[index] = folded


def _parts(folded: str, least: int) -> list[str]:
    """What remains of a name when leading tokens are left out: with its number, and with letters if it has any."""
    number = number_of(folded)
    letters = not folded.replace("-", "").isdigit()
    found = []
    tokens = folded.split("-")
    for start in range(1, len(tokens) - least + 1):
        part = tokens[start:]
        if number not in part:
            break
        if not letters or any(not token.isdigit() for token in part):
            found.append("-".join(part))
    return found


def _chosen(found: Iterable[Found]) -> tuple[list[Found], list[Found]]:
    """The texts that mean one name each, and those that may mean several; no word belongs to two of them."""
    chosen: list[Found] = []
    unclear: list[Found] = []
    taken: dict[tuple[int, int], Found] = {}
    for each in sorted((each for each in found if each.whole or each.part), key=_preference):
        anchors = [(each.page.page, index) for index in each.anchors()]
        if any(not _shares(each, taken[anchor]) for anchor in anchors if anchor in taken):
            continue
        meant = each.whole or each.part
        (chosen if len(set(meant.values())) == 1 else unclear).append(each)
        for anchor in anchors:
            taken.setdefault(anchor, each)
    return chosen, unclear


def _preference(found: Found) -> tuple[Any, ...]:
    words = found.seen.words
    return (not found.whole, -len(found.folded.split("-")), len(words), found.seen.stacked, found.page.page, words)


def _shares(found: Found, other: Found) -> bool:
    """Whether two texts are readings of the same words: `TT/TI` over a number are two tags."""
    return found.seen.words == other.seen.words and found.folded != other.folded and found.variant and other.variant


def _hit(
    found: Found, entities: Sequence[Mapping[str, Any]], options: Options, spelling: Spelling, told: DetectTerms
) -> Hit | None:
    meant = found.whole or found.part
    owners = tuple(sorted({found.names.owners[index] for index in meant}))
    names = texts_of(entities[owners[0]].get(options.search_field))
    name = next((name for name in names if spelling.folded(name) == next(iter(meant.values()))), "")
    same, score = _scores(found, spelling.tokens(name))
    enough = score >= _LEAST_SCORE if told.min_fuzzy_score is None else same >= told.min_fuzzy_score
    characters = sum(map(len, found.tokens))
    if not enough or not told.customize_fuzziness.allows(same, boxes=len(found.seen.words), characters=characters):
        return None
    return Hit(
        text=found.text,
        page=found.page.page,
        box=found.box,
        confidence=round(score * found.certainty, 3),
        entities=owners,
        name=name,
        angle=found.angle,
    )


def _scores(found: Found, name: Sequence[str]) -> tuple[float, float]:
    """How much of a text is the name's own characters: 1 for all, less for each confused one; and the same, less for
    what is missing at its start."""
    whole = "".join(name)
    read = "".join(found.tokens)
    same = whole[-len(read) :] if len(read) <= len(whole) else whole
    changed = sum(one != other for one, other in zip(read, same, strict=False)) + max(0, len(read) - len(whole))
    missing = 1 - len(read) / len(whole) if len(read) < len(whole) else 0.0
    kept = 1 - _SUBSTITUTION * changed
    return max(0.0, kept), max(0.0, kept - _MISSING * missing)


def _place(hit: Hit) -> tuple[Any, ...]:
    return hit.page, round(hit.box.top, 3), hit.box.left, hit.name, hit.entities


def _warnings(names: Names, options: Options) -> list[str]:
    told = []
    if names.passed_over:
        told.append(f"{names.passed_over:,} entities have no text in {options.search_field!r} and were passed over")
    return told + detect_terms.passed_over(options.configuration)
