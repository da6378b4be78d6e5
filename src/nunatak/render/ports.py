"""Ports: which sides a line joins, and how the lines that meet on one side share it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from nunatak.drawing.geometry import Box
from nunatak.render.anchor import CONNECTORS, OPPOSITE, Port, Side, edge, named, port, span
from nunatak.render.resolve import Joined, Placed

Pair = tuple[Side, Side]
# Longer sides are areas' or giants': lines end there right across from where they come from.
_LONG_SIDE = 400
_CORNER = 24  # what such a side keeps free at its ends
_CORNERS: tuple[Pair, ...] = (("right", "bottom"), ("left", "bottom"), ("right", "top"), ("left", "top"))
_BOWS: tuple[Pair, Pair] = (("right", "left"), ("top", "bottom"))  # over lines that go up or down, and over level ones
_APART = 24
# A cleared way is worth this much detour, and so is one that is seen.
_BLOCKED, _UNSEEN = 2000.0, 1000.0
_LEAST_SEEN = 12


@dataclass(slots=True, kw_only=True)
class _End:
    """One end of a line on a side; `share` is where, when that is settled; `across` is the other end's side."""

    number: int
    placed: Placed
    other: Placed
    side: Side
    across: Side
    share: float | None
    rank: float = 0.0


def choose(
    lines: Sequence[Joined],
    blocked: Callable[[Joined, Port, Port], int],
    titled: Callable[[Placed, float], bool],
) -> list[tuple[Port, Port]]:
    """The two ports of each line. `blocked` counts the foreign boxes in the way between two ports, `titled` answers
    whether a thing has its area's title over its top border at some x."""
    pairs = [_sides(line, blocked, before) for line, before in zip(lines, _loops_before(lines), strict=True)]
    shares = _spread(lines, pairs, titled)
    return [_ports(line, pair, share) for line, pair, share in zip(lines, pairs, shares, strict=True)]


def _loops_before(lines: Sequence[Joined]) -> list[int]:
    """For each line how many before it run from its thing back to it: each has a corner of its own."""
    seen: defaultdict[str, int] = defaultdict(int)
    counts = []
    for line in lines:
        counts.append(seen[line.origin.thing.id])
        seen[line.origin.thing.id] += line.origin is line.target
    return counts


def _sides(line: Joined, blocked: Callable[[Joined, Port, Port], int], loops: int) -> Pair:
    best, least = None, 0.0
    for extra, pair in _candidates(line, loops):
        origin, target = _ports(line, pair, (0.5, 0.5))
        gaps = hypot(origin.point.x - target.point.x, origin.point.y - target.point.y)
        cost = extra + gaps / 4
        if best is not None and cost >= least:
            continue
        cost += _BLOCKED * blocked(line, origin, target)
        if best is None or cost < least:
            best, least = pair, cost
        if cost < _BLOCKED and extra == 0.0:
            break
    assert best is not None
    return best


def _candidates(line: Joined, loops: int) -> Iterable[tuple[float, Pair]]:
    """Pairs of sides with what is held against them; the likeliest first, at no cost."""
    here, there = line.origin.box, line.target.box
    given = [CONNECTORS[c][0] if c else None for c in (line.line.origin_connector, line.line.target_connector)]
    if line.origin is line.target:
        found: Iterable[tuple[float, Pair]] = [(0.0, _CORNERS[loops % len(_CORNERS)])]
    elif here.encloses(there) or there.encloses(here):
        side = _nearest_side(here, there)
        found = [(0.0, (side, side))]
    else:
        found = _facing(here, there)
    for extra, (origin, target) in found:
        yield extra, (given[0] or origin, given[1] or target)


def _facing(here: Box, there: Box) -> Iterator[tuple[float, Pair]]:
    """Sides that look at each other over the larger clear distance; then the other way, round a corner, and in a bow
    over one side of both."""
    across = max(there.x - here.right, here.x - there.right)
    down = max(there.y - here.bottom, here.y - there.bottom)
    sideways: Side = "right" if there.center.x >= here.center.x else "left"
    updown: Side = "bottom" if there.center.y >= here.center.y else "top"
    level: Pair = (sideways, OPPOSITE[sideways])
    upright: Pair = (updown, OPPOSITE[updown])
    first, second = (upright, level) if down >= across else (level, upright)
    # Between what touches or overlaps nothing would be seen of a line that goes straight across.
    yield (_UNSEEN if max(across, down) < _LEAST_SEEN else 0.0), first
    if min(across, down) >= 24:
        yield 60.0, second
        yield 90.0, (sideways, OPPOSITE[updown])
        yield 90.0, (updown, OPPOSITE[sideways])
    yield from ((400.0, (side, side)) for side in _BOWS[first == level])


def _nearest_side(here: Box, there: Box) -> Side:
    """Where the inner box is nearest to the border of the outer one."""
    gaps: list[tuple[float, Side]] = [
        (abs(here.x - there.x), "left"),
        (abs(here.right - there.right), "right"),
        (abs(here.y - there.y), "top"),
        (abs(here.bottom - there.bottom), "bottom"),
    ]
    return min(gaps, key=lambda gap: gap[0])[1]


def _ports(line: Joined, pair: Pair, shares: tuple[float, float]) -> tuple[Port, Port]:
    given = line.line
    origin = (
        named(line.origin, given.origin_connector) if given.origin_connector else port(line.origin, pair[0], shares[0])
    )
    target = (
        named(line.target, given.target_connector) if given.target_connector else port(line.target, pair[1], shares[1])
    )
    if line.origin is not line.target:
        if line.origin.box.encloses(line.target.box):
            origin = origin.inward()
        elif line.target.box.encloses(line.origin.box):
            target = target.inward()
    return origin, target


def _spread(
    lines: Sequence[Joined], pairs: Sequence[Pair], titled: Callable[[Placed, float], bool]
) -> list[tuple[float, float]]:
    sides: defaultdict[tuple[str, Side], list[_End]] = defaultdict(list)
    ends = []
    for number, (line, pair) in enumerate(zip(lines, pairs, strict=True)):
        both = (
            _End(number=number, placed=line.origin, other=line.target, side=pair[0], across=pair[1],
                 share=CONNECTORS[line.line.origin_connector][1] if line.line.origin_connector else None),
            _End(number=number, placed=line.target, other=line.origin, side=pair[1], across=pair[0],
                 share=CONNECTORS[line.line.target_connector][1] if line.line.target_connector else None),
        )  # fmt: skip
        ends.append(both)
        for end in both:
            sides[end.placed.thing.id, end.side].append(end)
    for met in sides.values():
        _share_out(met)
        _clear_title(met, titled)
    return [(a.share or 0.0, b.share or 0.0) for a, b in ends]


def _share_out(ends: list[_End]) -> None:
    """Gives the ends on one side their places, in the order of what they lead to, so that they don't cross."""
    free = [end for end in ends if end.share is None]
    taken = [end.share for end in ends if end.share is not None]
    for end in free:
        end.rank = _rank(end)
    free.sort(key=lambda end: (end.rank, end.number * _turn(end)))
    start, stop = span(free[0].placed, free[0].side) if free else (0.0, 0.0)
    length = stop - start
    if length > _LONG_SIDE or (free and free[0].placed.shape == "area" and length > 2 * _CORNER):
        shares = _across_from([(end.rank - start) for end in free], length)
    else:
        shares = _even(len(free), taken)
    for end, share in zip(free, shares, strict=True):
        end.share = share


def _clear_title(ends: Sequence[_End], titled: Callable[[Placed, float], bool]) -> None:
    """Moves a lone end on a top border from under a title to the right, where it doesn't strike the words through."""
    end = ends[0]
    if len(ends) > 1 or end.side != "top" or end.share != 0.5 or end.placed.shape in ("actor", "area"):
        return
    box = end.placed.box
    if titled(end.placed, box.center.x):
        free = (share for share in (0.75, 0.875) if not titled(end.placed, box.x + box.width * share))
        end.share = next(free, end.share)


def _rank(end: _End) -> float:
    box = edge(end.other, end.side)
    if end.placed is end.other:  # a loop comes from the corner that it runs round
        return {"left": box.x, "right": box.right, "top": box.y, "bottom": box.bottom}[end.across]
    return box.center.x if end.side in ("top", "bottom") else box.center.y


def _turn(end: _End) -> int:
    """-1 where lines between the same two would cross when both ends counted the same way: the second end of a bow."""
    here, there = end.placed.box.center, end.other.box.center
    if end.side in ("top", "bottom"):
        return -1 if here.x > there.x and here.y == there.y else 1
    return -1 if here.y > there.y and here.x == there.x else 1


def _even(count: int, taken: Sequence[float]) -> list[float]:
    """Shares for `count` lines: the usual anchors where they do, else evenly along the side."""
    if not taken:
        usual = {1: [0.5], 2: [0.25, 0.75], 3: [0.25, 0.5, 0.75]}
        return usual.get(count) or [(index + 1) / (count + 1) for index in range(count)]
    left = [share for share in (0.5, 0.25, 0.75) if share not in taken]
    if count <= len(left):
        return sorted(left[:count])
    step = 1 / (count + 1)
    return [(index + 1) * step for index in range(count)]


def _across_from(wanted: Sequence[float], length: float) -> list[float]:
    """Shares as near as can be to the wanted places, given in order, and apart from each other."""
    apart = min(_APART, (length - 2 * _CORNER) / max(len(wanted), 1))
    places: list[float] = []
    for place in wanted:
        places.append(max(min(place, length - _CORNER), places[-1] + apart if places else _CORNER))
    limit = length - _CORNER
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], limit)
        limit = places[index] - apart
    return [place / length for place in places]
