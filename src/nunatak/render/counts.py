"""Counts: the badges that count what is inside of cards, moved along the border from where lines end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nunatak.render import edges
from nunatak.render.anchor import Port
from nunatak.render.measure import Card

_CLEAR = 8.0  # between a badge and the middle of a line that ends there
_END = 12.0  # what a badge leaves free at its card's right


def aside(cards: Sequence[Card], ends: Iterable[tuple[str, Port]]) -> tuple[Card, ...]:
    """The cards, each with its count as near to its usual place as no line ends behind it; where none is free, it
    stays. `ends`: a thing's id, and a port of a line that ends there."""
    met: defaultdict[str, list[float]] = defaultdict(list)
    for id, port in ends:
        if port.direction.y < 0:
            met[id].append(port.point.x)
    return tuple(_moved(card, met[card.placed.thing.id]) if card.count.rows else card for card in cards)


def _moved(card: Card, ends: Sequence[float]) -> Card:
    usual = edges.count(card)
    right = edges.status(card).x if card.status.rows else card.placed.box.right
    for left in (usual.x, *sorted(x + _CLEAR for x in ends if x + _CLEAR > usual.x)):
        free = all(x + _CLEAR <= left or x - _CLEAR >= left + usual.width for x in ends)
        if free and left + usual.width + _END <= right:
            return replace(card, aside=left - usual.x) if left > usual.x else card
    return card
