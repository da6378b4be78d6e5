"""Areas: what lies in which, and how large they are round their members."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from nunatak.drawing.geometry import Box
from nunatak.render.picture import Thing

# What an area leaves free round its members: its title stands in the top strip.
INSET_LEFT, INSET_TOP, INSET_RIGHT, INSET_BOTTOM = 48, 56, 48, 64
# Where things claim to lie in more areas than this all in all, nothing is read between the lines.
_MOST_MEMBERSHIPS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Nesting:
    """Who lies where, by thing ids: `members` of each area, innermost areas first; `parents` is the innermost area of
    each thing; `depths` of the areas, 0 for the outermost."""

    members: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, str]
    depths: Mapping[str, int]

    def depth(self, id: str) -> int | None:
        """An area's own depth; for any other thing that of the area it lies in, None for the canvas."""
        own = self.depths.get(id)
        return own if own is not None else self.depths.get(self.parents.get(id, ""))


def nest(things: Sequence[Thing], area_ids: Collection[str]) -> Nesting:
    """Finds out who lies where: a thing lies in the areas of its model's parents and groups, and an area whose members
    all lie in another area lies in that one too."""
    order = {thing.id: number for number, thing in enumerate(things)}
    surrounding = _surrounding(things, area_ids)
    _nest_by_members(surrounding, area_ids, order)
    depths = _depths(surrounding, [thing.id for thing in things if thing.id in area_ids])
    parents = {
        id: max(found, key=lambda area: (depths[area], order[area])) for id, found in surrounding.items() if found
    }
    members: dict[str, list[str]] = {id: [] for id in sorted(depths, key=lambda id: (-depths[id], order[id]))}
    for id, found in surrounding.items():
        for area in found:
            members[area].append(id)
    return Nesting(members={id: tuple(found) for id, found in members.items()}, parents=parents, depths=depths)


def size(nesting: Nesting, given: Mapping[str, Box]) -> dict[str, Box]:
    """The bounds of all areas that have members: those of the members and the insets."""
    sized: dict[str, Box] = {}
    for id, members in nesting.members.items():
        if members:
            held = reduce(Box.union, (sized.get(member, given[member]) for member in members))
            width, height = held.width + INSET_LEFT + INSET_RIGHT, held.height + INSET_TOP + INSET_BOTTOM
            sized[id] = Box(held.x - INSET_LEFT, held.y - INSET_TOP, width, height)
    return sized


def _surrounding(things: Sequence[Thing], area_ids: Collection[str]) -> dict[str, set[str]]:
    """Thing id to the areas that its model says it lies in."""
    by_model: dict[str, list[str]] = {}
    for thing in things:
        if thing.id in area_ids:
            by_model.setdefault(thing.model_id, []).append(thing.id)
    found: dict[str, set[str]] = {}
    for thing in things:
        models = {*thing.parent_ids, *thing.group_ids} - {thing.model_id}
        found[thing.id] = {area for model in models for area in by_model.get(model, ())}
    return found


def _nest_by_members(surrounding: dict[str, set[str]], area_ids: Collection[str], order: Mapping[str, int]) -> None:
    """Puts an area into another that holds all its members: a group of apps lies in their system though the model
    doesn't say so. Of areas with the same members the later one is the inner."""
    if sum(map(len, surrounding.values())) > _MOST_MEMBERSHIPS:
        return
    members: dict[str, set[str]] = {id: set() for id in area_ids}
    for id, found in surrounding.items():
        for area in found:
            members[area].add(id)
    derived: dict[str, set[str]] = {}
    for id, held in members.items():
        around_each = sorted((surrounding[member] for member in held), key=len)
        unsaid = around_each[0] - surrounding[id] - {id} if held else set()
        shared = unsaid.intersection(*around_each) if unsaid else unsaid
        derived[id] = {area for area in shared if (len(members[area] - {id}), order[id]) > (len(held), order[area])}
    for id, found in derived.items():
        surrounding[id] |= found


def _depths(surrounding: dict[str, set[str]], area_ids: Sequence[str]) -> dict[str, int]:
    """How many areas lie round each area on the longest way outwards. Where areas lie in each other in a ring, the
    first of them is the outermost: the others are taken out of its `surrounding`."""
    depths: dict[str, int] = {}
    inner: dict[str, list[str]] = {id: [] for id in area_ids}
    for id in area_ids:
        for area in surrounding[id]:
            inner[area].append(id)
    missing = {id: len(surrounding[id]) for id in area_ids}
    ready = [id for id in area_ids if not missing[id]]
    for stuck in (None, *area_ids):
        if stuck is not None and stuck not in depths:
            surrounding[stuck] &= depths.keys()
            ready.append(stuck)
        while ready:
            id = ready.pop()
            depths[id] = 1 + max((depths[area] for area in surrounding[id]), default=-1)
            for area in inner[id]:
                missing[area] -= 1
                if not missing[area] and area not in depths:
                    ready.append(area)
    return depths
