"""The engine's graph of a picture: things and areas as nodes in nodes, lines as edges with their labels' sizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nunatak.core.diagram import GRID
from nunatak.render.areas import INSET_BOTTOM, INSET_LEFT, INSET_RIGHT, INSET_TOP
from nunatak.render.inscription import Label
from nunatak.render.measure import Measured, Wire
from nunatak.render.resolve import Placed

Direction = Literal["right", "down"]
Graph = dict[str, Any]

_DIRECTIONS: dict[Direction, str] = {"right": "RIGHT", "down": "DOWN"}
# Units between what stands side by side; between layers there is more room, for lines leave there.
_SPACING = {
    "elk.spacing.nodeNode": 56,
    "elk.spacing.edgeNode": 24,
    "elk.spacing.edgeEdge": 20,
    "elk.spacing.edgeLabel": 8,
    "elk.spacing.labelLabel": 12,
    "elk.spacing.labelNode": 12,
    "elk.spacing.componentComponent": 64,
    "elk.layered.spacing.nodeNodeBetweenLayers": 64,
    "elk.layered.spacing.edgeEdgeBetweenLayers": 20,
}
# Between a layer and what runs along it. Where there are many lines, none runs through the room of areas' titles.
_BESIDE = 28
_BESIDE_LAYER: dict[Direction, int] = {"right": _BESIDE, "down": 58}
# A picture of more leaves than the first is laid out area by area where most lines stay within an area: side by side,
# these make no long strip. One of more than the second always is, for the engine takes too long; no area that is laid
# out at once then has more than the third, unless it has no areas in it.
_WHOLE, _LARGE, _BLOCK = 40, 240, 120
_WITHIN = 0.6  # the share of lines that have to stay within
_PADDING = f"[top={INSET_TOP},left={INSET_LEFT},bottom={INSET_BOTTOM},right={INSET_RIGHT}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Who lies in what, by thing ids; None is the canvas. Each thing is in one place: its innermost area."""

    placed: Mapping[str, Placed]
    inside: Mapping[str | None, tuple[str, ...]]

    def around(self, id: str) -> list[str]:
        """The areas round a thing, nearest first."""
        found: list[str] = []
        parent = self.placed[id].parent_id
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self.placed[parent].parent_id
        return found

    def below(self, id: str | None) -> list[str]:
        """Everything in an area, at any depth."""
        found: list[str] = []
        waiting = list(self.inside.get(id, ()))
        while waiting:
            here = waiting.pop(0)
            found.append(here)
            waiting += self.inside.get(here, ())
        return found


def tree(measured: Measured) -> Tree:
    """The nesting of a picture."""
    cards = [*measured.areas, *measured.boxes]
    placed = {card.placed.thing.id: card.placed for card in cards}
    inside: defaultdict[str | None, list[str]] = defaultdict(list)
    order = {thing.id: number for number, thing in enumerate(measured.resolved.picture.things)}
    for id in sorted(placed, key=lambda id: order[id]):
        inside[placed[id].parent_id].append(id)
    return Tree(placed=placed, inside={id: tuple(found) for id, found in inside.items()})


def joining(measured: Measured, tree: Tree) -> list[Wire]:
    """The lines that the engine can lay out: not those from a thing to itself or to an area round it."""
    found = []
    for wire in measured.wires:
        ends = wire.joined.origin.thing.id, wire.joined.target.thing.id
        loops = ends[0] == ends[1] or ends[0] in tree.around(ends[1]) or ends[1] in tree.around(ends[0])
        if not loops:
            found.append(wire)
    return found


def walls(tree: Tree, wires: Sequence[Wire]) -> frozenset[str]:
    """The areas whose insides are laid out apart, by id: none for a picture that the engine takes whole, else the
    largest areas that it can take and that have few lines between the areas in them, and those round these."""
    leaves = _leaves(tree)
    if leaves[None] <= _WHOLE:
        return frozenset()
    found: set[str] = set()
    waiting: list[str | None] = [None]
    while waiting:
        home = waiting.pop()
        members = [id for id in tree.inside.get(home, ()) if tree.inside.get(id)]
        if leaves[home] > (_LARGE if home is None else _BLOCK) or _apart(tree, wires, members):
            found.update(members)
            waiting += [id for id in members if leaves[id] > _WHOLE]
    return frozenset(found)


def _leaves(tree: Tree) -> dict[str | None, int]:
    """How many things that hold nothing are in each thing; None is the canvas."""
    leaves: dict[str | None, int] = {}
    for id in reversed([None, *tree.below(None)]):
        leaves[id] = sum(leaves[member] for member in tree.inside.get(id, ())) or 1
    return leaves


def _apart(tree: Tree, wires: Sequence[Wire], walls: Collection[str]) -> bool:
    """Whether several areas have most of the lines among their members to themselves."""
    within = between = 0
    for wire in wires:
        ends = wire.joined.origin.thing.id, wire.joined.target.thing.id
        homes = [next((area for area in tree.around(id) if area in walls), None) for id in ends]
        if None not in homes:
            within += homes[0] == homes[1]
            between += homes[0] != homes[1]
    return len(walls) > 1 and within >= _WITHIN * (within + between)


def options_of(direction: Direction, tree: Tree) -> dict[str, str]:
    """What the engine is asked for, at every level: more room between lines and things in pictures that aren't small,
    and in half the time, with a little more room, in large ones."""
    leaves = _leaves(tree)[None]
    quick = leaves > _LARGE
    beside = _BESIDE_LAYER[direction] if leaves > _WHOLE else _BESIDE
    options = {
        "elk.algorithm": "layered",
        "elk.direction": _DIRECTIONS[direction],
        "elk.hierarchyHandling": "INCLUDE_CHILDREN",
        "elk.edgeRouting": "ORTHOGONAL",
        "elk.randomSeed": "1",
        "org.eclipse.elk.json.shapeCoords": "ROOT",
        "org.eclipse.elk.json.edgeCoords": "ROOT",
        "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF" if quick else "NETWORK_SIMPLEX",
        "elk.layered.spacing.edgeNodeBetweenLayers": str(beside),
        "elk.layered.thoroughness": "1" if quick else "7",
        "elk.layered.edgeLabels.centerLabelPlacementStrategy": "SPACE_EFFICIENT_LAYER",
    }
    return options | {name: str(units) for name, units in _SPACING.items()}


def area(id: str, options: dict[str, str], members: list[Graph]) -> Graph:
    """A node round others."""
    return {"id": f"n:{id}", "layoutOptions": {**options, "elk.padding": _PADDING}, "children": members}


def leaf(id: str, width: float, height: float) -> Graph:
    """A node of a fixed size."""
    return {"id": f"n:{id}", "width": up(width), "height": up(height)}


def edge(wire: Wire, source: str, target: str, *, labelled: bool) -> Graph:
    """A line, or a part of one, between two nodes or ports."""
    made: Graph = {"id": f"e:{wire.joined.line.id}", "sources": [source], "targets": [target]}
    if labelled and wire.label is not None:
        made["labels"] = [_label(wire.label)]
    return made


def _label(label: Label) -> Graph:
    options = {"elk.edgeLabels.inline": "true", "elk.edgeLabels.placement": "CENTER"}
    return {"text": "x", "width": up(label.width + 8), "height": up(label.height + 8), "layoutOptions": options}


def up(units: float) -> int:
    """The next multiple of the grid."""
    return -int(-units // GRID) * GRID
