"""Diagrams made from the model: what is on a level, with its neighbours, laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.change import Change, Stamp, created, stamp
from nunatak.core.diagram import Diagram, DiagramContent
from nunatak.core.errors import Invalid
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, DOMAIN, MODEL_OBJECT, ORGANIZATION, Kind
from nunatak.core.model import ModelObject
from nunatak.render.layout.layout import Wanted
from nunatak.render.picture import Picture
from nunatak.services import entities, layouts, levels, pictures, places
from nunatak.services.changes import new_id
from nunatak.services.diagram_rules import completed_line, completed_object
from nunatak.services.levels import DIAGRAM_TYPES, Model, Shown
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
                name: {key: {**part, **laid[name].get(key, {})} for key, part in sketch.values[name].items()}
                for name in laid
            }
            change = Change(verb="create", kind=DIAGRAM.name, id=new_id(), values={**sketch.values, **parts})
            found.append(entities.written(ledger, place, change))
        return found


def _sketched(
    service: Service, unit: Unit, actor: Actor, place: Place, model: Model, owner: ModelObject, name: str | None
) -> Sketch:
    objects, connections = _drawn(model.shown(owner))
    if name is None:
        name = unit.get(DOMAIN, owner.domain_id, place.version_id).name if owner.type == "root" else owner.name
    head = {"name": name, "type": DIAGRAM_TYPES[owner.type], "modelId": owner.id}
    values = {**head, "index": len(owner.child_diagram_ids)}
    parts = _completed(unit, place, objects, connections)
    now = stamp(actor, service.clock())
    diagram: Diagram = _unstored(DIAGRAM, place, values, {}, now)
    content: DiagramContent = _unstored(DIAGRAM_CONTENT, place, parts, head, now)
    picture = pictures.composed(unit, place, diagram, content)
    return Sketch(values={**values, "objects": objects, "connections": connections}, picture=picture)


def _drawn(shown: Shown) -> tuple[dict[str, Values], dict[str, Values]]:
    """The values of a level's placed objects, which have no places yet, and of the lines between them."""
    shapes = [(one, "area") for one in shown.areas] + [(one, "box") for one in shown.boxes]
    ids = {one.id: new_id() for one, _ in shapes}
    objects = {
        ids[one.id]: {"modelId": one.id, "type": one.type, "shape": shape, "x": 0, "y": 0} for one, shape in shapes
    }
    connections = {
        new_id(): {"modelId": connection.id, "originId": ids[origin], "targetId": ids[target]}
        for connection, origin, target in shown.lines
    }
    return objects, connections


def _completed(unit: Unit, place: Place, objects: dict[str, Values], connections: dict[str, Values]) -> Values:
    """The parts of a content with what a writer leaves out, as storing completes them."""
    shape = unit.get(ORGANIZATION, place.organization_id).line_shape_default
    return {
        "objects": {key: completed_object(key, part) for key, part in objects.items()},
        "connections": {key: completed_line(key, part, shape) for key, part in connections.items()},
    }


def _unstored(kind: Kind, place: Place, values: Values, derived: Values, now: Stamp) -> Any:
    head = {"landscapeId": place.landscape_id, "versionId": place.version_id, "handleId": "-", **derived}
    return created(kind, Change(verb="create", kind=kind.name, id="-", values=values), head, now)
