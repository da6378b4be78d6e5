"""Rows of blocks: those that are joined stand near to each other, and all of them fill a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from nunatak.drawing.geometry import Point

SHAPE = 1.6  # how much wider than high a sheet is
GAP = 56.0  # units between things side by side
_STREET = 240.0  # about what a street takes
_TRIED = 3  # so many numbers of columns
_MANY = 16  # more blocks than that change places only with others of their row
_ROUNDS = 4

Lines = Sequence[tuple[str, str | None, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A block or a thing with its size; `gates` are places of lines on its upper and lower border."""

    id: str
    width: float
    height: float
    gates: Mapping[str, Point]
    block: bool


Rows = list[list[list[Cell]]]  # the cells in each column of each row


def sheet(width: float, height: float, shape: float) -> float:
    """How high the sheet of a shape is that something fits on."""
    return max(width / shape, height)


def arrangements(cells: Sequence[Cell], lines: Lines, shape: float) -> Iterator[Rows]:
    """Blocks in rows, things that nothing reaches over them, all others under them: for those numbers of columns that
    are likely to fit on the smallest sheets."""
    blocks = _by_flow([cell for cell in cells if cell.block], lines)
    counts = sorted(range(1, len(blocks) + 1), key=lambda count: sheet(*_size(blocks, count), shape))
    for count in counts[:_TRIED]:
        yield _with_loose(cells, _settled(_cut(blocks, count), lines), lines)


def _by_flow(blocks: list[Cell], lines: Lines) -> list[Cell]:
    """Those that more lines leave than reach first."""
    flow: defaultdict[str, int] = defaultdict(int)
    for _, origin, target in lines:
        if origin is not None and target is not None:
            flow[origin] += 1
            flow[target] -= 1
    return sorted(blocks, key=lambda cell: -flow[cell.id])


def _cut(blocks: list[Cell], count: int) -> list[list[Cell]]:
    return [blocks[start : start + count] for start in range(0, len(blocks), count)]


def _size(blocks: list[Cell], count: int) -> tuple[float, float]:
    rows = _cut(blocks, count)
    width = sum(max(cell.width for cell in blocks[column::count]) + _STREET for column in range(count))
    return width, sum(max(cell.height for cell in row) + _STREET for row in rows)


def _settled(rows: list[list[Cell]], lines: Lines) -> list[list[Cell]]:
    """The rows with blocks exchanged as long as that brings what is joined nearer to each other: best of all, straight
    under each other."""
    joined = _joined(rows, lines)
    where = {cell.id: (row, column) for row, held in enumerate(rows) for column, cell in enumerate(held)}
    few = len(where) <= _MANY
    pairs = [(a, b) for a, b in combinations(where, 2) if few or where[a][0] == where[b][0]]
    for _ in range(_ROUNDS):
        changed = False
        for a, b in pairs:
            before = _far(a, joined, where) + _far(b, joined, where)
            where[a], where[b] = where[b], where[a]
            if _far(a, joined, where) + _far(b, joined, where) < before - 1e-6:
                changed = True
            else:
                where[a], where[b] = where[b], where[a]
        if not changed:
            break
    known = {where[cell.id]: cell for held in rows for cell in held}
    return [[known[row, column] for column in range(len(held))] for row, held in enumerate(rows)]


def _joined(rows: list[list[Cell]], lines: Lines) -> dict[str, dict[tuple[str, str], int]]:
    """The pairs of blocks that each block is in, with how many lines lead from the first to the second."""
    found: dict[str, dict[tuple[str, str], int]] = {cell.id: {} for held in rows for cell in held}
    for _, origin, target in lines:
        if origin is not None and target is not None and origin in found and target in found and origin != target:
            for id in (origin, target):
                found[id][origin, target] = found[id].get((origin, target), 0) + 1
    return found


def _far(id: str, joined: Mapping[str, Mapping[tuple[str, str], int]], where: Mapping[str, tuple[int, int]]) -> float:
    """How far the lines of a block lead, in columns and in rows that they have to pass."""
    far = 0
    for (origin, target), count in joined[id].items():
        (row, column), (below, beside) = where[origin], where[target]
        far += count * (abs(column - beside) + abs(below - row - 1))
    return far


def _with_loose(cells: Sequence[Cell], rows: list[list[Cell]], lines: Lines) -> Rows:
    reached = {target for _, _, target in lines}
    columns = {cell.id: column for held in rows for column, cell in enumerate(held)}
    count = max((len(held) for held in rows), default=1)
    widths = [max(held[column].width for held in rows if column < len(held)) for column in range(count)]
    near = _near(columns, lines)
    loose = sorted((cell for cell in cells if not cell.block), key=lambda cell: near.get(cell.id, 0.0))
    return [
        *_filled([cell for cell in loose if cell.id not in reached], widths, near),
        *([[cell] for cell in held] for held in rows),
        *_filled([cell for cell in loose if cell.id in reached], widths, near),
    ]


def _near(columns: Mapping[str, int], lines: Lines) -> dict[str, float]:
    """The column, in the middle, that the lines of a thing lead to."""
    met: defaultdict[str, list[int]] = defaultdict(list)
    for _, origin, target in lines:
        for id, other in ((origin, target), (target, origin)):
            if id is not None and other is not None and other in columns:
                met[id].append(columns[other])
    return {id: sum(found) / len(found) for id, found in met.items()}


def _filled(cells: Sequence[Cell], widths: Sequence[float], near: Mapping[str, float]) -> Rows:
    """Things side by side in columns of these widths, row by row, each in the column nearest to what it is joined to
    that has room."""
    rows: Rows = []
    waiting = list(cells)
    while waiting:
        row: list[list[Cell]] = [[] for _ in widths]
        left: list[Cell] = []
        for cell in waiting:
            at = near.get(cell.id, 0.0)
            fitting = [n for n, held in enumerate(row) if not held or _width([*held, cell]) <= widths[n]]
            if fitting:
                row[min(fitting, key=lambda column: abs(column - at))].append(cell)
            else:
                left.append(cell)
        rows.append(row)
        waiting = left
    return rows


def _width(held: Sequence[Cell]) -> float:
    return sum(cell.width for cell in held) + (len(held) - 1) * GAP
