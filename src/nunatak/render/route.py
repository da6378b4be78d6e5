"""Measured to Routed: every line has its course, its heads and the place of its label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce

from nunatak.drawing.geometry import Box, Point, bounds
from nunatak.render import edges, figure, ports, square, titles, trace
from nunatak.render.anchor import Port
from nunatak.render.course import Course, bent
from nunatak.render.grid import Grid
from nunatak.render.kept import kept
from nunatak.render.labels import Ground, Standing
from nunatak.render.measure import Measured, Wire
from nunatak.render.resolve import Joined, Placed

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
    obstacles = _Obstacles(measured)
    joined = [wire.joined for wire in measured.wires]
    used = Grid(512)
    runs = _kept(joined, obstacles, used)
    free = [number for number in range(len(joined)) if number not in runs]
    chosen = ports.choose([joined[number] for number in free], obstacles.between, obstacles.titled)
    for number, pair in zip(free, chosen, strict=True):
        runs[number] = _run(joined[number], pair, number, obstacles=obstacles, used=used)
    found = [runs[number] for number in range(len(joined))]
    aside = titles.aside(measured.areas, [run.course for run in found])
    obstacles.move_titles(aside)
    strands = _labelled(measured, found, obstacles)
    return Routed(measured=measured, strands=strands, box=_box(measured, strands, found), titles=aside)


class _Obstacles:
    """The boxes and areas of a picture, found by place."""

    def __init__(self, measured: Measured) -> None:
        self._boxes, self._areas = measured.boxes, measured.areas
        self._grid, self._fills, self.ground = Grid(512), Grid(512), Ground()
        self._numbers = {card.placed.thing.id: number for number, card in enumerate(self._boxes)}
        for number, card in enumerate(self._boxes):
            self._grid.put(number, card.placed.box)
            self.ground.add_solid(number, edges.solid(card))
        self._cards = {card.placed.thing.id: card for card in (*self._boxes, *self._areas)}
        self._titles = {card.placed.thing.id: edges.title(card) for card in self._areas}
        for number, card in enumerate(self._areas, len(self._boxes)):
            self.ground.add_solid(number, edges.title(card))
            self._fills.put(number - len(self._boxes), card.placed.box)
            for strip in _rim(card.placed.box):
                self.ground.add_border(number, strip)

    def move_titles(self, aside: Mapping[str, float]) -> None:
        """Keeps labels off the titles that stand elsewhere than usual, too."""
        for number, card in enumerate(self._areas, len(self._boxes)):
            if shift := aside.get(card.placed.thing.id):
                box = titles.words(card)
                self.ground.add_solid(number, Box(box.x + shift, box.y, box.width, box.height))

    def between(self, line: Joined, start: Port, end: Port) -> int:
        """How many foreign boxes lie between two ports on the line's likely course."""
        if line.origin is line.target:
            return 0
        run = trace.curved(start, end) if line.shape == "curved" else _plain(line, start, end)
        along = line.shape == "straight" and trace.along_a_border(start, end)
        return along + self._crossings(line, run)

    def cleared(self, line: Joined, pair: tuple[Port, Port]) -> tuple[Port, Port]:
        """A line's ports, clear of what stands on the borders there."""
        cards = (self._cards[line.origin.thing.id], self._cards[line.target.thing.id])
        return edges.cleared(cards[0], pair[0]), edges.cleared(cards[1], pair[1])

    def through(self, line: Joined, course: Course) -> bool:
        """Whether a course runs through a box that isn't at its line's ends."""
        return self._crossings(line, course) > 0

    def _crossings(self, line: Joined, course: Course) -> int:
        hull = bounds([point for piece in course.pieces for point in piece])
        return sum(map(course.crosses, self.foreign(line, hull)))

    def strays(self, line: Joined, course: Course) -> bool:
        """Whether a course leaves the innermost area that both its line's ends are in."""
        around, parent = set[str](), line.origin.parent_id
        while parent is not None and parent not in around:
            around.add(parent)
            parent = self._cards[parent].placed.parent_id
        home = line.target.parent_id if around else None
        for _ in self._areas:
            if home is None or home in around:
                break
            home = self._cards[home].placed.parent_id
        return home is not None and not self._cards[home].placed.box.encloses(course.box)

    def titled(self, placed: Placed, x: float) -> bool:
        """Whether the title of a thing's area is just above its top border at `x`."""
        title = self._titles.get(placed.parent_id or "")
        return title is not None and title.x <= x <= title.right + 8 and placed.box.y - title.bottom < 40

    def foreign(self, line: Joined, box: Box) -> list[Box]:
        """The boxes that lie in a box and aren't the line's ends."""
        numbers = self._grid.numbers(box)
        numbers -= {self._numbers.get(line.origin.thing.id), self._numbers.get(line.target.thing.id)}
        return [self._boxes[number].placed.box for number in sorted(numbers)]

    def depth(self, point: Point) -> int | None:
        """The depth of the innermost area at a point."""
        found = (self._areas[n].placed.depth or 0 for n in self._fills.numbers(Box(point.x - 1, point.y - 1, 2, 2)))
        return max(found, default=None)


def _plain(line: Joined, start: Port, end: Port) -> Course:
    if line.shape == "straight":
        return trace.straight(start, end)
    return trace.straight(Port(start.out(square.STUB), start.direction), Port(end.out(square.STUB), end.direction))


def _rim(box: Box) -> tuple[Box, Box, Box, Box]:
    return (
        Box(box.x - 1, box.y - 1, box.width + 2, 2),
        Box(box.x - 1, box.bottom - 1, box.width + 2, 2),
        Box(box.x - 1, box.y - 1, 2, box.height + 2),
        Box(box.right - 1, box.y - 1, 2, box.height + 2),
    )


def _kept(lines: Sequence[Joined], obstacles: _Obstacles, used: Grid) -> dict[int, _Run]:
    """The lines that follow a way that is kept with them, by number."""
    runs: dict[int, _Run] = {}
    for number, line in enumerate(lines):
        way = kept(line, partial(obstacles.foreign, line))
        if way is not None:
            square.mark([*way.corners], number, used)
            runs[number] = _run(line, (way.start, way.end), number, obstacles=obstacles, used=used, way=way.corners)
    return runs


def _run(
    line: Joined,
    pair: tuple[Port, Port],
    number: int,
    *,
    obstacles: _Obstacles,
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
    obstacles: _Obstacles,
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


def _labelled(measured: Measured, runs: Sequence[_Run], obstacles: _Obstacles) -> tuple[Strand, ...]:
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


def _strand(wire: Wire, run: _Run, standing: Standing | None, obstacles: _Obstacles) -> Strand:
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
    return reduce(Box.union, boxes) if boxes else None
