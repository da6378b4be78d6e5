"""Finding places for some things among others that stay where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise

from nunatak.drawing.geometry import Box, Point, bounds
from nunatak.render.areas import INSET_BOTTOM, INSET_LEFT, INSET_RIGHT, INSET_TOP
from nunatak.render.grid import Grid
from nunatak.render.layout.check import APART
from nunatak.render.layout.graph import Tree
from nunatak.render.layout.laid import Way, snapped
from nunatak.render.measure import Wire

_ROOM = 48.0  # between a thing and what was there
_STEP = 32.0
_RINGS = 48


class Ground:
    """The places of leaves, by id; areas lie round what is in them. `ways` are lines that are to be left alone."""

    def __init__(self, tree: Tree, boxes: Mapping[str, Box], ways: Iterable[Way] = ()) -> None:
        self._tree = tree
        self.boxes = dict(boxes)
        self._ways = Grid()
        for number, (a, b) in enumerate(piece for way in ways for piece in pairwise(way)):
            self._ways.put(number, bounds((a, b)).inset(-1.0))

    def put(self, id: str, wanted: Point) -> None:
        """Gives a thing the free place nearest to the wanted one. Where there is none near, all that is to the right
        of its area makes way."""
        box = self._tree.placed[id].box
        for corner in _rings(wanted):
            tried = Box(corner.x, corner.y, box.width, box.height)
            if self._free(id, tried):
                self.boxes[id] = tried
                return
        self._make_way(id)

    def _free(self, id: str, tried: Box) -> bool:
        room = tried.inset(-_ROOM)
        if self._ways.touched(tried.inset(-APART)):
            return False
        if any(room.overlaps(box) for other, box in self.boxes.items() if other != id):
            return False
        # Every area that grows round the thing keeps off all that isn't in it.
        grown = tried
        chain = self._tree.around(id)
        for area in chain:
            held = set(self._tree.below(area))
            grown = _padded(reduce(Box.union, (box for other, box in self.boxes.items() if other in held), grown))
            if any(grown.overlaps(box, APART) for other, box in self.boxes.items() if other not in held):
                return False
            if any(grown.overlaps(box, APART) for box in self._areas(outside=held | set(chain))):
                return False
        return chain != [] or not any(tried.overlaps(box, APART) for box in self._areas(outside={id}))

    def _areas(self, outside: set[str]) -> Iterator[Box]:
        """The areas that are not among some things and hold none of them."""
        for id in self._tree.placed:
            members = self._tree.inside.get(id, ())
            if members and id not in outside:
                box = self.area(id)
                if box is not None and not set(self._tree.below(id)) & outside:
                    yield box

    def area(self, id: str) -> Box | None:
        """An area round what has a place in it so far."""
        held = [self.area(m) if self._tree.inside.get(m) else self.boxes.get(m) for m in self._tree.inside.get(id, ())]
        known = [box for box in held if box is not None]
        return _padded(reduce(Box.union, known)) if known else None

    def _make_way(self, id: str) -> None:
        box, around = self._tree.placed[id].box, self._tree.around(id)
        held = set(self._tree.below(around[0])) if around else set(self.boxes)
        beside = [b for other, b in self.boxes.items() if other in held] or list(self.boxes.values())
        whole = reduce(Box.union, beside)
        by = snapped(box.width + 2 * _ROOM + INSET_RIGHT)
        for other, there in self.boxes.items():
            if other not in held and there.x >= whole.right:
                self.boxes[other] = Box(there.x + by, there.y, there.width, there.height)
        self.boxes[id] = Box(whole.right + _ROOM, whole.y, box.width, box.height)


def wanted(tree: Tree, id: str, ground: Ground, wires: Iterable[Wire]) -> Point:
    """Where a thing would best stand: among what it is joined to, else in its area, else under it all."""
    met: list[Point] = []
    for wire in wires:
        ends = wire.joined.origin.thing.id, wire.joined.target.thing.id
        if id in ends:
            box = ground.boxes.get(ends[0] if ends[1] == id else ends[1])
            met += [box.center] if box else []
    own = tree.placed[id].box
    if not met:
        areas = [box for area in tree.around(id) if (box := ground.area(area)) is not None]
        whole = areas[0] if areas else reduce(Box.union, ground.boxes.values(), own)
        return Point(snapped(whole.x + (INSET_LEFT if areas else 0.0)), snapped(whole.bottom))
    x, y = sum(p.x for p in met) / len(met), sum(p.y for p in met) / len(met)
    return Point(snapped(x - own.width / 2), snapped(y - own.height / 2))


def new(tree: Tree, order: Sequence[str]) -> list[str]:
    """The things that nobody has placed yet: those that lie on an earlier one."""
    found: list[str] = []
    kept: defaultdict[str, list[Box]] = defaultdict(list)
    for id in order:
        placed = tree.placed[id]
        if tree.inside.get(id):
            continue
        if any(placed.box.overlaps(box) for box in kept["all"]):
            found.append(id)
        else:
            kept["all"].append(placed.box)
    return found


def _rings(middle: Point) -> Iterator[Point]:
    """Places round a place, the nearest first."""
    steps = range(-_RINGS, _RINGS + 1)
    for _, y, x in sorted((x * x + y * y, y, x) for x in steps for y in steps):
        yield middle.moved(x * _STEP, y * _STEP)


def _padded(box: Box) -> Box:
    width, height = box.width + INSET_LEFT + INSET_RIGHT, box.height + INSET_TOP + INSET_BOTTOM
    return Box(box.x - INSET_LEFT, box.y - INSET_TOP, width, height)
