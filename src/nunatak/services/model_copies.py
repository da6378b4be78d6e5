"""Copies of a landscape's model into another: its domains, with all that is in them, beside those that are there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.change import writable
from nunatak.core.diagram import Diagram, DiagramContent
from nunatak.core.errors import Conflict
from nunatak.core.flow import Flow
from nunatak.core.kinds import (
    DIAGRAM,
    DIAGRAM_CONTENT,
    DIAGRAM_GROUP,
    DOMAIN,
    FLOW,
    LANDSCAPE,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    TAG,
    TAG_GROUP,
    Kind,
    fold,
)
from nunatak.core.model import ModelObject
from nunatak.core.tag import Tag
from nunatak.services import places
from nunatak.services.changes import Ledger
from nunatak.services.crossing import Crossing
from nunatak.services.places import LATEST, Place
from nunatak.services.service import Service

Values = dict[str, Any]


def create(service: Service, actor: Actor, landscape_id: str, target_landscape_id: str) -> None:
    """Adds the model of a landscape's live version to another's: domains, objects, connections, tags, diagrams with
    their contents, and flows, all with new ids. Raises Conflict for a landscape that is copied onto itself."""
    with service.writing(actor) as ledger:
        source = places.place(ledger.unit, actor, landscape_id, LATEST, "read")
        target = places.place(ledger.unit, actor, target_landscape_id, LATEST, "write")
        if source.landscape_id == target.landscape_id:
            error = "query.targetLandscapeId: expected another landscape than the one that is copied"
            raise Conflict("A landscape can't be copied into itself; duplicate it instead", (error,))
        for landscape in sorted((source.landscape_id, target.landscape_id)):  # in one order: nobody waits in a circle
            ledger.unit.lock(landscape)
        names = {id_: ledger.unit.get(LANDSCAPE, id_).name for id_ in (source.landscape_id, target.landscape_id)}
        context = {"name": names[source.landscape_id], "targetLandscapeName": names[target.landscape_id]}
        props = {"targetLandscapeId": target.landscape_id}
        with ledger.noting("landscape-copy", source, source.landscape_id, context=context, props=props):
            _Copying(ledger, source, target, name=names[source.landscape_id]).all()


class _Copying:
    """One copy: the ids that the source's things have got in the target so far, by kind."""

    def __init__(self, ledger: Ledger, source: Place, target: Place, *, name: str) -> None:
        self._ledger = ledger
        self._source = source
        self._target = target
        self._name = name
        self._crossing = Crossing(ledger, source.organization_id, target.organization_id)
        self._ids: dict[str, dict[str, str]] = {}

    def all(self) -> None:
        """Writes everything, each after what it refers to."""
        self._tags()
        self._domains()
        self._objects()
        for connection in self._every(MODEL_CONNECTION):
            values = self._referring(writable(self._crossing.crossed(connection)), ("originId", "targetId", "viaId"))
            self._create(MODEL_CONNECTION, connection.id, {**values, "tagIds": self._known(TAG, connection.tag_ids)})
        for group in self._every(DIAGRAM_GROUP):
            self._create(DIAGRAM_GROUP, group.id, self._referring(writable(group), ("modelId",)))
        self._diagrams()
        self._flows()

    def _every(self, kind: Kind) -> list[Any]:
        return self._ledger.unit.every(kind, self._source.version_id)

    def _create(self, kind: Kind, id_: str, values: Values) -> str:
        made: str = self._ledger.create(self._target, kind, values).id
        self._map(kind)[id_] = made
        return made

    def _update(self, kind: Kind, id_: str, values: Values) -> None:
        self._ledger.update(self._target, kind, self._map(kind)[id_], values)

    def _map(self, kind: Kind) -> dict[str, str]:
        return self._ids.setdefault(kind.name, {})

    def _known(self, kind: Kind, ids: Iterable[str]) -> list[str]:
        """The new ids of those that are copied already."""
        known = self._map(kind)
        return [known[id_] for id_ in ids if id_ in known]

    def _referring(self, values: Values, names: Iterable[str], kind: Kind = MODEL_OBJECT) -> Values:
        """The values with the new ids of what these fields name."""
        return values | {name: self._map(kind)[values[name]] for name in names if values.get(name) is not None}

    def _tags(self) -> None:
        """Groups of the same name, and in them tags of the same name and colour, are one."""
        unit, scope = self._ledger.unit, self._target.version_id
        groups = {fold(group.name): group.id for group in unit.every(TAG_GROUP, scope)}
        tags = {_tag_key(tag, tag.group_id): tag.id for tag in unit.every(TAG, scope)}
        for group in self._every(TAG_GROUP):
            there = groups.get(fold(group.name))
            self._map(TAG_GROUP)[group.id] = there or self._create(TAG_GROUP, group.id, writable(group))
        for tag in self._every(TAG):
            group_id = self._map(TAG_GROUP)[tag.group_id]
            there = tags.get(_tag_key(tag, group_id))
            self._map(TAG)[tag.id] = there or self._create(TAG, tag.id, {**writable(tag), "groupId": group_id})

    def _domains(self) -> None:
        """Each domain becomes one of the target, with the root that comes with it; a name that is taken gets the
        landscape's beside it."""
        unit, scope = self._ledger.unit, self._target.version_id
        taken = {fold(domain.name) for domain in unit.every(DOMAIN, scope)}
        for domain in self._every(DOMAIN):
            named = f"{domain.name} ({self._name})"[:4000] if fold(domain.name) in taken else domain.name
            made = self._create(DOMAIN, domain.id, {**writable(domain), "name": named})
            roots = {
                place.version_id: unit.every(MODEL_OBJECT, place.version_id, {"type": "root", "domain_id": id_})[0]
                for place, id_ in ((self._source, domain.id), (self._target, made))
            }
            before, root = roots[self._source.version_id], roots[scope]
            self._map(MODEL_OBJECT)[before.id] = root.id
            if before.commit > 1:  # somebody wrote on it
                self._update(MODEL_OBJECT, before.id, {**self._object(before), "parentId": None})

    def _objects(self) -> None:
        """Parents come before what stands below them, and groups before their members; a group that is a member of a
        later one joins it at the end."""
        objects = [one for one in self._every(MODEL_OBJECT) if one.type != "root"]
        objects.sort(key=lambda one: (one.type != "group", len(one.parent_ids)))
        late: list[ModelObject] = []
        for one in objects:
            values = self._referring(self._object(one), ("parentId",))
            self._create(MODEL_OBJECT, one.id, values)
            late += [one] if len(values["groupIds"]) < len(one.group_ids) else []
        for one in late:
            self._update(MODEL_OBJECT, one.id, {"groupIds": self._known(MODEL_OBJECT, one.group_ids)})

    def _object(self, one: ModelObject) -> Values:
        values = writable(self._crossing.crossed(one))
        values.pop("domainId")
        known = {"tagIds": self._known(TAG, one.tag_ids), "groupIds": self._known(MODEL_OBJECT, one.group_ids)}
        return values | known

    def _diagrams(self) -> None:
        """A diagram that opens below a later one is told so at the end."""
        contents: dict[str, DiagramContent] = {content.id: content for content in self._every(DIAGRAM_CONTENT)}
        diagrams: list[Diagram] = self._every(DIAGRAM)
        for diagram in diagrams:
            values = {**writable(diagram), "parentId": None, **self._drawn(contents[diagram.id])}
            values = self._referring(self._referring(values, ("modelId",)), ("groupId",), DIAGRAM_GROUP)
            self._create(DIAGRAM, diagram.id, values)
        for diagram in diagrams:
            if diagram.parent_id in self._map(DIAGRAM):
                self._update(DIAGRAM, diagram.id, {"parentId": self._map(DIAGRAM)[diagram.parent_id]})

    def _drawn(self, content: DiagramContent) -> Values:
        """What is on a diagram, under the same keys; comments, and with them their pins, aren't copied."""
        values = writable(content)
        objects = {key: self._referring(part, ("modelId",)) for key, part in values["objects"].items()}
        lines = {
            key: self._referring(part, ("modelId",), MODEL_CONNECTION) for key, part in values["connections"].items()
        }
        return {"objects": objects, "connections": lines}

    def _flows(self) -> None:
        """Steps name what is placed on the diagram, by keys that stay; those that go to another flow, which may lead
        back, are told so at the end."""
        flows: list[Flow] = self._every(FLOW)
        for flow in flows:
            values = self._referring(writable(flow), ("diagramId",), DIAGRAM)
            values["steps"] = {key: {**step, "flowId": None} for key, step in values["steps"].items()}
            self._create(FLOW, flow.id, values)
        known = self._map(FLOW)
        for flow in flows:
            told = {key: {"flowId": known[step.flow_id]} for key, step in flow.steps.items() if step.flow_id in known}
            if told:
                self._update(FLOW, flow.id, {"steps": {"$update": told}})


def _tag_key(tag: Tag, group_id: str) -> tuple[str, str, str]:
    return fold(tag.name), tag.color, group_id
