"""Frames round boxes: where an area stands when it holds its members and nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

# Left, top, width, height in diagram units.
Box = tuple[int, int, int, int]

# How far an area reaches beyond what it holds.
LEFT = RIGHT = 48
TOP = 56
BOTTOM = 64


def framed(boxes: Mapping[str, Box], around: Mapping[str, Sequence[str]]) -> tuple[dict[str, Box], list[str]]:
    """The frames, outer ones first, and the ids of those that can't be drawn because somebody else's box stands inside.
    `around` has for each box the ids of its frames, outermost first."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    depths: dict[str, int] = {}
    for id, frames in around.items():
        for depth, frame in enumerate(frames):
            members[frame].append(id)
            depths[frame] = max(depth, depths.get(frame, 0))
    order = sorted(boxes, key=lambda id: boxes[id][0])
    lefts = [boxes[id][0] for id in order]
    widest = max((box[2] for box in boxes.values()), default=0)
    found: dict[str, Box] = {}
    crowded: list[str] = []
    inner: defaultdict[str, list[str]] = defaultdict(list)
    for frame in sorted(depths, key=lambda id: -depths[id]):
        box = _around([*(boxes[id] for id in members[frame]), *(found[id] for id in inner[frame])])
        near = order[bisect_left(lefts, box[0] - widest) : bisect_right(lefts, box[0] + box[2])]
        own = set(members[frame])
        if any(id not in own and _touch(box, boxes[id]) for id in near):
            crowded.append(frame)
            continue
        found[frame] = box
        for outer in set(around[members[frame][0]]) - {frame}:
            if depths[outer] < depths[frame]:
                inner[outer].append(frame)
    return {frame: found[frame] for frame in reversed(found)}, crowded


def _around(boxes: Iterable[Box]) -> Box:
    held = list(boxes)
    left, top = min(box[0] for box in held) - LEFT, min(box[1] for box in held) - TOP
    right, bottom = max(box[0] + box[2] for box in held) + RIGHT, max(box[1] + box[3] for box in held) + BOTTOM
    return left, top, right - left, bottom - top


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
