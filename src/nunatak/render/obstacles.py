"""Obstacles: what lines and labels of a picture keep off, found by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nunatak.drawing.geometry import Box, Point, bounds
from nunatak.render import counts, edges, square, titles, trace
from nunatak.render.anchor import Port
from nunatak.render.course import Course
from nunatak.render.grid import Grid
from nunatak.render.labels import Ground
from nunatak.render.measure import Measured
from nunatak.render.resolve import Joined, Placed


class Obstacles:
    """The boxes and areas of a picture, found by place."""

    def __init__(self, measured: Measured) -> None:
        self._boxes, self._areas = measured.boxes, measured.areas
        # Lines ask in long strips, which touch few large cells.
        self._grid, self._fills, self.ground = Grid(1024), Grid(512), Ground()
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

    def move_counts(self, measured: Measured, ends: Sequence[tuple[Joined, tuple[Port, Port]]]) -> Measured:
        """The picture with its badges of counts clear of the ends of lines."""
        met = [(end.thing.id, port) for line, pair in ends for end, port in zip(_ends(line), pair, strict=True)]
        boxes = counts.aside(measured.boxes, met)
        self._cards |= {card.placed.thing.id: card for card in boxes if card.aside}
        return replace(measured, boxes=boxes)

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
        return any(map(course.crosses, self.foreign(line, course.box)))

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


def _ends(line: Joined) -> tuple[Placed, Placed]:
    return line.origin, line.target


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
