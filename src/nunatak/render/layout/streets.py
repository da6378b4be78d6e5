"""Streets: blocks in rows and columns, and the lines among them in the streets between, each on a track of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nunatak.drawing.geometry import Point
from nunatak.render.layout.graph import up
from nunatak.render.layout.laid import Laid, Way, corners, snapped
from nunatak.render.layout.rows import GAP, SHAPE, Cell, Lines, Rows, arrangements, sheet
from nunatak.render.layout.tracks import Span, span, tracks

# Units between tracks, between those that have labels on them, between a street's outer tracks and the blocks, between
# things side by side.
_TRACK, _LABELLED, _KERB = 28.0, 60.0, 48.0
_WIDE_KERB = 136.0  # where lines leave to the right: labels stand there


@dataclass(slots=True, kw_only=True)
class _Town:
    rows: Rows
    where: dict[str, tuple[int, int]]  # a cell's row and column
    left: list[float] = field(default_factory=list)  # of each column
    x: dict[str, float] = field(default_factory=dict)
    top: list[float] = field(default_factory=list)  # of each row
    gates: dict[tuple[str, str], float] = field(default_factory=dict)  # from a cell's left, by cell and line
    upright: dict[str, float] = field(default_factory=dict)  # a line's x in the street that it goes along
    level: dict[tuple[str, int], float] = field(default_factory=dict)  # a line's y in a street between rows
    across: float = _TRACK  # between upright tracks
    down: float = _LABELLED  # between level ones
    kerb: float = _KERB  # between blocks and level tracks
    width: float = 0.0
    height: float = 0.0


def settled(cells: Sequence[Cell], lines: Lines, *, turned: bool = False) -> tuple[Laid, float, float]:
    """The corners of the cells, the ways of lines, and the size of it all. A line runs from the lower border of its
    first cell to the upper border of its second; None for a cell is the upper or the lower end of it all. `turned`:
    what is upright here will be level."""
    shape = 1 / SHAPE if turned else SHAPE
    towns = [_built(rows, lines, turned=turned) for rows in arrangements(cells, lines, shape)]
    town = min(towns, key=lambda town: sheet(town.width, town.height, shape))
    laid = Laid()
    for row, columns in enumerate(town.rows):
        for cell in (cell for column in columns for cell in column):
            laid.corners[cell.id] = Point(town.x[cell.id], town.top[row])
    for line, origin, target in lines:
        way = _way(town, line, origin, target)
        laid.ways[line] = way
        level = 1 if turned else 0
        a, b = max(
            pairwise(way), key=lambda piece: (abs(piece[0][level] - piece[1][level]), piece[0].distance(piece[1]))
        )
        laid.labels[line] = a.toward(b, 0.5)
    return laid, town.width, town.height


def _built(rows: Rows, lines: Lines, *, turned: bool) -> _Town:
    where = {
        cell.id: (row, column)
        for row, columns in enumerate(rows)
        for column, held in enumerate(columns)
        for cell in held
    }
    town = _Town(rows=rows, where=where)
    if turned:
        town.across, town.down, town.kerb = town.down, town.across, _WIDE_KERB
    _columns(town, lines)
    town.gates = _gates(town, lines)
    _tracks(town, lines)
    return town


def _gates(town: _Town, lines: Lines) -> dict[tuple[str, str], float]:
    """How far from a cell's left a line leaves or reaches it, by cell and line: where the cell says so, else spread in
    the order of the places that the lines come from, or lead to."""
    cells = [cell for columns in town.rows for column in columns for cell in column]
    found = {(cell.id, line): at.x for cell in cells for line, at in cell.gates.items()}
    sizes = {cell.id: cell.width for cell in cells}
    met: defaultdict[tuple[str, bool], list[tuple[float, str]]] = defaultdict(list)
    for line, origin, target in lines:
        for cell, other, leaves in ((origin, target, True), (target, origin, False)):
            if cell is not None and (cell, line) not in found:
                away = 0.0 if other is None else town.x[other] + found.get((other, line), sizes[other] / 2)
                met[cell, leaves].append((town.upright.get(line, away), line))
    for (cell, _), ids in met.items():
        for number, (_, line) in enumerate(sorted(ids), 1):
            found[cell, line] = snapped(sizes[cell] * number / (len(ids) + 1))
    return found


def _columns(town: _Town, lines: Lines) -> None:
    """Which street each line that isn't between neighbouring rows goes along, and where all columns are."""
    count = max(len(row) for row in town.rows)
    streets: list[list[Span]] = [[] for _ in range(count + 1)]
    for line, origin, target in lines:
        first, last = _streets(town, origin, target)
        if first == last:
            continue
        ends = [town.where[id][1] for id in (origin, target) if id is not None]
        low, high = min(ends), max(ends)
        choice = range(low + 1, high + 1) if low < high else (low, low + 1)
        street = min(choice, key=lambda street: len(streets[street]))
        turns = [(at, id is not None and town.where[id][1] < street) for at, id in ((first, origin), (last, target))]
        streets[street].append(span(line, *turns))
    x = 0.0
    for column in range(count + 1):
        found, taken = tracks(streets[column], 0)
        for line, track in found.items():
            town.upright[line] = x + _KERB + track * town.across
        x += 2 * _KERB + max(taken - 1, 0) * town.across if taken or 0 < column < count else 0.0
        if column < count:
            town.left.append(x)
            width = max(_width(row[column]) for row in town.rows if column < len(row))
            for row in (row for row in town.rows if column < len(row)):
                at = x + snapped((width - _width(row[column])) / 2)
                for cell in row[column]:
                    town.x[cell.id] = at
                    at += up(cell.width) + GAP
            x += up(width)
    town.width = x


def _width(held: Sequence[Cell]) -> float:
    return sum(up(cell.width) + GAP for cell in held) - GAP if held else 0.0


def _streets(town: _Town, origin: str | None, target: str | None) -> tuple[int, int]:
    """The streets between rows that a line starts and ends in; street n is over row n."""
    last = len(town.rows)
    return (0 if origin is None else town.where[origin][0] + 1, last if target is None else town.where[target][0])


def _tracks(town: _Town, lines: Lines) -> None:
    """A level track for each line in each street between rows that it goes along, and where all rows are."""
    streets: list[list[Span]] = [[] for _ in range(len(town.rows) + 1)]
    for line, origin, target in lines:
        first, last = _streets(town, origin, target)
        across = town.upright.get(line)
        start = across if origin is None else town.x[origin] + town.gates[origin, line]
        end = across if target is None else town.x[target] + town.gates[target, line]
        if across is None:
            if start is not None and end is not None and start != end:
                streets[first].append(span(line, (start, True), (end, False)))
            continue
        for number, at, up_here, up_there in ((first, start, True, last < first), (last, end, False, first < last)):
            if at is not None and at != across:
                streets[number].append(span(line, (at, up_here), (across, up_there)))
    y = 0.0
    for number, street in enumerate(streets):
        found, taken = tracks(street, 12)
        for line, track in found.items():
            town.level[line, number] = y + town.kerb + track * town.down
        inner = 0 < number < len(town.rows)
        if taken:
            y += 2 * town.kerb + max(taken - 1, 0) * town.down
        else:
            y += 2 * _KERB if inner else _KERB if lines else 0.0
        if number < len(town.rows):
            town.top.append(y)
            y += max(up(cell.height) for column in town.rows[number] for cell in column)
    town.height = y


def _way(town: _Town, line: str, origin: str | None, target: str | None) -> Way:
    first, last = _streets(town, origin, target)
    across = town.upright.get(line)
    start = across if origin is None else town.x[origin] + town.gates[origin, line]
    end = across if target is None else town.x[target] + town.gates[target, line]
    start = end if start is None else start
    end = start if end is None else end
    assert start is not None
    assert end is not None
    here, there = 0.0, town.height
    if origin is not None:
        row = town.where[origin][0]
        cell = next(cell for column in town.rows[row] for cell in column if cell.id == origin)
        here = town.top[row] + up(cell.height)
    if target is not None:
        there = town.top[town.where[target][0]]
    levels = [town.level.get((line, street)) for street in (first, last)]
    points = [Point(start, here)]
    if levels[0] is not None:
        points += [Point(start, levels[0]), Point(end if across is None else across, levels[0])]
    if across is not None and levels[1] is not None:
        points += [Point(across, levels[1]), Point(end, levels[1])]
    return corners([*points, Point(end, there)])
