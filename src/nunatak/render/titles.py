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
    for course in courses if cards else ():
        for number in grid.numbers(course.box.inset(-_CLEAR)):
            crossed.setdefault(number, []).extend(_spans(course, strips[number].inset(-_CLEAR)))
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


def _spans(course: Course, box: Box) -> Iterable[tuple[float, float]]:
    """From where to where the pieces of a line that may run through a box go."""
    xs, ys = course.track
    top, bottom, left, right = box.y, box.bottom, box.x, box.right
    for (ax, bx), (ay, by) in zip(pairwise(xs), pairwise(ys), strict=True):
        if min(ay, by) < bottom and max(ay, by) > top and min(ax, bx) < right and max(ax, bx) > left:
            yield (ax, bx) if ax < bx else (bx, ax)


def _shift(card: Card, strip: Box, spans: Spans) -> float:
    width = words(card).width
    places = [strip.x, *sorted(right + _CLEAR for _, right in spans)]
    fit = [left for left in places if strip.x <= left and left + width <= strip.right] or [strip.x]
    return min(fit, key=lambda left: _struck(left, width, spans)) - strip.x


def _struck(left: float, width: float, spans: Spans) -> int:
    """How many lines run through a title at a place, or closely past it."""
    return sum(end > left - _CLEAR and start < left + width + _CLEAR for start, end in spans)
