"""Dependencies: what leads into an object and out of it, by direct connections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.errors import Invalid
from nunatak.core.expanded import ModelObjectExport, connection_export, object_export
from nunatak.core.kinds import MODEL_CONNECTION, MODEL_OBJECT
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.services.places import Path
from nunatak.services.service import Service
from nunatak.services.views import viewing
from nunatak.store.rows import scope_text
from nunatak.store.unit import Unit

_ENDS = ("origin_id", "target_id", "via_id", "direction")
_FEW = 30  # objects whose connections are asked for by id; more, and all connections are read once


@dataclass(frozen=True)
class Neighbours:
    """The ids of what leads into an object and of what it leads to, in the order of the connections."""

    incoming: dict[str, None]
    outgoing: dict[str, None]


def listing(
    service: Service, actor: Actor, path: Path, asked: Mapping[str, Any]
) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """The JSON texts of each chosen object's incoming and outgoing neighbours, by id. `asked` chooses the objects:
    `object_ids`, any of `object_labels`, any of `tag_ids`, any of `technology_ids`; what is given must all hold.
    Ids that name nothing are passed over. Raises Invalid when nothing is asked."""
    if not asked:
        wanted = "expected objectIds, objectLabels, tagIds or technologyIds"
        raise Invalid("Dependencies are asked of some objects", (f"query.filter: {wanted}",))
    with viewing(service, actor, path) as (unit, place):
        chosen = _chosen(unit, place.version_id, asked)
        found = _neighbours(unit, place.version_id, chosen)
        ids = {id_ for each in found.values() for side in (each.incoming, each.outgoing) for id_ in side}
        head = "{" + scope_text(place.landscape_id, place.version_id)
        bodies = unit.lookup(MODEL_OBJECT, place.version_id, ids, "body")
    texts = {id_: head + body for id_, body in bodies.items()}
    return {id_: (_shown(found[id_].incoming, texts), _shown(found[id_].outgoing, texts)) for id_ in chosen}


def _shown(ids: Iterable[str], texts: Mapping[str, str]) -> dict[str, str]:
    return {id_: texts[id_] for id_ in ids if id_ in texts}


def _chosen(unit: Unit, scope: str, asked: Mapping[str, Any]) -> list[str]:
    """The ids of the objects asked for; the root isn't one, for it connects to nothing."""
    sets: list[set[str]] = []
    if "object_ids" in asked:
        handles = unit.values(MODEL_OBJECT, scope, ("id", "handle_id"), {})
        wanted = set(_listed(asked["object_ids"]))
        sets.append({id_ for id_, handle in handles if id_ in wanted or handle in wanted})
    if "object_labels" in asked:
        labels = [(f"labels.{key}", text) for key, text in asked["object_labels"].items()]
        sets.append({id_ for label, text in labels for _, id_ in unit.having(MODEL_OBJECT, scope, label, [text])})
    for term in ("tag_ids", "technology_ids"):
        if term in asked:
            sets.append({id_ for _, id_ in unit.having(MODEL_OBJECT, scope, term, _listed(asked[term]))})
    return sorted(set.intersection(*sets))


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _neighbours(unit: Unit, scope: str, ids: Sequence[str]) -> dict[str, Neighbours]:
    found = {id_: Neighbours({}, {}) for id_ in ids}
    sides: dict[str, Neighbours] = defaultdict(lambda: Neighbours({}, {}), found)
    for origin, target, via, direction in _connections(unit, scope, ids):
        chain = [origin, via, target] if via else [origin, target]
        for sender, receiver in combinations(chain, 2):
            _joined(sides, sender, receiver)
            if direction == "bidirectional":
                _joined(sides, receiver, sender)
    return found


def _joined(sides: Mapping[str, Neighbours], sender: str, receiver: str) -> None:
    sides[sender].outgoing[receiver] = None
    sides[receiver].incoming[sender] = None


def _connections(unit: Unit, scope: str, ids: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    if len(ids) > _FEW:
        return unit.values(MODEL_CONNECTION, scope, _ENDS, {})
    rows: dict[str, tuple[Any, ...]] = {}
    for column in ("origin_id", "target_id", "via_id"):
        for id_, *row in unit.values(MODEL_CONNECTION, scope, ("id", *_ENDS), {column: list(ids)}) if ids else ():
            rows[id_] = tuple(row)
    return rows.values()


def of_object(service: Service, actor: Actor, path: Path, object_id: str) -> dict[str, Any]:
    """The connections into and out of an object, and who stands at their other ends, keyed by the connection."""
    with viewing(service, actor, path) as (unit, place):
        here: ModelObject = unit.get(MODEL_OBJECT, object_id, place.version_id)
        sides: dict[str, list[ModelConnection]] = {"incoming": [], "outgoing": []}
        for connection in _at(unit, place.version_id, here.id):
            both = connection.direction == "bidirectional" or here.id == connection.via_id
            if both or here.id == connection.target_id:
                sides["incoming"].append(connection)
            if both or here.id == connection.origin_id:
                sides["outgoing"].append(connection)
        ids = {id_ for each in sides.values() for c in each for id_ in (c.origin_id, c.target_id, c.via_id) if id_}
        objects = {one.id: object_export(one) for one in unit.among(MODEL_OBJECT, place.version_id, ids)}
    answer: dict[str, Any] = {}
    for side, connections in sides.items():
        answer[f"{side}Connections"] = [connection_export(c) for c in connections]
        answer[f"{side}ConnectionObjects"] = {c.id: _others(c, here.id, objects) for c in connections}
    return answer


def _at(unit: Unit, scope: str, id_: str) -> list[ModelConnection]:
    ids = {
        found
        for column in ("origin_id", "target_id", "via_id")
        for _, found in unit.with_column(MODEL_CONNECTION, scope, column, [id_])
    }
    return list(unit.among(MODEL_CONNECTION, scope, ids))


def _others(
    connection: ModelConnection, here: str, objects: Mapping[str, ModelObjectExport]
) -> list[ModelObjectExport]:
    ends = dict.fromkeys(id_ for id_ in (connection.origin_id, connection.via_id, connection.target_id) if id_)
    return [objects[id_] for id_ in ends if id_ != here and id_ in objects]
