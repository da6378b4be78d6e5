"""Brings the parts of a file into a landscape, as changes like any other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nunatak.core.access import Actor, require
from nunatak.core.kinds import (
    DIAGRAM,
    FLOW,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    TAG,
    TAG_GROUP,
)
from nunatak.core.landscape import Landscape
from nunatak.exchange.parts import (
    ConnectionPart,
    DiagramPart,
    DrawnPart,
    FlowPart,
    ObjectPart,
    Parts,
    PlacedPart,
    StepPart,
)
from nunatak.services import landscapes, technologies
from nunatak.services.changes import Ledger, new_id
from nunatak.services.places import Place
from nunatak.services.service import Service

_KINDS = ("object", "connection", "group", "tag")  # each has ids of its own in a file


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import made: diagram ids in the file's order, and how many things."""

    diagram_ids: list[str]
    objects: int
    connections: int


def as_landscape(
    service: Service, actor: Actor, organization_id: str, parts: Parts, *, name: str | None = None
) -> tuple[Landscape, Imported]:
    """A new landscape of a file's parts, all or nothing."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        land, live = landscapes.begin(ledger, organization_id, {"name": name or parts.name or "Imported"})
        place = Place(organization_id=organization_id, landscape_id=land.id, version_id=live.id, is_latest=True)
        return land, bring(ledger, place, parts)


def bring(ledger: Ledger, place: Place, parts: Parts) -> Imported:
    """Writes all parts into the landscape's first domain; everything gets new ids. Raises Invalid or Conflict for parts
    that break a rule."""
    return _Bringing(ledger, place, parts).all()


class _Bringing:
    """One import: the ids that its parts have got so far."""

    def __init__(self, ledger: Ledger, place: Place, parts: Parts) -> None:
        self._ledger = ledger
        self._place = place
        self._parts = parts
        self._ids: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
        self._types = {part.id: part.type for part in parts.objects}
        self._root = ledger.unit.values(MODEL_OBJECT, place.version_id, ("id",), {"type": "root"})[0][0]
        self._technologies = technologies.Names(ledger.unit, place.organization_id)

    def all(self) -> Imported:
        """Writes tags, objects, connections, diagrams and flows, in this order."""
        self._tags()
        for part in self._parts.objects:
            self._ids["object"][part.id] = self._create(MODEL_OBJECT, self._object(part))
        for connection in self._parts.connections:
            self._ids["connection"][connection.id] = self._create(MODEL_CONNECTION, self._connection(connection))
        diagrams = {
            part.id: self._create(DIAGRAM, self._diagram(i, part)) for i, part in enumerate(self._parts.diagrams)
        }
        for index, flow in enumerate(self._parts.flows):
            self._create(FLOW, _flow(index, flow, diagrams[flow.diagram_id]))
        return Imported(
            diagram_ids=list(diagrams.values()),
            objects=len(self._parts.objects),
            connections=len(self._parts.connections),
        )

    def _create(self, kind: Any, values: dict[str, Any]) -> str:
        return str(self._ledger.create(self._place, kind, values).id)

    def _tags(self) -> None:
        for index, group in enumerate(self._parts.tag_groups):
            self._ids["group"][group.id] = self._create(
                TAG_GROUP, {"name": group.name, "icon": group.icon, "index": index}
            )
        for index, tag in enumerate(self._parts.tags):
            group_id = self._ids["group"][tag.group_id]
            values = {"name": tag.name, "color": tag.color, "groupId": group_id, "index": index}
            self._ids["tag"][tag.id] = self._create(TAG, values)

    def _object(self, part: ObjectPart) -> dict[str, Any]:
        values = {
            "name": part.name,
            "type": part.type,
            "parentId": self._ids["object"][part.parent_id] if part.parent_id else self._root,
            "external": part.external,
            "groupIds": self._all("object", part.group_ids),
            **self._shared(part),
        }
        if part.caption:
            values["caption"] = part.caption
        if part.icon:
            values["icon"] = {"catalogTechnologyId": self._technology(part.icon), "name": part.icon}
        return values

    def _connection(self, part: ConnectionPart) -> dict[str, Any]:
        return {
            "name": part.name,
            "originId": self._ids["object"][part.origin_id],
            "targetId": self._ids["object"][part.target_id],
            "direction": part.direction,
            "viaId": self._ids["object"][part.via_id] if part.via_id else None,
            **self._shared(part),
        }

    def _shared(self, part: ObjectPart | ConnectionPart) -> dict[str, Any]:
        links = {new_id(): {"url": link.url, "customName": link.name or None} for link in part.links}
        described = {"description": part.description} if part.description else {}
        return {
            "status": part.status,
            "labels": part.labels,
            "tagIds": self._all("tag", part.tags),
            "technologyIds": [self._technology(name) for name in part.technologies],
            "links": {key: {**link, "index": index} for index, (key, link) in enumerate(links.items())},
            **described,
        }

    def _diagram(self, index: int, part: DiagramPart) -> dict[str, Any]:
        return {
            "name": part.name,
            "type": part.type,
            "modelId": self._ids["object"][part.model_id] if part.model_id else self._root,
            "index": index,
            "description": part.description,
            "objects": {placed.id: self._placed(placed) for placed in part.objects},
            "connections": {drawn.id: self._drawn(drawn) for drawn in part.connections},
        }

    def _placed(self, part: PlacedPart) -> dict[str, Any]:
        size = {"width": part.width, "height": part.height} if part.width and part.height else {}
        return {
            "modelId": self._ids["object"][part.model_id],
            "type": self._types[part.model_id],
            "shape": part.shape,
            "x": part.x,
            "y": part.y,
            **size,
        }

    def _drawn(self, part: DrawnPart) -> dict[str, Any]:
        return {
            "modelId": self._ids["connection"][part.model_id] if part.model_id else None,
            "originId": part.origin_id,
            "targetId": part.target_id,
            "lineShape": part.line_shape,
            "originConnector": part.origin_connector,
            "targetConnector": part.target_connector,
            "labelPosition": part.label_position,
            "points": [{"x": point.x, "y": point.y} for point in part.points],
        }

    def _all(self, sort: str, ids: Iterable[str]) -> list[str]:
        return [self._ids[sort][id_] for id_ in ids]

    def _technology(self, name: str) -> str:
        """The id of the technology of this name; an unknown one becomes the organization's own."""
        known = self._technologies.find(name)
        if known is None:
            values = technologies.named_only(name)
            made = technologies.begin(self._ledger, self._place.organization_id, values)
            self._technologies.add(made)
            known = made.id
        return known


def _flow(index: int, part: FlowPart, diagram_id: str) -> dict[str, Any]:
    steps = {step.id: _step(place, step) for place, step in enumerate(part.steps)}
    return {"name": part.name, "diagramId": diagram_id, "index": index, "steps": steps}


def _step(index: int, part: StepPart) -> dict[str, Any]:
    paths = {path.id: {"id": path.id, "index": place, "name": path.name} for place, path in enumerate(part.paths)}
    return {
        "id": part.id,
        "index": index,
        "type": part.type,
        "description": part.description,
        "originId": part.origin_id,
        "targetId": part.target_id,
        "viaId": part.via_id,
        "flowId": None,
        "parentId": part.path_id,
        "paths": paths or None,
    }
