"""Rungs: the lifelines, arrows, loops, notes and frames of a sequence, painted."""

from __future__ import annotations

from typing import Literal

from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box, Point
from nunatak.drawing.scene import OPAQUE, Group, Node, Paint, Rect
from nunatak.render import shapes
from nunatak.render.ladder import LOOP_GAP, LOOP_HEIGHT, NOTE_LEFT, TAB, WORDS, Fork, Rung, Way
from nunatak.render.lettering import Ink, Lettering
from nunatak.render.overlay import QUIET
from nunatak.render.pills import HEIGHT, Pills
from nunatak.render.route import HEAD_LENGTH, HEAD_WIDTH
from nunatak.render.theme import Theme
from nunatak.render.wrap import Ruler, wrap

_LINE, _DOTS, _DASH = 1.5, (2.0, 5.0), (6.0, 4.0)
_WORDS_ABOVE, _DOT, _RADIUS = 5.0, 4.0, 6.0
_EMPTY_WORDS = "This flow has no step yet."


class Rungs:
    """Paints what is told of one story."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self._theme, self._ruler, self._lettering = theme, Ruler(fonts), Lettering(fonts)
        self._pills = Pills(theme, self._lettering)

    def lifeline(self, id_: str, head: Box, bottom: float) -> Group:
        """The line under a participant, down to the end of the story."""
        paint = Paint(stroke=self._theme.faint_line, stroke_width=1.25, dash=_DOTS)
        x = head.center.x
        line = shapes.path(paint, ("M", x, head.bottom), ("L", x, bottom))
        return Group(id=f"{id_}:title", role="lifeline", children=(line,))

    def frame(self, fork: Fork) -> Group:
        """The ground of a fork, under everything that is told in it."""
        theme = self._theme
        paint = Paint(fill=theme.area(fork.depth), stroke=theme.area_border)
        return Group(role="frame", opacity=_opacity(fork.aside), children=(shapes.rect(fork.box, 12, paint),))

    def told(self, fork: Fork) -> Group:
        """A fork's words, and the names of its paths with a line above each but the first."""
        box, theme = fork.box, self._theme
        nodes: list[Node] = [self._pills.one(fork.pill, box.x + 14, box.y + 12)]
        place = Box(box.x + NOTE_LEFT, box.y + 14, fork.words.width, fork.words.height)
        nodes.append(self._ground(place, fork.depth + 1))
        nodes += self._lettering.set(fork.words, Ink(fill=theme.area_name), x=place.x, y=place.y, titled=True)
        for at, way in enumerate(fork.ways):
            if at:
                paint = Paint(stroke=theme.area_border, dash=_DASH)
                y = way.y - 8
                nodes.append(shapes.path(paint, ("M", box.x, y), ("L", box.right, y)))
            nodes += self._way(fork, way)
        names = ", ".join(each.whole or " ".join(row.text for row in each.rows) for each in (w.name for w in fork.ways))
        title = f"{_said(fork.words.rows)}: {names}"
        return Group(id=fork.step.id, role="fork", title=title, opacity=_opacity(fork.aside), children=tuple(nodes))

    def _way(self, fork: Fork, way: Way) -> list[Node]:
        edge = self._pills.color(fork.step.sort)
        tab = Box(fork.box.x + 14, way.y, way.name.width + 16, TAB)
        taken = not way.aside
        paint = Paint(fill=edge if taken else self._theme.canvas, stroke=edge)
        ink = Ink(fill=self._theme.tile_ink if taken else self._theme.label)
        words = self._lettering.set(way.name, ink, x=tab.x + 8, y=tab.y + 2, titled=True)
        return [shapes.rect(tab, 5, paint), *words]

    def rung(self, rung: Rung) -> Group:
        """One step: its number, its line and its words."""
        painted = {"arrow": self._arrow, "loop": self._loop, "note": self._note}[rung.kind](rung)
        number = f"{rung.step.number}. " if rung.step.number else ""
        title = number + _said(rung.words.rows)
        return Group(id=rung.step.id, role="rung", title=title, opacity=_opacity(rung.aside), children=tuple(painted))

    def _arrow(self, rung: Rung) -> list[Node]:
        color, way = self._theme.line, 1.0 if rung.end > rung.start else -1.0
        half = rung.pill.width / 2
        foot = rung.start + way * half
        dash = _DASH if rung.step.reply else ()
        paint = Paint(stroke=color, stroke_width=_LINE, dash=dash)
        tip = Point(rung.end, rung.y)
        nodes: list[Node] = [shapes.path(paint, ("M", foot, rung.y), ("L", rung.end - way * HEAD_LENGTH, rung.y))]
        nodes.append(shapes.arrow(tip, Point(way, 0.0), HEAD_LENGTH, HEAD_WIDTH, color))
        if rung.open == "end":
            nodes.append(shapes.circle(Point(rung.end + way * _DOT, rung.y), _DOT, Paint(fill=color)))
        middle = (rung.start + rung.end) / 2 + way * half / 2
        nodes += self._said_at(rung, middle - rung.words.width / 2, rung.y - _WORDS_ABOVE - rung.words.height)
        return [*nodes, self._pill_at(rung)]

    def _loop(self, rung: Rung) -> list[Node]:
        color, x, y, right = self._theme.line, rung.start, rung.y, rung.end
        bottom = y + LOOP_HEIGHT
        paint = Paint(stroke=color, stroke_width=_LINE, round=True)
        line = shapes.path(
            paint,
            ("M", x, y),
            ("L", right - _RADIUS, y),
            ("Q", right, y, right, y + _RADIUS),
            ("L", right, bottom - _RADIUS),
            ("Q", right, bottom, right - _RADIUS, bottom),
            ("L", x + HEAD_LENGTH, bottom),
        )
        head = shapes.arrow(Point(x, bottom), Point(-1.0, 0.0), HEAD_LENGTH, HEAD_WIDTH, color)
        top = y + (LOOP_HEIGHT - rung.words.height) / 2
        return [line, head, *self._said_at(rung, right + LOOP_GAP, top), self._pill_at(rung)]

    def _note(self, rung: Rung) -> list[Node]:
        theme, height = self._theme, max(HEIGHT, rung.words.height) + 16
        edge = self._pills.color(rung.step.sort)
        box = Box(rung.start, rung.y, rung.end - rung.start, height)
        sheet = shapes.rect(box, 8, Paint(fill=theme.canvas, stroke=edge, stroke_width=1.25))
        sign = self._pills.one(rung.pill, box.x + 12, box.y + (height - HEIGHT) / 2)
        top = box.y + (height - rung.words.height) / 2
        ink = Ink(fill=theme.label)
        return [sheet, sign, *self._lettering.set(rung.words, ink, x=box.x + NOTE_LEFT, y=top, titled=True)]

    def _said_at(self, rung: Rung, x: float, y: float) -> list[Node]:
        """A step's words on a ground that hides the lifelines under them."""
        if not rung.words.rows:
            return []
        ground = self._ground(Box(x, y, rung.words.width, rung.words.height), rung.depth)
        align: Literal["left", "middle"] = "left" if rung.kind == "loop" else "middle"
        left = x if align == "left" else x + rung.words.width / 2
        ink = Ink(fill=self._theme.label)
        return [ground, *self._lettering.set(rung.words, ink, x=left, y=y, align=align, titled=True)]

    def _ground(self, box: Box, depth: int) -> Rect:
        """What is behind words in so many frames, in front of the lifelines."""
        behind = self._theme.behind(depth - 1 if depth else None)
        return shapes.rect(Box(box.x - 3, box.y, box.width + 6, box.height), 4, Paint(fill=behind))

    def _pill_at(self, rung: Rung) -> Group:
        return self._pills.one(rung.pill, rung.start - rung.pill.width / 2, rung.y - HEIGHT / 2)

    def empty(self, box: Box) -> Group:
        """What a flow without steps says."""
        words = wrap(_EMPTY_WORDS, self._ruler, WORDS, width=box.width, rows=1)
        ink = Ink(fill=self._theme.area_type)
        y = box.center.y - WORDS.leading / 2
        return Group(role="note", children=tuple(self._lettering.set(words, ink, x=box.center.x, y=y, align="middle")))


def _said(rows: tuple[tuple[str, float], ...]) -> str:
    return " ".join(text for text, _ in rows)


def _opacity(aside: bool) -> float:
    return QUIET if aside else OPAQUE
