"""Ladders: a story as a sequence, its participants in columns and its steps in rows, measured and in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from nunatak.core.flow import NESTING
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box
from nunatak.render.picture import Picture, Step, Thing
from nunatak.render.pills import HEIGHT, Pill, pill
from nunatak.render.wrap import Block, Face, Ruler, balanced, wrap

WORDS, NAME, WAY = Face("sans", 13, 18), Face("sans-semibold", 13, 18), Face("sans", 12, 16)
HEAD_WIDTH, HEAD_HEIGHT, ACTOR_HEIGHT = 184.0, 76.0, 128.0
LOOP_WIDTH, LOOP_HEIGHT, LOOP_GAP = 40.0, 26.0, 10.0
TAB, EDGE, NOTE_LEFT = 20.0, 20.0, 44.0
_APART, _ROOM, _OPEN = 32.0, 34.0, 150.0  # between heads, beside a label, the length of an arrow with one end
_LABEL, _LOOPED, _NOTED, _ROWS = 230.0, 190.0, 520.0, 5
_BETWEEN, _ABOVE, _FRAME, _INDENT, _DEEPEST = 20.0, 5.0, 14.0, 14.0, 5
_UNNAMED = {
    "alternate": "Alternatives", "parallel": "At the same time", "subflow": "Another flow", "introduction": "Start",
    "conclusion": "End", "information": "Note",
}  # fmt: skip
Kind = Literal["arrow", "loop", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A step in its place: an arrow along `y` from `start` to `end`, a loop at `start` that begins at `y`, or a note
    whose box reaches from `start` to `end` and down from `y`. `open` is the end of an arrow at which nobody stands;
    `depth` counts the frames around, `aside` says that the story takes another path."""

    step: Step
    kind: Kind
    pill: Pill
    words: Block
    y: float
    start: float
    end: float
    depth: int
    aside: bool
    open: Literal["start", "end"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A path in a fork's frame: its name and its top."""

    name: Block
    y: float
    aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """A fork in its place: a frame round its paths, with its words in the first row."""

    step: Step
    pill: Pill
    words: Block
    box: Box
    ways: tuple[Way, ...]
    depth: int
    aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A whole sequence: the heads' boxes by the ids of the things, in their columns, the rungs and forks in the order
    of telling, and how far all of it reaches. Heads stand on y = 0."""

    heads: dict[str, Box]
    rungs: tuple[Rung, ...]
    forks: tuple[Fork, ...]
    box: Box


def ladder(picture: Picture, path_ids: Sequence[str], fonts: Fonts) -> Ladder:
    """The sequence of the picture's story along all its paths; `path_ids` are those that are taken where a fork has
    one of them, and the others stand aside."""
    return _Laying(picture, frozenset(path_ids), Ruler(fonts)).laid()


def participants(picture: Picture) -> list[Thing]:
    """Who takes part, in the order in which the story comes to them."""
    things = {thing.id: thing for thing in picture.things}
    ends = (id_ for step in picture.steps for id_ in (step.origin_id, step.target_id) if id_ in things)
    return [things[id_] for id_ in dict.fromkeys(ends) if id_]


class _Laying:
    """One story being laid out: first the columns, as far apart as their words need, then row by row."""

    def __init__(self, picture: Picture, taken: frozenset[str], ruler: Ruler) -> None:
        self._picture, self._taken, self._ruler = picture, taken, ruler
        self._things = participants(picture)
        self._column = {thing.id: at for at, thing in enumerate(self._things)}
        self._names = {line.id: line.name for line in picture.lines}
        self._words = {step.id: self._worded(step) for step in picture.steps}
        self._left, self._right = -HEAD_WIDTH / 2, HEAD_WIDTH / 2
        self._x = self._columns()
        self._rungs: list[Rung] = []
        self._forks: list[Fork] = []
        self._told: set[str | None] = set()

    def laid(self) -> Ladder:
        heads = {thing.id: self._head(thing) for thing in self._things}
        top = min((box.y for box in heads.values()), default=0.0)
        bottom = self._path(None, 0, 26.0, aside=False) + 4
        left, right = self._edges(0)
        left = min(left, *(rung.start for rung in self._rungs if rung.kind == "note"), right)
        right = max(right, *(rung.end for rung in self._rungs if rung.kind == "note"), left)
        self._forks.sort(key=lambda fork: fork.depth)
        box = Box(left, top, right - left, bottom - top)
        return Ladder(heads=heads, rungs=tuple(self._rungs), forks=tuple(self._forks), box=box)

    def _head(self, thing: Thing) -> Box:
        height = ACTOR_HEIGHT if thing.type == "actor" else HEAD_HEIGHT
        return Box(self._x[self._column[thing.id]] - HEAD_WIDTH / 2, -height, HEAD_WIDTH, height)

    def _worded(self, step: Step) -> Block:
        """What stands at a step."""
        kind = self._kind(step)
        text = step.text or self._names.get(step.line_id or "", "") or _UNNAMED.get(step.sort, "")
        if kind == "fork":
            return wrap(text, self._ruler, NAME, width=_NOTED, rows=2)
        width = {"arrow": _LABEL, "loop": _LOOPED}.get(kind, _NOTED)
        if kind == "arrow" and None in self._ends(step):
            width = _OPEN
        return balanced(text, self._ruler, WORDS, width=width, rows=_ROWS)

    def _kind(self, step: Step) -> Kind | Literal["fork"]:
        if step.sort in ("alternate", "parallel"):
            return "fork" if step.ways else "note"
        ends = self._ends(step)
        if step.sort not in ("message", "process") or ends == (None, None):
            return "note"
        return "loop" if step.sort == "process" or ends[0] == ends[1] else "arrow"

    def _ends(self, step: Step) -> tuple[int | None, int | None]:
        """The columns of a step's ends."""
        return self._column.get(step.origin_id or ""), self._column.get(step.target_id or "")

    def _columns(self) -> list[float]:
        """Where the lifelines are; beside the outer ones there is room for what begins or ends there."""
        gaps = [HEAD_WIDTH + _APART] * max(0, len(self._things) - 1)
        spans = []
        for step in self._picture.steps:
            words = self._words[step.id].width
            match self._kind(step), *self._ends(step):
                case "arrow", int(a), int(b):
                    spans.append((min(a, b), max(a, b), words + 2 * _ROOM))
                case "arrow", None, int(b):
                    spans.append((b - 1, b, _OPEN + _ROOM))
                case "arrow", int(a), None:
                    spans.append((a, a + 1, _OPEN + _ROOM))
                case "loop", a, b:
                    at = a if a is not None else b or 0
                    spans.append((at, at + 1, LOOP_WIDTH + LOOP_GAP + words + _ROOM))
        for first, last, need in sorted(spans, key=lambda span: span[1] - span[0]):
            self._widen(gaps, first, last, need)
        found = [0.0]
        for gap in gaps:
            found.append(found[-1] + gap)
        self._right += found[-1] if self._things else 0.0
        return found

    def _widen(self, gaps: list[float], first: int, last: int, need: float) -> None:
        if first < 0:
            self._left = min(self._left, -need)
        elif last > len(gaps):
            self._right = max(self._right, need)
        elif (missing := need - sum(gaps[first:last])) > 0:
            for at in range(first, last):
                gaps[at] += missing / (last - first)

    def _edges(self, depth: int) -> tuple[float, float]:
        """How far a frame reaches that is in so many others."""
        inset = _INDENT * min(depth, _DEEPEST)
        return self._left - EDGE + inset, self._right + EDGE - inset

    def _path(self, path_id: str | None, depth: int, y: float, *, aside: bool) -> float:
        """Lays out the steps of a path from `y`; answers the bottom."""
        if path_id in self._told or depth > NESTING:  # a path that leads into itself ends here
            return y
        self._told.add(path_id)
        for step in self._picture.steps:
            if step.path_id != path_id:
                continue
            y = self._fork(step, depth, y, aside) if self._kind(step) == "fork" else self._rung(step, depth, y, aside)
            y += _BETWEEN
        return y

    def _rung(self, step: Step, depth: int, y: float, aside: bool) -> float:
        words, kind = self._words[step.id], self._kind(step)
        made = partial(Rung, step=step, words=words, depth=depth, aside=aside, pill=self._pill(step))
        if kind == "note":
            width = max(words.width, 60.0) + NOTE_LEFT + 16
            start = (self._x[-1] - width) / 2
            self._rungs.append(made(kind="note", y=y, start=start, end=start + width))
            return y + max(HEIGHT, words.height) + 16
        a, b = self._ends(step)
        if kind == "loop":
            x = self._x[a if a is not None else b or 0]
            y += max(HEIGHT / 2, (words.height - LOOP_HEIGHT) / 2)
            self._rungs.append(made(kind="loop", y=y, start=x, end=x + LOOP_WIDTH))
            return y + LOOP_HEIGHT + max(4.0, (words.height - LOOP_HEIGHT) / 2)
        y += max(HEIGHT / 2, words.height + _ABOVE)
        start = self._x[a] if a is not None else self._x[b or 0] - _OPEN
        end = self._x[b] if b is not None else start + _OPEN
        lacking: Literal["start", "end"] | None = "start" if a is None else "end" if b is None else None
        self._rungs.append(made(kind="arrow", y=y, start=start, end=end, open=lacking))
        return y + HEIGHT / 2

    def _fork(self, step: Step, depth: int, y: float, aside: bool) -> float:
        left, right = self._edges(depth)
        words, top, ways = self._words[step.id], y, []
        y += _FRAME + max(HEIGHT, words.height) + 10
        chosen = step.sort == "alternate" and any(way.id in self._taken for way in step.ways)
        place = len(self._forks)
        for way in step.ways:
            off = aside or (chosen and way.id not in self._taken)
            name = wrap(way.name or "–", self._ruler, WAY, width=_NOTED, rows=1)
            ways.append(Way(name=name, y=y, aside=off))
            y = self._path(way.id, depth + 1, y + TAB + _FRAME, aside=off)
        box = Box(left, top, right - left, y - top - 2)
        made = Fork(step=step, pill=self._pill(step), words=words, box=box, ways=tuple(ways), depth=depth, aside=aside)
        self._forks.insert(place, made)
        return box.bottom + 4

    def _pill(self, step: Step) -> Pill:
        return replace(pill(step, self._ruler), step_id="")  # the rung has the id
