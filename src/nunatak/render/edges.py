"""Edges: what stands on and over the border of a card or an area, where it stands, and what of it a line keeps off."""

from __future__ import annotations

from collections.abc import Iterator

from nunatak.drawing.geometry import Box, Point
from nunatak.render import chips, figure, pills
from nunatak.render.anchor import Port
from nunatak.render.measure import AREA_PADDING, Card

# What stands over a card's top border: the domain's name, the badges.
DOMAIN_RISE, COUNT_RISE = 24.0, 10.0
BADGE_HEIGHT = 20.0
_BADGE_INSET = 12.0
_SIGN_INSET = 6.0  # of a difference's sign from a card's right


def badges(card: Card) -> Point:
    """The middle of a row of badges: on a card's bottom border, at the left of an area's."""
    box = figure.body(card.placed.shape, card.placed.box)
    if card.placed.shape == "area":
        return Point(box.x + AREA_PADDING + chips.row_width(card.chips) / 2, box.bottom)
    return Point(box.center.x, box.bottom)


def numbers(card: Card) -> Point:
    """The middle of a row of steps' numbers."""
    box = figure.body(card.placed.shape, card.placed.box)
    return Point(box.center.x, box.y)


def sign(card: Card) -> Point:
    """The middle of a difference's sign: its corner for a card, a little in for an area."""
    box = figure.body(card.placed.shape, card.placed.box)
    inset = _SIGN_INSET + (pills.HEIGHT / 2 if card.placed.shape == "area" else 0.0)
    return Point(box.right - inset, box.y)


def count(card: Card) -> Box:
    """The badge that counts what is inside."""
    box = card.placed.box
    return Box(box.x + _BADGE_INSET + card.aside, box.y - BADGE_HEIGHT / 2, card.count.width + 32, BADGE_HEIGHT)


def status(card: Card) -> Box:
    """The badge of a status, left of a sign."""
    box = figure.body(card.placed.shape, card.placed.box)
    width = card.status.width + 16
    aside = _BADGE_INSET + (pills.HEIGHT if card.sign else 0)
    return Box(box.right - aside - width, box.y - BADGE_HEIGHT / 2, width, BADGE_HEIGHT)


def worn(card: Card) -> Iterator[Box]:
    """All that stands on the border."""
    if card.chips:
        yield _around(badges(card), chips.row_width(card.chips), chips.HEIGHT)
    if card.pills and card.placed.shape != "area":
        yield _around(numbers(card), pills.row_width(card.pills), pills.HEIGHT)
    if card.sign:
        yield _around(sign(card), pills.row_width(card.sign), pills.HEIGHT)
    if card.count.rows:
        yield count(card)
    if card.status.rows:
        yield status(card)


def cleared(card: Card, port: Port) -> Port:
    """The port, moved outwards to the edge of what stands on the border there: a line that ended behind a badge would
    hide its head."""
    point, way = port
    for box in worn(card):
        if box.contains(point):
            across = (box.bottom - point.y) if way.y > 0 else (point.y - box.y) if way.y < 0 else 0.0
            along = (box.right - point.x) if way.x > 0 else (point.x - box.x) if way.x < 0 else 0.0
            return Port(port.out(across + along), way)
    return port


def solid(card: Card) -> Box:
    """All that a card covers, with what stands over its top border and its badges at the bottom."""
    edged = card.count.rows or card.status.rows or card.pills or card.sign
    rise = DOMAIN_RISE if card.domain.rows else COUNT_RISE if edged else 0.0
    box = card.placed.box
    return Box(box.x, box.y - rise, box.width, box.height + rise + (chips.HEIGHT / 2 if card.chips else 0.0))


def title(card: Card) -> Box:
    """What an area's title covers."""
    box = card.placed.box
    width = max(card.name.width, card.type.width) + (36 if card.icon else 0) + AREA_PADDING
    return Box(box.x, box.y, min(width, box.width), min(42.0, box.height))


def _around(middle: Point, width: float, height: float) -> Box:
    return Box(middle.x - width / 2, middle.y - height / 2, width, height)
