"""Diagrams made from the model: what is on a level, with its neighbours, laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.change import Change, created, stamp
from nunatak.core.diagram import Diagram, DiagramContent
from nunatak.core.errors import Invalid
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, DOMAIN, MODEL_OBJECT, ORGANIZATION, Kind
from nunatak.core.model import ModelObject
from nunatak.render.layout.layout import Wanted
from nunatak.render.picture import Picture
from nunatak.services import entities, layouts, levels, pictures, places
from nunatak.services.changes import new_id
from nunatak.services.diagram_rules import completed_object
from nunatak.services.levels import DIAGRAM_TYPES, Model
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """A diagram that isn't stored yet: the values of its create, and its picture without places."""

    values: Values
    picture: Picture


def create(service: Service, actor: Actor, path: Path, object_id: str, *, name: str | None, wanted: Wanted) -> Diagram:
    """A new diagram of what is below a root, a system, an app or a store. Raises NotFound for the object, Invalid for
    one that has nothing below it."""
    with service.reading() as unit:
        place = _place(unit, actor, path)
        owner: ModelObject = unit.get(MODEL_OBJECT, object_id, place.version_id)
        model = levels.model(unit, place)
        if owner.type not in DIAGRAM_TYPES or not model.children.get(owner.id):
            raise Invalid(
                "A diagram is made of what is below an object",
                ("modelObjectId: expected a root, system, app or store with objects below it",),
            )
        sketch = _sketched(service, unit, actor, place, model, owner, name)
    return _stored(service, actor, path, [(sketch, _laid(service, sketch, wanted))])[0]


def missing(service: Service, actor: Actor, path: Path, wanted: Wanted) -> list[Diagram]:
    """A diagram for each root, system, app and store that has something below it and no diagram yet; all of them are
    stored together, or none."""
    with service.reading() as unit:
        place = _place(unit, actor, path)
        model = levels.model(unit, place)
        owners = [
            one
            for type_ in DIAGRAM_TYPES
            for one in model.objects.values()
            if one.type == type_ and model.children.get(one.id) and not one.child_diagram_ids
        ]
        sketches = [_sketched(service, unit, actor, place, model, owner, None) for owner in owners]
    return _stored(service, actor, path, [(sketch, _laid(service, sketch, wanted)) for sketch in sketches])


def _place(unit: Unit, actor: Actor, path: Path) -> Place:
    place = places.place(unit, actor, path.landscape_id, path.version_id, "write")
    place.writable()
    return place


def _laid(service: Service, sketch: Sketch, wanted: Wanted) -> dict[str, dict[str, Any]]:
    return layouts.placed(layouts.arranged(service, sketch.picture, wanted))


def _stored(
    service: Service, actor: Actor, path: Path, made: list[tuple[Sketch, dict[str, dict[str, Any]]]]
) -> list[Diagram]:
    with service.writing(actor) as ledger:
        place = _place(ledger.unit, actor, path)
        found = []
        for sketch, laid in made:
            parts = {
                name: {id: {**part, **laid[name].get(id, {})} for id, part in sketch.values[name].items()}
                for name in laid
            }
            change = Change(verb="create", kind=DIAGRAM.name, id=new_id(), values={**sketch.values, **parts})
            found.append(entities.written(ledger, place, change))
        return found


def _sketched(
    service: Service, unit: Unit, actor: Actor, place: Place, model: Model, owner: ModelObject, name: str | None
) -> Sketch:
    shown = model.shown(owner)
    ids = {one.id: new_id() for one in (*shown.areas, *shown.boxes)}
    areas = {one.id for one in shown.areas}
    objects = {
        ids[one.id]: {
            "modelId": one.id,
            "type": one.type,
            "shape": "area" if one.id in areas else "box",
            "x": 0,
            "y": 0,
        }
        for one in (*shown.areas, *shown.boxes)
    }
    connections = {
        new_id(): {"modelId": connection.id, "originId": ids[origin], "targetId": ids[target]}
        for connection, origin, target in shown.lines
    }
    if name is None:
        name = unit.get(DOMAIN, owner.domain_id, place.version_id).name if owner.type == "root" else owner.name
    values = {"name": name, "type": DIAGRAM_TYPES[owner.type], "modelId": owner.id,
              "index": len(owner.child_diagram_ids)}  # fmt: skip
    head = {"landscapeId": place.landscape_id, "versionId": place.version_id, "handleId": "-"}
    now = stamp(actor, service.clock())

    def draft(kind: Kind, given: Values, also: Values) -> Any:
        return created(kind, Change(verb="create", kind=kind.name, id="-", values=given), {**head, **also}, now)

    shape = unit.get(ORGANIZATION, place.organization_id).line_shape_default
    look = {"labelPosition": 50, "lineShape": shape, "originConnector": None, "targetConnector": None}
    parts = {
        "objects": {id: completed_object(id, part) for id, part in objects.items()},
        "connections": {id: {**look, **part, "id": id} for id, part in connections.items()},
    }
    diagram: Diagram = draft(DIAGRAM, values, {})
    copied = {"modelId": owner.id, "name": name, "type": values["type"]}
    content: DiagramContent = draft(DIAGRAM_CONTENT, parts, copied)
    picture = pictures.composed(unit, place, diagram, content)
    return Sketch(values={**values, "objects": objects, "connections": connections}, picture=picture)
