"""Shapes: the outlines and small signs that cards, pins and lines are made of, numbers rounded to hundredths."""

from __future__ import annotations

from typing import cast

from nunatak.drawing.geometry import Box, Point, Segment
from nunatak.drawing.scene import Ellipse, Paint, Path, Rect
from nunatak.render import figure

# How far a quarter circle's controls lie from its ends, in radii.
_ROUND = 0.5523


def rect(box: Box, radius: float, paint: Paint) -> Rect:
    return Rect(
        x=round(box.x, 2),
        y=round(box.y, 2),
        width=round(box.width, 2),
        height=round(box.height, 2),
        radius=round(min(radius, box.width / 2, box.height / 2), 2),
        paint=paint,
    )


def circle(center: Point, radius: float, paint: Paint) -> Ellipse:
    return Ellipse(cx=round(center.x, 2), cy=round(center.y, 2), rx=radius, ry=radius, paint=paint)


def path(paint: Paint, *segments: Segment) -> Path:
    return Path(segments=tuple(_rounded(segment) for segment in segments), paint=paint)


def cylinder(box: Box, body: Paint, lid: Paint) -> list[Path]:
    """A store: its body with a bulged bottom, then its lid."""
    x, right, half = box.x, box.right, figure.lid(box)
    top, bottom = box.y + half, box.bottom - half
    middle = box.x + box.width / 2
    across, down = box.width / 2 * _ROUND, half * _ROUND
    bulge: list[Segment] = [
        ("C", right, bottom + down, middle + across, box.bottom, middle, box.bottom),
        ("C", middle - across, box.bottom, x, bottom + down, x, bottom),
    ]
    over: list[Segment] = [
        ("C", x, top - down, middle - across, box.y, middle, box.y),
        ("C", middle + across, box.y, right, top - down, right, top),
    ]
    under: list[Segment] = [
        ("C", right, top + down, middle + across, top + half, middle, top + half),
        ("C", middle - across, top + half, x, top + down, x, top),
    ]
    outline = path(body, ("M", x, top), *over, ("L", right, bottom), *bulge, ("Z",))
    return [outline, path(lid, ("M", x, top), *over, *under, ("Z",))]


def person(box: Box, color: str) -> list[Ellipse | Path]:
    """A head and shoulders in the middle of an actor's tile."""
    unit = box.width / 56
    center = box.center
    head = circle(Point(center.x, center.y - 7 * unit), round(6 * unit, 2), Paint(fill=color))
    top, bottom, half = center.y + 2 * unit, center.y + 14 * unit, 12 * unit
    shoulders = path(
        Paint(fill=color),
        ("M", center.x - half, bottom),
        ("C", center.x - half, top + 3 * unit, center.x - 6.5 * unit, top, center.x, top),
        ("C", center.x + 6.5 * unit, top, center.x + half, top + 3 * unit, center.x + half, bottom),
        ("Z",),
    )
    return [head, shoulders]


def plug(right: float, top: float, color: str) -> list[Rect]:
    """A component's sign, 18 x 14 units: a block with two plugs."""
    line = Paint(stroke=color, stroke_width=1.25)
    filled = Paint(stroke=color, stroke_width=1.25, fill=color)
    body = rect(Box(right - 14, top, 14, 14), 2, line)
    return [body, *(rect(Box(right - 18, top + drop, 8, 3), 1, filled) for drop in (2.5, 8.5))]


def arrow(tip: Point, direction: Point, length: float, width: float, color: str) -> Path:
    """A filled head whose tip touches the border."""
    base = tip.moved(-direction.x * length, -direction.y * length)
    across = Point(-direction.y * width / 2, direction.x * width / 2)
    return path(
        Paint(fill=color),
        ("M", *tip),
        ("L", base.x + across.x, base.y + across.y),
        ("L", base.x - across.x, base.y - across.y),
        ("Z",),
    )


def hatch(box: Box, color: str) -> Path:
    """Slanted strokes down the left edge of a box, inside its corners."""
    segments: list[Segment] = []
    top, bottom, width = box.y + figure.BOX_RADIUS, box.bottom - figure.BOX_RADIUS, 7.0
    y = top + width
    while y <= bottom:
        segments += [("M", box.x + 1, y), ("L", box.x + width, y - width + 1)]
        y = y + max(6.0, box.height / 64)
    return path(Paint(stroke=color, stroke_width=1.5), *segments)


def glass(x: float, y: float, color: str) -> list[Ellipse | Path]:
    """A magnifying glass, 10 units wide."""
    line = Paint(stroke=color, stroke_width=1.5, round=True)
    handle = path(line, ("M", x + 7, y + 7), ("L", x + 10, y + 10))
    return [circle(Point(x + 4, y + 4), 4, line), handle]


def tick(center: Point, ink: str) -> list[Path]:
    """A check mark round a point."""
    x, y = center
    paint = Paint(stroke=ink, stroke_width=2.5, round=True)
    return [path(paint, ("M", x - 5, y), ("L", x - 1.5, y + 4), ("L", x + 5.5, y - 4.5))]


def bulb(center: Point, color: str) -> list[Ellipse | Path]:
    """A light bulb, 12 units high."""
    x, y = center.x, center.y
    line = Paint(stroke=color, stroke_width=1.5, round=True)
    base = path(line, ("M", x - 1.75, y + 3.5), ("L", x + 1.75, y + 3.5), ("M", x - 1, y + 6), ("L", x + 1, y + 6))
    return [circle(Point(x, y - 1.75), 3.75, line), base]


def bubble(center: Point, paint: Paint) -> Path:
    """A comment's bubble, 24 units wide, with its point at the lower left."""
    x, y, r = center.x, center.y, 12.0
    k = r * _ROUND
    return path(
        paint,
        ("M", x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("L", x - r + 2, y + r),
        ("Q", x - r, y + r, x - r, y + r - 2),
        ("Z",),
    )


def _rounded(segment: Segment) -> Segment:
    letter, *numbers = segment
    return (letter, *[round(number, 2) for number in cast(list[float], numbers)])
