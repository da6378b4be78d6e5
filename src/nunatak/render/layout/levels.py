"""Laying out a nesting level by level: the insides of its walls first, then what is round them, with lines that pass
from level to level through gates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from nunatak.drawing.geometry import Point
from nunatak.render.areas import INSET_BOTTOM, INSET_LEFT, INSET_RIGHT, INSET_TOP
from nunatak.render.layout import lone
from nunatak.render.layout.graph import (
    Direction,
    Graph,
    Tree,
    area,
    edge,
    leaf,
    up,
)
from nunatak.render.layout.laid import Laid, Way, corners, read, snapped
from nunatak.render.layout.rows import Cell
from nunatak.render.layout.streets import settled
from nunatak.render.measure import Wire

_ENTRY, _EXIT = "<", ">"  # the bars at which lines come in and go out
_LONE = "*"  # before an area's id: all in it that no line reaches
_FLAT = 4
K = TypeVar("K", str, None)


class Engine(Protocol):
    """Lays out graphs, each for itself and as many at once as it likes; raises what it says when it can't."""

    def __call__(self, graphs: Sequence[Graph]) -> list[Graph]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """The inside of a wall, laid out from its own top left corner; `gates` are the places of lines on its border."""

    width: float
    height: float
    laid: Laid
    parts: dict[str, list[tuple[int, Way]]]
    gates: dict[str, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """What takes part at one level: each wire with its two ends as the engine's ids, and whether it starts and ends
    in here."""

    blocks: dict[str, _Block]
    wires: list[tuple[Wire, str, str, bool, bool]] = field(default_factory=list)


class Levels:
    """The layout of one nesting; `walls` are the areas whose insides are laid out apart, `options` what the engine is
    asked for."""

    def __init__(
        self,
        tree: Tree,
        wires: Sequence[Wire],
        direction: Direction,
        *,
        walls: frozenset[str],
        options: dict[str, str],
        engine: Engine,
    ) -> None:
        self._tree, self._wires, self._direction = tree, wires, direction
        self._walls, self._engine = walls, engine
        self._options = options
        ends = {wire.joined.origin.thing.id for wire in wires} | {wire.joined.target.thing.id for wire in wires}
        self._around = {id: tree.around(id) for id in ends}
        self._lone: dict[str, lone.Block] = {}

    def all(self) -> Laid:
        """Everything, from the canvas's origin."""
        whole = self._solved({None: self._level(None, 0, self._wires)}, 0)[None]
        for id, parts in whole.parts.items():
            whole.laid.ways[id] = corners(point for _, way in sorted(parts) for point in way)
        return whole.laid

    def _solved(self, levels: Mapping[K, _Level], depth: int) -> dict[K, _Block]:
        """The insides of some areas, by their ids."""
        plain = [home for home, level in levels.items() if not level.blocks]
        graphs = self._engine([self._graph(home, levels[home]) for home in plain])
        found = dict(zip(plain, graphs, strict=True))
        return {home: self._composed(depth, level, *self._placed(home, level, found.get(home)))
                for home, level in levels.items()}  # fmt: skip

    def _placed(self, home: str | None, level: _Level, found: Graph | None) -> tuple[Laid, float, float]:
        """An area's inside as the engine laid it out, or its blocks in rows; and its size."""
        if found is None:
            return self._streets(home, level)
        laid = read(found)
        self._spread(laid)
        return laid, float(up(found["width"])), float(up(found["height"]))

    def _level(self, home: str | None, depth: int, wires: Sequence[Wire]) -> _Level:
        passing: defaultdict[str, list[Wire]] = defaultdict(list)
        level = _Level(blocks={})
        for wire in wires:
            origin, target = wire.joined.origin.thing.id, wire.joined.target.thing.id
            here = [home is None or home in self._around[id] for id in (origin, target)]
            ends = [self._wall(id, home) if inside else None for id, inside in zip((origin, target), here, strict=True)]
            for wall in {wall for wall in ends if wall is not None}:
                passing[wall].append(wire)
            if ends[0] is not None and ends[0] == ends[1]:
                continue
            gate = f"g:{wire.joined.line.id}"
            start = f"n:{ends[0] or origin}" if here[0] else gate
            end = f"n:{ends[1] or target}" if here[1] else gate
            level.wires.append((wire, start, end, here[0], here[1]))
        walls = [id for id in self._tree.inside.get(home, ()) if id in self._walls]
        inner = {id: self._level(id, depth + 1, passing[id]) for id in walls}
        level.blocks.update(self._solved(inner, depth + 1))
        return level

    def _wall(self, id: str, home: str | None) -> str | None:
        """The outermost wall below `home` that a thing is in."""
        around = self._around[id]
        below = around if home is None else around[: around.index(home)]
        return next((area for area in reversed(below) if area in self._walls), None)

    def _graph(self, home: str | None, level: _Level) -> Graph:
        nodes = self._nodes(home)
        leaving = [wire.joined.line.id for wire, _, _, _, ends in level.wires if not ends]
        entering = [wire.joined.line.id for wire, _, _, starts, _ in level.wires if not starts]
        nodes += [self._bar(name, ids) for name, ids in ((_ENTRY, entering), (_EXIT, leaving)) if ids]
        edges = [edge(wire, a, b, labelled=starts and ends) for wire, a, b, starts, ends in level.wires]
        outer = area("", self._options, nodes) if home is not None else {"layoutOptions": self._options}
        return {**outer, "id": "canvas", "children": nodes, "edges": edges}

    def _nodes(self, home: str | None) -> list[Graph]:
        """The members of an area, those that no line reaches as one: under all others."""
        members = self._tree.inside.get(home, ())
        alone = [id for id in members if id not in self._around and not self._tree.inside.get(id)]
        if len(alone) < lone.LEAST:
            return [self._node(id) for id in members]
        name = f"{_LONE}{home or ''}"
        made = self._lone[name] = lone.block({id: self._tree.placed[id].box for id in alone})
        last = {"elk.layered.layering.layerConstraint": "LAST"} if len(alone) < len(members) else {}
        others = [self._node(id) for id in members if id not in made.corners]
        return [*others, {**leaf(name, made.width, made.height), "layoutOptions": last}]

    def _spread(self, laid: Laid) -> None:
        """Gives things that no line reaches their places."""
        for name in [name for name in self._lone if name in laid.corners]:
            at = laid.corners.pop(name)
            laid.corners.update({id: by.moved(at.x, at.y) for id, by in self._lone.pop(name).corners.items()})

    def _node(self, id: str) -> Graph:
        members = self._tree.inside.get(id, ())
        if members:
            return area(id, self._options, self._nodes(id))
        box = self._tree.placed[id].box
        return leaf(id, box.width, box.height)

    def _streets(self, home: str | None, level: _Level) -> tuple[Laid, float, float]:
        """Blocks and things in rows: what the engine would take too long for. To the right is down, seen from
        the side."""
        turn = self._direction == "right"
        cells = []
        for id in self._tree.inside.get(home, ()):
            block, box = level.blocks.get(id), self._tree.placed[id].box
            width, height = (block.width, block.height) if block else (box.width, box.height)
            gates = {line: _turned(at, turn) for line, at in block.gates.items()} if block else {}
            width, height = (height, width) if turn else (width, height)
            cells.append(Cell(id=id, width=width, height=height, gates=gates, block=block is not None))
        lines = [
            (wire.joined.line.id, _cell(a) if starts else None, _cell(b) if ends else None)
            for wire, a, b, starts, ends in level.wires
        ]
        laid, width, height = settled(cells, lines, turned=turn)
        if turn:
            laid, width, height = laid.turned(), height, width
        if home is not None:
            laid = laid.moved(INSET_LEFT, INSET_TOP)
            width, height = width + INSET_LEFT + INSET_RIGHT, height + INSET_TOP + INSET_BOTTOM
        return laid, width, height

    def _bar(self, name: str, lines: Sequence[str]) -> Graph:
        """A flat node with a port for each line that comes in, or goes out, there."""
        down, entry = self._direction == "down", name == _ENTRY
        side = {(True, True): "SOUTH", (True, False): "NORTH", (False, True): "EAST", (False, False): "WEST"}
        options = {
            "elk.layered.layering.layerConstraint": "FIRST" if entry else "LAST",
            "elk.portConstraints": "FIXED_SIDE",
            "elk.nodeSize.constraints": "PORTS",
            "elk.spacing.portPort": "20",
        }
        port = {"width": 0, "height": 0, "layoutOptions": {"elk.port.side": side[down, entry]}}
        ports = [{"id": f"g:{line}", **port} for line in lines]
        return {"id": f"b:{name}", "width": _FLAT, "height": _FLAT, "ports": ports, "layoutOptions": options}

    def _composed(self, depth: int, level: _Level, laid: Laid, width: float, height: float) -> _Block:
        parts: defaultdict[str, list[tuple[int, Way]]] = defaultdict(list)
        gates: dict[str, Point] = {}
        for wire, _, _, starts, ends in level.wires:
            id = wire.joined.line.id
            way = laid.ways.pop(id)
            if not starts:
                gates[id] = self._gate(way[0], width, height, entry=True)
                way = (gates[id], *way)
            if not ends:
                gates[id] = self._gate(way[-1], width, height, entry=False)
                way = (*way, gates[id])
            parts[id].append((0 if starts and ends else depth if ends else -depth, way))
        for bar in (_ENTRY, _EXIT):
            laid.corners.pop(bar, None)
        for id, block in level.blocks.items():
            by = laid.corners[id]
            laid.take(block.laid.moved(by.x, by.y))
            for line, inner in block.parts.items():
                parts[line] += [(rank, tuple(point.moved(by.x, by.y) for point in way)) for rank, way in inner]
        return _Block(width=width, height=height, laid=laid, parts=dict(parts), gates=gates)

    def _gate(self, point: Point, width: float, height: float, *, entry: bool) -> Point:
        if self._direction == "down":
            return Point(snapped(point.x), 0.0 if entry else height)
        return Point(0.0 if entry else width, snapped(point.y))


def _cell(id: str) -> str:
    return id.removeprefix("n:")


def _turned(point: Point, turn: bool) -> Point:
    return Point(point.y, point.x) if turn else point
