"""What looks like a tag and became no hit, with the entities that come near: for a person who wonders why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from nunatak.documents import sight
from nunatak.documents.found import Found, Names
from nunatak.documents.page import Candidate, Doubt, PageText, Word
from nunatak.documents.tokens import Spelling, number_of, texts_of

_MOST = 500  # doubts of a kind
_NEAREST = 3
_LEAST = 60.0  # of 100
_MOST_COMPARED = 2_000
_FUNCTION = re.compile(r"[A-Z]{1,5}(/[A-Z]{1,5})*")
_TAG = re.compile(r"(?=.*[A-Z])(?=.*\d{3})[A-Z0-9][A-Z0-9\-_./ ]{3,30}[A-Z0-9]")
_NUMBER = re.compile(r"\d{3,6}([-A-Z]\w{0,4})?")


class Left:
    """Finds entities that come near a text."""

    def __init__(self, entities: Sequence[Mapping[str, Any]], key: str, spelling: Spelling) -> None:
        self._entities = entities
        self._key = key
        self._spelling = spelling

    def ambiguous(self, unclear: Sequence[Found]) -> tuple[Doubt, ...]:
        """The texts that may mean several names, with these."""
        told = []
        for found in sorted(unclear, key=lambda each: (each.page.page, each.seen.words))[:_MOST]:
            meant = found.whole or found.part
            owners = sorted({found.names.owners[index] for index in meant})[: 4 * _NEAREST]
            near = tuple(self._candidate(owner, found.folded) for owner in owners)
            told.append(Doubt(text=found.text, page=found.page.page, box=found.box, candidates=near))
        return tuple(told)

    def unmatched(self, pages: Sequence[PageText], used: Sequence[Found], names: Names) -> tuple[Doubt, ...]:
        """The texts like tags that none of the `used` ones holds, with the names nearest to them."""
        taken = {(found.page.page, index) for found in used for index in found.seen.words}
        seen = [(page, each) for page in pages for each in _like_tags(page, taken)][:_MOST]
        folded = [self._spelling.folded(_text(page, each)) for page, each in seen]
        near = _Near(folded, names)
        return tuple(
            Doubt(
                text=_text(page, each),
                page=page.page,
                box=sight.around([page.words[index].box for index in each.words]),
                candidates=tuple(self._candidate(owner, text) for owner in near.owners(text)),
            )
            for (page, each), text in zip(seen, folded, strict=True)
        )

    def _candidate(self, owner: int, folded: str) -> Candidate:
        names = texts_of(self._entities[owner].get(self._key))
        scored = [(fuzz.ratio(folded, self._spelling.folded(name)), name) for name in names]
        score, name = max(scored, key=lambda each: each[0])
        return Candidate(entity=owner, name=name, score=round(score / 100, 3))


class _Near:
    """The names whose number is that of a text or differs from it by one character: found through what remains of both
    when one character is deleted, for only those of the few texts are kept."""

    def __init__(self, texts: Sequence[str], names: Names) -> None:
        numbers = {number for text in texts if (number := number_of(text))}
        wanted = defaultdict(set)
        for number in numbers:
            for cut in _cuts(number):
                wanted[cut].add(number)
        self._names = names
        self._near: defaultdict[str, list[int]] = defaultdict(list)
        for index, folded in enumerate(names.folded) if wanted else ():
            own = number_of(folded)
            if own in numbers:
                self._near[own].append(index)
            for number in sorted({number for cut in _cuts(own) for number in wanted.get(cut, ())} - {own}):
                self._near[number].append(index)

    def owners(self, text: str) -> list[int]:
        """The entities nearest to a text, the nearest first."""
        near = self._near.get(number_of(text), [])[:_MOST_COMPARED]
        folded = [self._names.folded[index] for index in near]
        best = process.extract(text, folded, scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_LEAST)
        return list(dict.fromkeys(self._names.owners[near[place]] for _, _, place in best))


def _cuts(number: str) -> Iterator[str]:
    yield number
    for place in range(len(number)):
        yield number[:place] + number[place + 1 :]


def _like_tags(page: PageText, taken: set[tuple[int, int]]) -> list[sight.Seen]:
    """Words, or stacks of a function and a number, that look like a tag; each word once, stacks first."""
    free = [index for index, word in enumerate(page.words) if (page.page, index) not in taken and _part_of_tag(word)]
    found: list[sight.Seen] = []
    gone: set[int] = set()
    for each in sorted(sight.seen(page, free, most=2), key=lambda seen: (-len(seen.words), seen.words)):
        if gone.isdisjoint(each.words) and _looks(page, each):
            found.append(each)
            gone.update(each.words)
    return sorted(found, key=lambda seen: seen.words)


def _part_of_tag(word: Word) -> bool:
    return any(pattern.fullmatch(word.text) for pattern in (_FUNCTION, _NUMBER, _TAG))


def _looks(page: PageText, seen: sight.Seen) -> bool:
    words = [page.words[index].text for index in seen.words]
    if len(words) == 1:
        return _TAG.fullmatch(words[0]) is not None
    *functions, number = words
    return len(words) == 2 and all(map(_FUNCTION.fullmatch, functions)) and _NUMBER.fullmatch(number) is not None


def _text(page: PageText, seen: sight.Seen) -> str:
    return " ".join(page.words[index].text for index in seen.words)
