"""Reading order: cards row by row from the left to the right, which is how they are told to who can't see them."""

from __future__ import annotations

from collections.abc import Sequence

from nunatak.drawing.geometry import Box
from nunatak.render.grid import Grid
from nunatak.render.measure import Card


def in_reading_order(cards: Sequence[Card]) -> list[Card]:
    """The cards in rows from the top, each from the left; as they were where that would lay another one on top."""
    rows: list[list[int]] = []
    boxes = [card.placed.box for card in cards]
    for number in sorted(range(len(cards)), key=lambda number: (boxes[number].y, boxes[number].x)):
        if not rows or boxes[number].y >= boxes[rows[-1][0]].center.y:
            rows.append([])
        rows[-1].append(number)
    order = [number for row in rows for number in sorted(row, key=lambda number: (boxes[number].x, number))]
    return list(cards) if _relaid(boxes, order) else [cards[number] for number in order]


def _relaid(boxes: Sequence[Box], order: Sequence[int]) -> bool:
    """Whether a box comes to lie under one that it was over."""
    laid = Grid()
    for number in order:
        if any(below > number for below in laid.numbers(boxes[number])):
            return True
        laid.put(number, boxes[number])
    return False
