"""Levels of the model: what a diagram of one object shows, and which connections are drawn between it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from nunatak.core.kinds import MODEL_CONNECTION, MODEL_OBJECT
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.services.places import Place
from nunatak.store.unit import Unit

# What a diagram of an object of this type is, and the types below it that it shows.
DIAGRAM_TYPES = {
    "root": "context-diagram",
    "system": "app-diagram",
    "app": "component-diagram",
    "store": "component-diagram",
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a diagram shows: `areas` from the outermost inwards, `boxes`, and lines as (connection, origin, target) with
    the model ids of what they join there."""

    areas: tuple[ModelObject, ...]
    boxes: tuple[ModelObject, ...]
    lines: tuple[tuple[ModelConnection, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Model:
    """A version's whole model, in the order of its creation."""

    objects: dict[str, ModelObject]
    connections: tuple[ModelConnection, ...]

    @cached_property
    def children(self) -> dict[str, list[ModelObject]]:
        """Objects by the id of their parent, groups left out."""
        found: defaultdict[str, list[ModelObject]] = defaultdict(list)
        for one in self.objects.values():
            if one.parent_id and one.type != "group":
                found[one.parent_id].append(one)
        return found

    def line(self, id_: str) -> list[str]:
        """An object and what is over it, up to its root."""
        found: list[str] = []
        here: str | None = id_
        while here is not None and here in self.objects and here not in found:
            found.append(here)
            here = self.objects[here].parent_id
        return found

    def shown(self, owner: ModelObject) -> Shown:
        """The level below an object with its neighbours: each at the highest level that isn't round the owner. Of the
        connections between two shown things those that join just them are drawn; where there are none, the first
        lower one stands for all lower ones of its direction."""
        inner = self.children.get(owner.id, [])
        stands = _Standing(self, owner, {one.id for one in inner})
        direct: defaultdict[tuple[str, str], list[ModelConnection]] = defaultdict(list)
        lower: dict[tuple[str, str], ModelConnection] = {}
        for connection in self.connections:
            origin, target = stands.end(connection.origin_id), stands.end(connection.target_id)
            if origin is None or target is None or not stands.drawn(origin, target):
                continue
            ends = origin, target
            if ends == (connection.origin_id, connection.target_id):
                direct[ends].append(connection)
            elif origin != target:
                lower.setdefault(ends, connection)
        pairs = dict.fromkeys([*direct, *lower])
        lines = [(c, *pair) for pair in pairs for c in direct.get(pair) or [lower[pair]]]
        met = {id_ for _, *pair in lines for id_ in pair} - {owner.id}
        outer = [one for one in self.objects.values() if one.id in met and one.id not in stands.inner]
        boxes = (*inner, *outer)
        areas = () if owner.type == "root" else (owner,)
        return Shown(areas=(*areas, *self._groups(boxes)), boxes=boxes, lines=tuple(lines))

    def _groups(self, boxes: Sequence[ModelObject]) -> list[ModelObject]:
        """The groups round some of what is shown, the larger first; of groups that cut each other the later isn't."""
        members: defaultdict[str, set[str]] = defaultdict(set)
        for box in boxes:
            for id_ in box.group_ids:
                members[id_].add(box.id)
                for outer in self._over(id_):
                    members[outer].add(box.id)
        known = [id_ for id_ in self.objects if id_ in members]
        found: list[str] = []
        for id_ in sorted(known, key=lambda id_: -len(members[id_])):
            if all(_nested(members[id_], members[other]) for other in found):
                found.append(id_)
        return [self.objects[id_] for id_ in found]

    def _over(self, group_id: str) -> Iterable[str]:
        return [id_ for id_ in self.line(group_id)[1:] if self.objects[id_].type == "group"]


class _Standing:
    """Which shown thing stands for any object in the diagram of one."""

    def __init__(self, model: Model, owner: ModelObject, inner: set[str]) -> None:
        self._model, self._owner, self.inner = model, owner, inner
        self._over = set(model.line(owner.id))
        self._known: dict[str, str | None] = {}

    def end(self, id_: str) -> str | None:
        """The id of what stands for an object: itself or the highest over it that isn't round the owner."""
        if id_ not in self._known:
            line = self._model.line(id_)
            below = [one for one in line if one not in self._over and self._model.objects[one].type != "root"]
            self._known[id_] = below[-1] if below else (id_ if id_ == self._owner.id else None)
        return self._known[id_]

    def drawn(self, origin: str, target: str) -> bool:
        """Whether a line belongs here: one end at least is inside, or, in a context diagram, in the domain. A line
        to the owner itself comes from outside."""
        if origin == self._owner.id or target == self._owner.id:
            return self._owner.type != "root" and {origin, target}.isdisjoint(self.inner)
        return origin in self.inner or target in self.inner


def _nested(one: set[str], other: set[str]) -> bool:
    return one <= other or other <= one or one.isdisjoint(other)


def model(unit: Unit, place: Place) -> Model:
    """The model of a version."""
    objects = unit.every(MODEL_OBJECT, place.version_id)
    return Model(
        objects={one.id: one for one in objects}, connections=tuple(unit.every(MODEL_CONNECTION, place.version_id))
    )
