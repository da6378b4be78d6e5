"""Tracks of a street: as few as its lines need, in the order in which these cross least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_ROUNDS = 2


class Span(NamedTuple):
    """What a line takes of a street; `ends`: where along the street it turns off, and whether towards its first
    side."""

    start: float
    end: float
    line: str
    ends: tuple[tuple[float, bool], ...]


def span(line: str, *ends: tuple[float, bool]) -> Span:
    """A span from end to end."""
    places = [place for place, _ in ends]
    return Span(min(places), max(places), line, ends)


def tracks(spans: Sequence[Span], apart: float) -> tuple[dict[str, int], int]:
    """The track of each line, counted from the street's first side, and how many tracks there are; spans on one track
    are farther apart than `apart`."""
    packed, count = _packed(sorted(spans), apart)
    places = {track: place for place, track in enumerate(_untangled(sorted(spans), packed, count))}
    return {line: places[track] for line, track in packed.items()}, count


def _packed(spans: Sequence[Span], apart: float) -> tuple[dict[str, int], int]:
    """The first track that is free for each."""
    ends: list[float] = []
    found: dict[str, int] = {}
    for one in spans:
        track = next((number for number, taken in enumerate(ends) if taken + apart < one.start), len(ends))
        ends[track : track + 1] = [one.end]
        found[one.line] = track
    return found, len(ends)


def _untangled(spans: Sequence[Span], packed: dict[str, int], count: int) -> list[int]:
    """The tracks in an order with fewer crossings: each is moved to where it crosses the others least."""
    cost = _crossings(spans, packed, count)
    order = sorted(range(count), key=lambda one: sum(cost[one][other] - cost[other][one] for other in range(count)))
    for _ in range(_ROUNDS):
        before = list(order)
        for one in before:
            _sifted(order, one, cost)
        if order == before:
            break
    return order


def _sifted(order: list[int], one: int, cost: Sequence[Sequence[int]]) -> None:
    at = order.index(one)
    order.pop(at)
    total = [0]
    for other in order:
        total.append(total[-1] + cost[other][one] - cost[one][other])
    least = min(total)
    order.insert(at if total[at] == least else total.index(least), one)


def _crossings(spans: Sequence[Span], packed: dict[str, int], count: int) -> list[list[int]]:
    """How often lines on a track cross those on another that comes after it, by both tracks. Spans come in order."""
    cost = [[0] * count for _ in range(count)]
    for number, (start, end, line, ends) in enumerate(spans):
        track = packed[line]
        for other in spans[number + 1 :]:
            if other.start >= end:
                break
            beside = packed[other.line]
            for place, first in ends:
                if other.start < place < other.end:
                    a, b = (beside, track) if first else (track, beside)
                    cost[a][b] += 1
            for place, first in other.ends:
                if start < place < end:
                    a, b = (track, beside) if first else (beside, track)
                    cost[a][b] += 1
    return cost
