"""The leading tokens that a sheet leaves out (`PT-1019` for `21-PT-1019`): nearly always the same ones, as a note says.

A text whose only match has another lead than nearly all the others on its page more probably means a tag that isn't
among the entities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from nunatak.documents.found import Found

_ENOUGH = 10  # texts that must agree before one is doubted
_NEARLY_ALL = 0.8


def sorted_out(chosen: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """The texts that keep their hit, and those whose lead is a stranger on their page."""
    left_out: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for found in chosen:
        if not found.whole:
            left_out[found.page.page][lead(found)] += 1
    kept: list[Found] = []
    strays: list[Found] = []
    for found in chosen:
        counts = left_out[found.page.page]
        usual, times = counts.most_common(1)[0] if counts else ("", 0)
        decided = times >= _ENOUGH and times >= _NEARLY_ALL * counts.total()
        stray = not found.whole and decided and lead(found) != usual
        (strays if stray else kept).append(found)
    return kept, strays


def lead(found: Found) -> str:
    """What the text leaves out at the start of the name that it is a part of."""
    name = next(iter(found.part.values()))
    return "-".join(name.split("-")[: name.count("-") - found.folded.count("-")])
