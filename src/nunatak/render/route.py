"""Measured to Routed: every line has its course, its heads and the place of its label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from nunatak.drawing.geometry import Box, Point, around
from nunatak.render import edges, figure, ports, square, titles, trace
from nunatak.render.anchor import Port
from nunatak.render.course import Course, bent
from nunatak.render.grid import Grid
from nunatak.render.kept import Kept, kept
from nunatak.render.labels import Standing
from nunatak.render.measure import Measured, Wire
from nunatak.render.obstacles import Obstacles
from nunatak.render.resolve import Joined

HEAD_LENGTH, HEAD_WIDTH = 12.0, 10.0
DOT_RADIUS = 3.0
_UNMOVED = 50.0  # where a label stands that nobody has moved, in percent
_LEAST_PIECE = 0.5  # beside a label; less of a line is not drawn
_KEPT_CORNER = 20.0  # of a curved line that follows a way
_LONGEST_DETOUR = 2.5  # times the length of the curve that runs through something
_WIDE_CORNER = 28.0  # of a curve that has to go round its own things


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An arrow head: its tip on the border, the unit vector it points along, its length in units."""

    tip: Point
    direction: Point
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """A line as it runs: `courses` are its visible parts, with a gap where its label stands; `dot` is where an
    outgoing line starts; `depth` is that of the area behind the label, None on the canvas."""

    wire: Wire
    courses: tuple[Course, ...]
    heads: tuple[Head, ...]
    dot: Point | None
    standing: Standing | None
    depth: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """A picture with nothing left to place. `box` is the smallest round everything, None for an empty picture;
    `titles` says how far to the right of their usual place the titles of some areas stand, by thing id."""

    measured: Measured
    strands: tuple[Strand, ...]
    box: Box | None
    titles: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    course: Course
    heads: tuple[Head, ...]
    dot: Point | None


def route(measured: Measured) -> Routed:
    """Runs all lines between their things, then sets their labels."""
    obstacles = Obstacles(measured)
    joined = [wire.joined for wire in measured.wires]
    used = Grid(1024)
    ways = _kept(joined, obstacles, used)
    free = [number for number in range(len(joined)) if number not in ways]
    chosen = ports.choose([joined[number] for number in free], obstacles.between, obstacles.titled)
    pairs = {number: (way.start, way.end) for number, way in ways.items()} | dict(zip(free, chosen, strict=True))
    measured = obstacles.move_counts(measured, [(line, pairs[number]) for number, line in enumerate(joined)])
    runs: dict[int, _Run] = {}
    for number in (*ways, *free):
        way = ways[number].corners if number in ways else ()
        runs[number] = _run(joined[number], pairs[number], number, obstacles=obstacles, used=used, way=way)
    found = [runs[number] for number in range(len(joined))]
    aside = titles.aside(measured.areas, [run.course for run in found])
    obstacles.move_titles(aside)
    strands = _labelled(measured, found, obstacles)
    return Routed(measured=measured, strands=strands, box=_box(measured, strands, found), titles=aside)


def _kept(lines: Sequence[Joined], obstacles: Obstacles, used: Grid) -> dict[int, Kept]:
    """The ways that are kept with lines, by the lines' numbers."""
    ways: dict[int, Kept] = {}
    for number, line in enumerate(lines):
        way = kept(line, partial(obstacles.foreign, line))
        if way is not None:
            square.mark([*way.corners], number, used)
            ways[number] = way
    return ways


def _run(
    line: Joined,
    pair: tuple[Port, Port],
    number: int,
    *,
    obstacles: Obstacles,
    used: Grid,
    way: Sequence[Point] = (),
) -> _Run:
    start, end = pair = obstacles.cleared(line, pair)
    reach = start.point.distance(end.point) if line.origin is not line.target else 1e3
    length = min(HEAD_LENGTH, reach * 0.45)
    direct = line.shape == "straight" and line.origin is not line.target and not obstacles.between(line, start, end)
    if direct:
        along = Point(end.point.x - start.point.x, end.point.y - start.point.y).unit()
        start, end = Port(start.point, along), Port(end.point, Point(-along.x, -along.y))
    headed = {None: (), "outgoing": (end,), "bidirectional": (start, end)}[line.line.direction]
    heads = tuple(Head(tip=p.point, direction=p.inward().direction, length=length) for p in headed)
    dot = start.out(min(DOT_RADIUS, reach * 0.2)) if line.line.direction == "outgoing" else None
    first = Port(start.out(length), start.direction) if start in headed else start
    last = Port(end.out(length), end.direction) if end in headed else end
    if way:
        course = bent([first.point, *way[1:-1], last.point], _KEPT_CORNER if line.shape == "curved" else trace.CORNER)
    elif line.origin is line.target:
        course = trace.loop(first, last)
    elif line.shape == "curved":
        course = trace.curved(first, last)
        # Only a connector that was asked for can lie behind its own thing.
        asked = line.line.origin_connector or line.line.target_connector
        hidden = asked and any(map(course.crosses, _own(line, 2.0)))
        blocked = hidden or obstacles.through(line, course)
        if blocked or obstacles.strays(line, course):
            bow = _squared(line, pair, (first, last), number, obstacles=obstacles, used=used, radius=_WIDE_CORNER)
            clear = not obstacles.through(line, bow) and (blocked or not obstacles.strays(line, bow))
            course = bow if hidden or (clear and bow.length <= _LONGEST_DETOUR * course.length) else course
    elif direct:
        course = trace.straight(first, last)
    else:
        course = _squared(line, pair, (first, last), number, obstacles=obstacles, used=used, radius=trace.CORNER)
    return _Run(course=course, heads=heads, dot=dot)


def _squared(
    line: Joined,
    pair: tuple[Port, Port],
    ends: tuple[Port, Port],
    number: int,
    *,
    obstacles: Obstacles,
    used: Grid,
    radius: float,
) -> Course:
    field = square.Field(in_the_way=partial(obstacles.foreign, line), own=_own(line, 0.0), used=used)
    way = square.square(*pair, field)
    square.mark(way, number, used)
    return bent([ends[0].point, *way[1:-1], ends[1].point], radius)


def _own(line: Joined, inset: float) -> tuple[Box, ...]:
    """The boxes that a line joins and must not run through: none where one is in the other."""
    here, there = (figure.body(end.shape, end.box) for end in (line.origin, line.target))
    if here.overlaps(there):
        return ()
    return here.inset(inset), there.inset(inset)


def _labelled(measured: Measured, runs: Sequence[_Run], obstacles: Obstacles) -> tuple[Strand, ...]:
    ground = obstacles.ground
    for number, run in enumerate(runs):
        ground.add_line(number, run.course)
    standings: dict[int, Standing] = {}
    # Short lines have the least choice, so they choose first.
    for number in sorted(range(len(runs)), key=lambda number: (runs[number].course.length, number)):
        wire = measured.wires[number]
        if wire.label is not None:
            labels, position = (wire.label, wire.narrow or wire.label), wire.joined.line.label_position
            course = runs[number].course
            if wire.joined.origin is wire.joined.target and position == _UNMOVED:  # the middle of a loop is its corner
                position = 100 * course.longest_run / course.length
            standings[number] = ground.place(number, course, labels, position)
    return tuple(
        _strand(wire, run, standings.get(number), obstacles)
        for number, (wire, run) in enumerate(zip(measured.wires, runs, strict=True))
    )


def _strand(wire: Wire, run: _Run, standing: Standing | None, obstacles: Obstacles) -> Strand:
    return Strand(
        wire=wire,
        courses=_with_gap(run.course, standing),
        heads=run.heads,
        dot=run.dot,
        standing=standing,
        depth=obstacles.depth(standing.box.center) if standing else None,
    )


def _with_gap(course: Course, standing: Standing | None) -> tuple[Course, ...]:
    if standing is None or standing.gap is None:
        return (course,)
    start, end = standing.gap
    found = []
    if start > _LEAST_PIECE:
        found.append(course.split(start)[0])
    if course.length - end > _LEAST_PIECE:
        found.append(course.split(end)[1])
    return tuple(found)


def _box(measured: Measured, strands: Sequence[Strand], runs: Sequence[_Run]) -> Box | None:
    boxes = [card.placed.box for card in measured.areas]
    boxes += [edges.solid(card) for card in measured.boxes]
    boxes += [run.course.box for run in runs]
    boxes += [strand.standing.box for strand in strands if strand.standing]
    boxes += [Box(pin.x - 14, pin.y - 14, 28, 28) for pin in measured.resolved.picture.pins]
    return around(boxes) if boxes else None
