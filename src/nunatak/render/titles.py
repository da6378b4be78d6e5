"""Areas' titles: each stands at its area's top left, or as near to it as no line runs through its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from nunatak.drawing.geometry import Box
from nunatak.render import figure
from nunatak.render.course import Course
from nunatak.render.grid import Grid
from nunatak.render.measure import AREA_ICON, AREA_PADDING, AREA_TOP, Card

_CLEAR = 8.0  # between the words and a line beside them
_END = 12.0  # what a title leaves free at its area's right

Spans = list[tuple[float, float]]


def aside(cards: Sequence[Card], courses: Iterable[Course]) -> dict[str, float]:
    """How far to the right of its usual place the title of an area stands, by thing id, where lines run through that
    place and there is a free one."""
    strips, grid = [_strip(card) for card in cards], Grid(512)
    for number, strip in enumerate(strips):
        grid.put(number, strip)
    crossed: dict[int, Spans] = {}
    for course in courses:
        for number in grid.numbers(course.box.inset(-1.0)):
            spans = crossed.setdefault(number, [])
            spans += _spans(course, strips[number])
    found = {cards[n].placed.thing.id: _shift(cards[n], strips[n], spans) for n, spans in crossed.items()}
    return {id: shift for id, shift in found.items() if shift}


def words(card: Card) -> Box:
    """What an area's title covers at its usual place, with its icon."""
    box = card.placed.box
    width = max(card.name.width, card.type.width) + (AREA_ICON + figure.ICON_GAP if card.icon else 0.0)
    return Box(box.x + AREA_PADDING, box.y + AREA_TOP, width, card.name.height + card.type.height)


def _strip(card: Card) -> Box:
    """Where a title may stand: along the whole of the area's top."""
    usual = words(card)
    return Box(usual.x, usual.y, max(card.placed.box.right - _END - usual.x, 0.0), usual.height)


def _spans(course: Course, strip: Box) -> Spans:
    """Where a line runs through a strip, from left to right."""
    found: Spans = []
    for a, b in pairwise(course.points):
        if min(a.y, b.y) < strip.bottom and max(a.y, b.y) > strip.y:
            left, right = min(a.x, b.x), max(a.x, b.x)
            if left < strip.right and right > strip.x - _CLEAR:
                found.append((left, right))
    return found


def _shift(card: Card, strip: Box, spans: Spans) -> float:
    width = words(card).width
    for left in (strip.x, *sorted(right + _CLEAR for _, right in spans)):
        free = all(end <= left - _CLEAR or start >= left + width + _CLEAR for start, end in spans)
        if free and strip.x <= left and left + width <= strip.right:
            return left - strip.x
    return 0.0
