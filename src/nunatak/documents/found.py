"""The entities' names and the pages' texts, side by side: what matching compares."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nunatak.documents import sight
from nunatak.documents.page import Box, PageText, Word
from nunatak.documents.tokens import Spelling, texts_of

_RUN_TOGETHER = 6  # a run of so many digits may be two numbers whose hyphen was not read
_SURE_APART = 7  # a text so long is known without its separators
_MOST_VARIANTS = 6
Readings = dict[int, list[tuple[list[str], str]]]  # of a word: its tokens as written, and folded
# Narrow letters that an OCR engine sees as one sign, or one of which it loses in another's bold stroke.
_GLUED = {"n": "TI", "nI": "TI", "π": "TT", "Ⅱ": "II", "工": "I", "E": "TE"}
_GUESS = 0.9  # how sure such a reading is


class Names:
    """The entities' spellings, folded: `folded[i]` is one of entity `owners[i]`; `tokens` are all that occur."""

    def __init__(self, entities: Sequence[Mapping[str, Any]], key: str, spelling: Spelling) -> None:
        self.owners: list[int] = []
        self.folded: list[str] = []
        self.passed_over = 0
        self.tokens: set[str] = set()
        for position, entity in enumerate(entities):
            texts = texts_of(entity.get(key))
            self.passed_over += not texts
            for text in texts:
                if folded := spelling.folded(text):
                    self.owners.append(position)
                    self.folded.append(folded)
                    self.tokens.update(folded.split("-"))


@dataclass(slots=True, eq=False)
class Found:
    """A text seen on a page: its tokens as written and folded, after how many characters a new word begins, and the
    names (by index) that it is or ends.

    `variant` says that it is one of the readings of words such as `TT/TI`.
    """

    names: Names
    page: PageText
    seen: sight.Seen
    tokens: tuple[str, ...]
    folded: str
    breaks: tuple[int, ...]
    variant: bool
    whole: dict[int, str] = field(default_factory=dict)
    part: dict[int, str] = field(default_factory=dict)

    @property
    def words(self) -> list[Word]:
        return [self.page.words[index] for index in self.seen.words]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return sight.around([word.box for word in self.words])

    @property
    def angle(self) -> float:
        return self.words[-1].angle

    @property
    def certainty(self) -> float:
        """How sure its words were read: 1 for written text."""
        words = self.words
        sure = sum(word.confidence for word in words) / len(words)
        return sure * _GUESS if any(word.confidence < 1 and word.text in _GLUED for word in words) else sure

    def anchors(self) -> list[int]:
        """The words that make it this tag and no other: those with digits, or all if none has."""
        numbered = [index for index in self.seen.words if sum(map(str.isdigit, self.page.words[index].text)) >= 3]
        return numbered or list(self.seen.words)

    def reads(self, folded: str) -> bool:
        """Whether a name with the same characters is this text: it has the same tokens, or is long enough and has a
        new token wherever this has a new word."""
        if self.folded == folded:
            return True
        return len(folded) >= _SURE_APART and set(self.breaks) <= set(_breaks(folded.split("-")))


class Texts:
    """The texts on the pages in which tokens of the names occur, by their folded characters without separators."""

    def __init__(
        self, pages: Sequence[PageText], names: Names, spelling: Spelling, reach: sight.Reach = sight.USUAL
    ) -> None:
        self._reach = reach
        self.by_key: dict[str, list[Found]] = {}
        for page in pages:
            self._add(page, names, spelling)

    def all(self) -> Iterator[Found]:
        """Every text."""
        return itertools.chain.from_iterable(self.by_key.values())

    def _add(self, page: PageText, names: Names, spelling: Spelling) -> None:
        readings: Readings = {}
        for index, word in enumerate(page.words):
            told = [(spelling.tokens(piece), spelling.folded(piece)) for piece in _pieces(word)]
            known = _continues(word)
            wanted = [each for each in told if each[0] and (known or _occurs(each[1], names.tokens))]
            if wanted:
                readings[index] = wanted
        every = list(sight.seen(page, list(readings), self._reach))
        going_on = {seen.words[-2] for seen in every if seen.stacked and _continues(page.words[seen.words[-1]])}
        for seen in every:
            if seen.words[-1] not in going_on:
                self._keep(names, page, seen, readings)

    def _keep(self, names: Names, page: PageText, seen: sight.Seen, readings: Readings) -> None:
        variant = any(len(readings[index]) > 1 for index in seen.words)
        ways = itertools.product(*(readings[index] for index in seen.words))
        for reading in itertools.islice(ways, _MOST_VARIANTS):
            written = tuple(token for piece, _ in reading for token in piece)
            folded = "-".join(folded for _, folded in reading)
            breaks = _breaks([piece.replace("-", "") for _, piece in reading])
            found = Found(names, page, seen, written, folded, breaks, variant)
            self.by_key.setdefault(folded.replace("-", ""), []).append(found)


def _continues(word: Word) -> bool:
    """Whether a word goes on with the tag over it, as `-M01` under `23-PC-9109` does."""
    return word.text.startswith("-") and len(word.text) > 1


def _breaks(pieces: Sequence[str]) -> tuple[int, ...]:
    return tuple(itertools.accumulate(map(len, pieces)))


def _pieces(word: Word) -> list[str]:
    """The word, and what else it may say: `TT/TI` is two functions in one bubble, `PT-1019-01/02` two tags."""
    text = word.text
    if word.confidence < 1:
        text = _GLUED.get(text, text)
    if "/" not in text:
        return [text]
    head, *others = [piece for piece in text.split("/") if piece] or [""]
    if not others:
        return [text]
    ends = [head[: len(head) - len(other)] + other for other in others if _ends_alike(head, other)]
    return [text, head, *(ends or others)]


def _ends_alike(head: str, other: str) -> bool:
    """Whether `other` may stand for the end of `head`: it is shorter, and as much letters or digits as that is."""
    last = head[len(head) - len(other) :]
    return (
        len(other) < len(head) and other.isalnum() and last.isdigit() == other.isdigit() and any(map(str.isdigit, head))
    )


def _occurs(folded: str, tokens: set[str]) -> bool:
    if folded.replace("-", "") in tokens:  # a confused character parted it
        return True
    for token in folded.split("-"):
        if token in tokens or (len(token) >= _RUN_TOGETHER and any(map(str.isdigit, token))):
            return True
    return False
