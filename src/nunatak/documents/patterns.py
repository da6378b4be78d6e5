"""Pattern mode: entities are samples of tags, and every text of the same shape is a hit.

In a sample a letter stands for any letter and a digit for any digit; `[PH]` is meant literally, `[A|B|C]` one of
several. Separators may be there or not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nunatak.documents import sight
from nunatak.documents.page import Hit, Matches, PageText
from nunatak.documents.tokens import Spelling, texts_of

_PIECE = re.compile(r"\[([^\[\]]*)\]|(.)", re.DOTALL)
_MOST_WORDS = 4


def match(pages: Sequence[PageText], entities: Sequence[Mapping[str, Any]], spelling: Spelling) -> Matches:
    """The texts that have the shape of an entity's `sample`, whatever the request's search field."""
    shapes: dict[str, list[int]] = {}
    samples: dict[str, str] = {}
    for position, entity in enumerate(entities):
        for sample in texts_of(entity.get("sample")):
            if expression := shape(sample, case_sensitive=spelling.case_sensitive):
                shapes.setdefault(expression, []).append(position)
                samples.setdefault(expression, sample)
    compiled = [(re.compile(expression), positions, samples[expression]) for expression, positions in shapes.items()]
    hits = [hit for page in pages for hit in _hits(page, compiled)]
    lacking = sum(not texts_of(entity.get("sample")) for entity in entities)
    told = (f"{lacking:,} entities have no text in 'sample' and were passed over",) if lacking else ()
    return Matches(hits=tuple(hits), unmatched=(), ambiguous=(), warnings=told)


def shape(sample: str, *, case_sensitive: bool = True) -> str:
    """The regular expression for a sample, over texts without separators; empty for one without letters or digits."""
    parts = []
    for literal, single in _PIECE.findall(sample):
        if literal:
            choices = "|".join(re.escape(_bare(choice)) for choice in literal.split("|"))
            parts.append(f"(?:{choices})")
        elif single.isdigit():
            parts.append(r"\d")
        elif single.isalpha():
            parts.append("[A-Z]" if single.isupper() or not case_sensitive else "[a-z]")
    expression = "".join(parts)
    return expression if case_sensitive else f"(?i:{expression})" if expression else ""


Shapes = Sequence[tuple[re.Pattern[str], list[int], str]]


def _hits(page: PageText, shapes: Shapes) -> list[Hit]:
    found: dict[tuple[int, ...], tuple[sight.Seen, list[int], str]] = {}
    longest = sorted(sight.seen(page, range(len(page.words))), key=lambda seen: (-len(seen.words), seen.words))
    taken: set[int] = set()
    for seen in longest:
        if len(seen.words) > _MOST_WORDS or not taken.isdisjoint(seen.words):
            continue
        bare = "".join(_bare(page.words[index].text) for index in seen.words)
        meant = [(positions, sample) for pattern, positions, sample in shapes if pattern.fullmatch(bare)]
        if meant:
            positions = sorted({position for each, _ in meant for position in each})
            found[seen.words] = seen, positions, meant[0][1]
            taken.update(seen.words)
    return [_hit(page, *found[words]) for words in sorted(found)]


def _hit(page: PageText, seen: sight.Seen, positions: list[int], sample: str) -> Hit:
    words = [page.words[index] for index in seen.words]
    return Hit(
        text=" ".join(word.text for word in words),
        page=page.page,
        box=sight.around([word.box for word in words]),
        confidence=round(sum(word.confidence for word in words) / len(words), 3),
        entities=tuple(positions),
        name=sample,
        angle=words[-1].angle,
    )


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
