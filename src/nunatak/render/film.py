"""Films: a story step by step over one picture, moving, or a still scene for each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from nunatak.drawing.fonts import Fonts
from nunatak.drawing.motion import DASH
from nunatak.drawing.scene import Group, Node, Paint, Path, Scene
from nunatak.render import course, figure, shapes
from nunatak.render.lettering import Lettering
from nunatak.render.overlay import FADED
from nunatak.render.paint import paint
from nunatak.render.picture import Picture, Step
from nunatak.render.pills import Pills
from nunatak.render.route import HEAD_LENGTH, HEAD_WIDTH, Routed, Strand
from nunatak.render.story import Story, Told
from nunatak.render.theme import Theme

Levels = tuple[float, ...]

# How long a step is shown, in seconds: as long as its words take to be read.
_LEAST, _MOST, _LOOK, _LETTER = 2.5, 12.0, 1.5, 0.05
# How strong what comes next and what has just been are, and other steps' numbers and words.
_NEAR, _QUIET = 0.55, 0.6
_RUN_WIDTH, _RING_WIDTH, _RING_ROOM = 3.5, 3.0, 5.0
_OVER_ALL = ("introduction", "conclusion", "information", "subflow")


class Frame(NamedTuple):
    """A step by itself: its words in a line, and the picture with nothing else at full strength."""

    title: str
    scene: Scene


@dataclass(frozen=True, slots=True)
class Cue:
    """What a step is about: things and lines by id; a step about `all` of the story has none."""

    things: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()

    @property
    def all(self) -> bool:
        return not self.things and not self.lines


def film(routed: Routed, theme: Theme, fonts: Fonts) -> Scene:
    """The picture with its story in motion. Standing still it shows all steps, as the picture itself does."""
    told = routed.measured.resolved.story.told
    if not told:
        return paint(routed, theme, fonts)
    return _Stage(routed, theme, fonts).cued(paint(routed, theme, fonts))


def frames(routed: Routed, theme: Theme, fonts: Fonts) -> tuple[Frame, ...]:
    """The steps' scenes, all of one size, each with its step's words below; one of the whole where nothing is told."""
    resolved = routed.measured.resolved
    told = resolved.story.told
    if not told:
        return (Frame(resolved.picture.name, paint(routed, theme, fonts)),)
    stage = _Stage(routed, theme, fonts)
    scenes = [still(stage.cued(paint(routed, theme, fonts, (one,))), k) for k, one in enumerate(told)]
    height = max(scene.height for scene in scenes)
    return tuple(
        Frame(title(one), msgspec.structs.replace(scene, height=height, title=title(one)))
        for one, scene in zip(told, scenes, strict=True)
    )


def seconds(told: Told) -> float:
    """How long a step is shown."""
    letters = len(told.step.text) + len(told.ends) + sum(map(len, told.ways))
    return round(min(max(_LOOK + _LETTER * letters, _LEAST), _MOST), 1)


def title(told: Told) -> str:
    """A step in one line."""
    number = f"{told.step.number}. " if told.step.number else ""
    words = told.step.text or told.ends or told.step.sort.capitalize()
    return f"{number}{words}"


def still(scene: Scene, moment: int) -> Scene:
    """A film's scene as it stands in one of its moments."""
    children = tuple(one for child in scene.children for one in _stilled(child, moment))
    return msgspec.structs.replace(scene, children=children, moments=())


def _stilled(node: Node, moment: int, *, runs: bool = False) -> list[Node]:
    if isinstance(node, Path) and runs:  # dashes that don't move would tell of a line that isn't there yet
        return [msgspec.structs.replace(node, paint=msgspec.structs.replace(node.paint, dash=()))]
    if not isinstance(node, Group):
        return [node]
    level = node.levels[moment] if node.levels else node.opacity
    if not level:
        return []
    children = tuple(one for child in node.children for one in _stilled(child, moment, runs=node.role == "run"))
    return [msgspec.structs.replace(node, children=children, opacity=level, levels=())]


def cues(picture: Picture, story: Story) -> tuple[Cue, ...]:
    """What each told step is about. A fork is about the first step of every path."""
    at: dict[str, list[str]] = {}
    for line, steps in story.at_lines.items():
        for step in steps:
            at.setdefault(step.id, []).append(line)
    first: dict[str, Step] = {}
    for step in picture.steps:
        first.setdefault(step.path_id or "", step)
    found = []
    for one in story.told:
        begun = [first[way.id] for way in one.step.ways if way.id in first]
        about = [] if one.step.sort in _OVER_ALL else begun or [one.step]
        ends = frozenset(id_ for step in about for id_ in (step.origin_id, step.target_id) if id_)
        lines = frozenset(line for step in about for line in at.get(step.id, [step.line_id] if step.line_id else []))
        found.append(Cue(ends, lines))
    return tuple(found)


class _Stage:
    """The levels of everything in one picture's film."""

    def __init__(self, routed: Routed, theme: Theme, fonts: Fonts) -> None:
        resolved = routed.measured.resolved
        self._routed, self._theme, self._story = routed, theme, resolved.story
        self._pills = Pills(theme, Lettering(fonts))
        self._cues = cues(resolved.picture, resolved.story)
        self._steps = [one.step.id for one in resolved.story.told]
        self._things, self._lines = self._thing_levels(), self._line_levels()

    def cued(self, scene: Scene) -> Scene:
        """A scene whose groups know when they are how strong, with what runs along the lines."""
        children = [self._cued(child) for child in scene.children]
        ground = ("area", "line")
        upper = (k for k, child in enumerate(children) if not isinstance(child, Group) or child.role not in ground)
        place = next(upper, len(children))
        children[place:place] = self._overlays()
        moments = tuple(map(seconds, self._story.told))
        return msgspec.structs.replace(scene, children=tuple(children), moments=moments)

    def _cued(self, node: Node) -> Node:
        if not isinstance(node, Group):
            return node
        id_ = node.id or ""
        match node.role:
            case "line":
                return self._at(node, self._lines.get(id_))
            case "label":
                return self._at(self._numbered(node), self._lines.get(id_.removesuffix(":label")))
            case "title":
                return self._at(node, self._things.get(id_.removesuffix(":title")))
            case "steps":
                return msgspec.structs.replace(node, children=tuple(map(self._row, node.children)))
            case _:
                return self._at(self._numbered(node), self._things.get(id_))

    @staticmethod
    def _at(group: Group, levels: Levels | None) -> Group:
        if levels is None or set(levels) == {group.opacity}:
            return group
        return msgspec.structs.replace(group, levels=levels)

    def _numbered(self, group: Group) -> Group:
        return msgspec.structs.replace(group, children=tuple(map(self._number, group.children)))

    def _number(self, node: Node) -> Node:
        """A step's number at its place: quieter than the others there while another one is told."""
        if isinstance(node, Group) and node.role == "pill" and node.id in self._steps:
            return msgspec.structs.replace(node, levels=self._own(node.id, 1.0))
        return node

    def _row(self, node: Node) -> Node:
        if isinstance(node, Group) and node.role == "step" and node.id in self._steps:
            return msgspec.structs.replace(node, levels=self._own(node.id, _QUIET))
        return node

    def _own(self, step_id: str, else_: float) -> Levels:
        place = self._steps.index(step_id)
        return tuple(1.0 if k == place else else_ if cue.all else _QUIET for k, cue in enumerate(self._cues))

    def _thing_levels(self) -> dict[str, Levels]:
        resolved = self._routed.measured.resolved
        told = self._story.thing_ids()
        levels = {
            placed.thing.id: self._levels([cue.things for cue in self._cues], placed.thing.id, placed.thing.id in told)
            for placed in (*resolved.areas, *resolved.boxes)
        }
        parents = {placed.thing.id: placed.parent_id for placed in (*resolved.areas, *resolved.boxes)}
        inwards = [placed.thing.id for placed in (*resolved.areas, *resolved.boxes)]
        # An area is as strong as the strongest thing in it; outer areas come first.
        for id_ in reversed(inwards):
            if area := parents[id_]:
                levels[area] = tuple(map(max, zip(levels[area], levels[id_], strict=True)))
        return levels

    def _line_levels(self) -> dict[str, Levels]:
        told = self._story.line_ids()
        ids = [strand.wire.joined.line.id for strand in self._routed.strands]
        return {id_: self._levels([cue.lines for cue in self._cues], id_, id_ in told) for id_ in ids}

    def _levels(self, lit: Sequence[frozenset[str]], id_: str, told: bool) -> Levels:
        """How strong something is in each moment: fully where a step is about it, less just before and after."""
        whole = 1.0 if told else FADED
        levels = []
        for k, cue in enumerate(self._cues):
            near = any(id_ in lit[n] for n in (k - 1, k + 1) if 0 <= n < len(lit))
            levels.append(whole if cue.all else 1.0 if id_ in lit[k] else _NEAR if near else FADED)
        return tuple(levels)

    def _overlays(self) -> list[Node]:
        """What moves: a dash along each message's line, and a ring round each process."""
        strands = {strand.wire.joined.line.id: strand for strand in self._routed.strands}
        cards = {card.placed.thing.id: card for card in self._routed.measured.boxes}
        nodes: list[Node] = []
        for place, (one, cue) in enumerate(zip(self._story.told, self._cues, strict=True)):
            if cue.all or one.step.ways:
                continue
            color = self._pills.color(one.step.sort)
            alone: Levels = tuple(float(k == place) for k in range(len(self._cues)))
            runs = [strands[id_] for id_ in sorted(cue.lines) if id_ in strands]
            for strand in runs:
                nodes.append(_group("run", alone, *_run(strand, one.step, color)))
            for id_ in sorted(cue.things) if not runs else ():
                if id_ in cards:
                    placed = cards[id_].placed
                    around = figure.body(placed.shape, placed.box).inset(-_RING_ROOM)
                    ring = Paint(stroke=color, stroke_width=_RING_WIDTH)
                    nodes.append(_group("ring", alone, shapes.rect(around, figure.BOX_RADIUS + _RING_ROOM, ring)))
        return nodes


def _group(role: str, levels: Levels, *nodes: Node) -> Group:
    return Group(role=role, opacity=0.0, levels=levels, children=nodes)


def _run(strand: Strand, step: Step, color: str) -> list[Node]:
    """A dashed line over a line, in the direction of the message, and a head where the line itself has none."""
    courses, line = strand.courses, strand.wire.joined.line
    back = step.origin_id == line.target_id and step.target_id == line.origin_id and step.origin_id != step.target_id
    if back:
        courses = tuple(one.reversed() for one in reversed(courses))
    paint = Paint(stroke=color, stroke_width=_RUN_WIDTH, dash=DASH)
    nodes: list[Node] = [Path(segments=course.segments(courses), paint=paint)]
    if back and line.direction == "outgoing":
        end = courses[-1]
        tip, toward = end.at(end.length), end.direction(end.length)
        nodes.append(shapes.arrow(tip, toward, HEAD_LENGTH, HEAD_WIDTH, color))
    return nodes
