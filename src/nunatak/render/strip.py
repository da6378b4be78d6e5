"""Strips: what stands under a picture: the steps of the story it tells, and the legend of its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box
from nunatak.drawing.scene import Group, Node, Paint
from nunatak.render import chips, shapes
from nunatak.render.chips import Chips, fitted
from nunatak.render.lettering import Ink, Lettering
from nunatak.render.overlay import Badge
from nunatak.render.picture import DifferenceSort
from nunatak.render.pills import HEIGHT, Pill, Pills, pill, sign
from nunatak.render.story import Told
from nunatak.render.theme import Theme
from nunatak.render.wrap import Block, Face, Ruler, wrap

HEADING = Face("sans-semibold", 16, 22)
STEP = Face("sans", 13, 18)
ENDS = Face("mono", 12, 16)
WAY, TAKEN = Face("sans", 12, 16), Face("sans-semibold", 12, 16)
_COLUMN, _COLUMN_GAP, _LEAST = 340.0, 32.0, 300.0
_INDENT, _TEXT_LEFT, _BETWEEN = 20.0, 36.0, 12.0
_TAB, _TAB_GAP = 20.0, 6.0
_STEP_ROWS, _TITLE_ROWS = 6, 4
_TOP = 24.0
_ALIKE = "Nothing on the diagram has changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A told step, measured: `ways` are a fork's paths, in rows."""

    pill: Pill
    text: Block
    ends: Block
    ways: tuple[tuple[Way, ...], ...]
    indent: float

    @property
    def height(self) -> float:
        ways = len(self.ways) * (_TAB + _TAB_GAP)
        return max(HEIGHT, self.text.height + self.ends.height + ways)


@dataclass(frozen=True, slots=True)
class Way:
    """A fork's path, measured, and whether the picture follows it."""

    name: Block
    taken: bool

    @property
    def width(self) -> float:
        return self.name.width + 16


class Strip:
    """What stands under a picture of some width, measured and painted."""

    def __init__(self, theme: Theme, fonts: Fonts, *, x: float, width: float) -> None:
        self._theme, self._ruler, self._lettering = theme, Ruler(fonts), Lettering(fonts)
        self._x, self._width = x, max(width, _LEAST)
        self._pills, self._chips = Pills(theme, self._lettering), Chips(theme, self._lettering)
        self.nodes: list[Node] = []

    def around(self, box: Box, bottom: float) -> Box:
        """The box of the picture and of the strip under it, if anything is there."""
        return Box(box.x, box.y, max(box.width, self._width), bottom - box.y) if self.nodes else box

    def title(self, name: str, words: str, y: float) -> float:
        """Adds what the picture is; answers the bottom."""
        y += _TOP
        heading = wrap(name, self._ruler, HEADING, width=self._width, rows=_TITLE_ROWS)
        below = wrap(words, self._ruler, ENDS, width=self._width, rows=1)
        nodes = list(self._lettering.set(heading, Ink(fill=self._theme.area_name), x=self._x, y=y))
        nodes += self._lettering.set(below, Ink(fill=self._theme.area_type), x=self._x, y=y + heading.height)
        self.nodes.append(Group(role="title", children=tuple(nodes)))
        return y + heading.height + below.height

    def steps(self, flow: str, told: Sequence[Told], y: float) -> float:
        """Adds a story's steps in columns; answers the bottom."""
        count = max(1, int((self._width + _COLUMN_GAP) // (_COLUMN + _COLUMN_GAP)))
        width = (self._width - (count - 1) * _COLUMN_GAP) / count
        entries = [self._entry(each, width) for each in told]
        y += _TOP
        heading = wrap(flow, self._ruler, HEADING, width=self._width, rows=2)
        words = list(self._lettering.set(heading, Ink(fill=self._theme.area_name), x=self._x, y=y))
        y += heading.height + _BETWEEN
        columns, bottom = _columns(entries, count), y
        steps: list[Node] = [*words]
        for place, column in enumerate(columns):
            top, x = y, self._x + place * (width + _COLUMN_GAP)
            for entry in column:
                steps.append(self._painted(entry, x, top))
                top += entry.height + _BETWEEN
            bottom = max(bottom, top - _BETWEEN)
        self.nodes.append(Group(role="steps", title=flow, children=tuple(steps)))
        return bottom

    def differences(self, words: str, counts: Mapping[DifferenceSort, int], y: float) -> float:
        """Adds which states are compared, and how many things of each sign there are; answers the bottom."""
        y += _TOP
        theme, x = self._theme, self._x
        heading = wrap(words, self._ruler, HEADING, width=self._width, rows=2)
        nodes = list[Node](self._lettering.set(heading, Ink(fill=theme.area_name), x=x, y=y))
        y += heading.height + _BETWEEN
        found = [(sort, count) for sort, count in counts.items() if count]
        for sort, count in found:
            (row,) = sign(sort, self._ruler)
            text = wrap(f"{sort.capitalize()}: {count}", self._ruler, STEP, width=160, rows=1)
            nodes.append(self._pills.one(row, x, y))
            nodes += self._lettering.set(text, Ink(fill=theme.label), x=x + HEIGHT + 8, y=y + 2)
            x += HEIGHT + 8 + text.width + _COLUMN_GAP
        rest = wrap("Unchanged: faded" if found else _ALIKE, self._ruler, STEP, width=self._width, rows=1)
        if x > self._x and x + rest.width > self._x + self._width:
            x, y = self._x, y + HEIGHT + _TAB_GAP
        nodes += self._lettering.set(rest, Ink(fill=theme.label_type), x=x, y=y + 2)
        self.nodes.append(Group(role="differences", title=words, children=tuple(nodes)))
        return y + HEIGHT

    def legend(self, badges: Sequence[Badge], y: float) -> float:
        """Adds every mark that is shown, in rows; answers the bottom."""
        y, x = y + _TOP, self._x
        nodes: list[Node] = []
        for badge in badges:
            for chip in fitted([badge], self._ruler, self._width, widest=self._width):
                if x > self._x and x + chip.width > self._x + self._width:
                    x, y = self._x, y + chips.HEIGHT + chips.GAP
                nodes += self._chips.chip(chip, x, y)
                x += chip.width + chips.GAP
        self.nodes.append(Group(role="legend", title="Legend", children=tuple(nodes)))
        return y + chips.HEIGHT

    def _entry(self, told: Told, width: float) -> Entry:
        indent = min(told.depth, 4) * _INDENT
        sign = pill(told.step, self._ruler)
        room = width - indent - _TEXT_LEFT
        text = told.step.text or _UNNAMED.get(told.step.sort, "")
        return Entry(
            pill=sign,
            text=wrap(text, self._ruler, STEP, width=room, rows=_STEP_ROWS),
            ends=wrap(told.ends, self._ruler, ENDS, width=room, rows=2),
            ways=self._tabs(told, room),
            indent=indent,
        )

    def _tabs(self, told: Told, room: float) -> tuple[tuple[Way, ...], ...]:
        """A fork's paths in rows that fit."""
        rows: list[list[Way]] = []
        used = room
        for place, name in enumerate(told.ways):
            taken = place == told.taken
            way = Way(wrap(name or "–", self._ruler, TAKEN if taken else WAY, width=room - 16, rows=1), taken)
            if used + _TAB_GAP + way.width > room:
                rows.append([])
                used = -_TAB_GAP
            rows[-1].append(way)
            used += _TAB_GAP + way.width
        return tuple(map(tuple, rows))

    def _painted(self, entry: Entry, x: float, y: float) -> Group:
        theme, x = self._theme, x + entry.indent
        nodes: list[Node] = [self._pills.one(entry.pill, x, y)]
        left = x + _TEXT_LEFT
        y += max(0.0, (HEIGHT - entry.text.height - entry.ends.height) / 2) if not entry.ways else 2
        nodes += self._lettering.set(entry.text, Ink(fill=theme.label), x=left, y=y, titled=True)
        y += entry.text.height
        nodes += self._lettering.set(entry.ends, Ink(fill=theme.label_type), x=left, y=y, titled=True)
        y += entry.ends.height + _TAB_GAP
        for row in entry.ways:
            right = left
            for way in row:
                nodes += self._way(way, right, y)
                right += way.width + _TAB_GAP
            y += _TAB + _TAB_GAP
        return Group(id=entry.pill.step_id, role="step", children=tuple(nodes))

    def _way(self, way: Way, x: float, y: float) -> list[Node]:
        """A path's name as a tab, filled where the picture follows it."""
        theme = self._theme
        edge = self._pills.color("alternate")
        paint = Paint(fill=edge if way.taken else theme.canvas, stroke=edge)
        ink = Ink(fill=theme.tile_ink if way.taken else theme.label)
        tab = shapes.rect(Box(x, y, way.width, _TAB), 5, paint)
        return [tab, *self._lettering.set(way.name, ink, x=x + 8, y=y + 2, titled=True)]


_UNNAMED = {
    "alternate": "Alternative", "parallel": "At the same time", "subflow": "Another flow", "introduction": "Start",
    "conclusion": "End",
}  # fmt: skip


def _columns(entries: Sequence[Entry], count: int) -> list[list[Entry]]:
    """The entries in as many columns of about the same height, in reading order."""
    share = sum(entry.height + _BETWEEN for entry in entries) / count
    columns: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        if columns[-1] and used + entry.height / 2 > share and len(columns) < count:
            columns.append([])
            used = 0.0
        columns[-1].append(entry)
        used += entry.height + _BETWEEN
    return columns
