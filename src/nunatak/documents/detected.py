"""What was found on the pages of several files, as a detect job answers it: one call in a worker process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from nunatak.documents.match import Options, match
from nunatak.documents.page import Box, Doubt, Hit, Matches, PageText

Entities = Sequence[Mapping[str, Any]]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one file, as JSON builtins."""

    annotations: list[dict[str, Any]]
    unmatched: list[dict[str, Any]]
    ambiguous: list[dict[str, Any]]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in each file, and what a reader should know of all."""

    files: list[Found]
    warnings: list[str]


def found(texts: bytes, entities: bytes, options: Options) -> bytes:
    """The JSON of an Answer. `texts` is the JSON of a list of pages for each file, `entities` that of a list of
    objects. All pages are matched at once, for the entities are prepared once for a match."""
    files: list[list[PageText]] = msgspec.json.decode(texts, type=list[list[PageText]])
    known: list[dict[str, Any]] = msgspec.json.decode(entities, type=list[dict[str, Any]])
    places = [(at, page.page) for at, pages in enumerate(files) for page in pages]
    numbered = [replace(page, page=number) for number, page in enumerate((p for pages in files for p in pages), 1)]
    matches = match(numbered, known, options)
    notes = dict.fromkeys(note for page in numbered for note in page.notes)  # what keeps pages from being read, once
    return msgspec.json.encode(
        _parted(replace(matches, warnings=(*notes, *matches.warnings)), places, len(files), known)
    )


def _parted(matches: Matches, places: Sequence[tuple[int, int]], files: int, known: Entities) -> Answer:
    """The matches by file, each with the number of its own page."""

    def own(file: int, all_: Iterable[Any]) -> list[Any]:
        return [(one, places[one.page - 1][1]) for one in all_ if places[one.page - 1][0] == file]

    parts = [
        Found(
            annotations=[_annotation(hit, page, known) for hit, page in own(at, matches.hits)],
            unmatched=[_doubt(one, page, known) for one, page in own(at, matches.unmatched)],
            ambiguous=[_doubt(one, page, known) for one, page in own(at, matches.ambiguous)],
        )
        for at in range(files)
    ]
    return Answer(files=parts, warnings=list(matches.warnings))


def _annotation(hit: Hit, page: int, known: Entities) -> dict[str, Any]:
    return {
        "text": hit.text,
        "confidence": hit.confidence,
        "entities": [known[at] for at in hit.entities],
        "region": region(hit.box, page),
    }


def _doubt(doubt: Doubt, page: int, known: Entities) -> dict[str, Any]:
    candidates = [{"entity": known[one.entity], "name": one.name, "score": one.score} for one in doubt.candidates]
    return {"text": doubt.text, "region": region(doubt.box, page), "candidates": candidates}


def region(box: Box, page: int) -> dict[str, Any]:
    """A box as annotations have it: four corners, from the top left on counterclockwise."""
    corners = ((box.left, box.top), (box.left, box.bottom), (box.right, box.bottom), (box.right, box.top))
    return {"shape": "rectangle", "page": page, "vertices": [{"x": x, "y": y} for x, y in corners]}
