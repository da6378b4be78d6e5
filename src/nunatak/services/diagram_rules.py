"""Rules among diagrams, their contents and the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from nunatak.core.diagram import (
    CONTENT_LIMIT,
    DIAGRAM_MODELS,
    GRID,
    Diagram,
    DiagramConnection,
    DiagramContent,
    DiagramGroup,
    DiagramObject,
)
from nunatak.core.errors import Dangling, Invalid
from nunatak.core.kinds import (
    COMMENT,
    DIAGRAM,
    DIAGRAM_CONTENT,
    DIAGRAM_GROUP,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    ORGANIZATION,
)
from nunatak.services.places import Place
from nunatak.services.tag_rules import missing_things, require_all

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger

Values = dict[str, Any]
_BOX = {"width": 256, "height": 128}
_ACTOR = {"width": 256, "height": 160}
_GROUP = {"width": 512, "height": 384}
_COPIED = {"name": "name", "type": "type", "model_id": "modelId", "group_id": "groupId", "status": "status"}
CONTENT_PARTS = ("objects", "connections", "comments")


def checked_diagram(ledger: Ledger, place: Place, after: Diagram, before: Diagram | None) -> Diagram:
    """A diagram belongs to an object of the type that its own type asks for; folder and parent must be there."""
    if before is None or (after.model_id, after.type) != (before.model_id, before.type):
        after = replace(after, model_id=_owner(ledger, place, after))
    others = {"groupId": (DIAGRAM_GROUP, "group_id"), "parentId": (DIAGRAM, "parent_id")}
    for field, (kind, name) in others.items():
        id_ = getattr(after, name)
        if id_ and (before is None or id_ != getattr(before, name)):
            require_all(ledger, place, kind, {field: id_})
    return after


def _owner(ledger: Ledger, place: Place, after: Diagram) -> str:
    """The id of the diagram's model object, which may have been named by its handle."""
    owner = ledger.unit.find(MODEL_OBJECT, after.model_id, place.version_id)
    if owner is None:
        raise missing_things(MODEL_OBJECT, [("modelId", after.model_id)])
    allowed = DIAGRAM_MODELS[after.type]
    if owner.type not in allowed:
        raise Invalid(
            f"A {after.type} belongs to an object of type {' or '.join(allowed)}",
            (f"body.modelId: expected an object of type {' or '.join(allowed)}, got a {owner.type}",),
        )
    return str(owner.id)


def checked_group(ledger: Ledger, place: Place, after: DiagramGroup, before: DiagramGroup | None) -> DiagramGroup:
    """A folder's model object must be there."""
    if before is None or after.model_id != before.model_id:
        require_all(ledger, place, MODEL_OBJECT, {"modelId": after.model_id})
    return after


def followed_diagram(ledger: Ledger, place: Place, before: Diagram | None, after: Diagram, values: Values) -> None:
    """A diagram's content comes with it, repeats some of its fields, and may be written with it."""
    parts = {name: values[name] for name in CONTENT_PARTS if name in values}
    if before is None:
        ledger.create(place, DIAGRAM_CONTENT, {**parts, "handleId": after.handle_id}, id_=after.id)
        return
    if any(getattr(before, f) != getattr(after, f) for f in _COPIED):
        content = ledger.unit.get(DIAGRAM_CONTENT, after.id, place.version_id)
        ledger.unit.put(DIAGRAM_CONTENT, replace(content, **{f: getattr(after, f) for f in _COPIED}))
    if parts:
        ledger.update(place, DIAGRAM_CONTENT, after.id, parts)


def prepared_content(
    ledger: Ledger, place: Place, values: Values, before: DiagramContent | None
) -> tuple[Values, Values]:
    """Completes what a writer may leave out: ids, sizes, the lines' looks. A create also takes over the diagram's
    fields."""
    shape = ledger.unit.get(ORGANIZATION, place.organization_id).line_shape_default
    complete = {
        "objects": completed_object,
        "connections": lambda key, part: completed_line(key, part, shape),
        "comments": lambda key, part: {**part, "id": key},
    }
    done = {name: _over(value, complete[name]) if name in complete else value for name, value in values.items()}
    return done, {} if before else _head(ledger, place, values)


def _head(ledger: Ledger, place: Place, values: Values) -> Values:
    """What a new content repeats of its diagram, which shares its handle."""
    diagram = ledger.unit.get(DIAGRAM, values["handleId"], place.version_id)
    return {wire: getattr(diagram, field) for field, wire in _COPIED.items()}


def _over(value: Any, complete: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if any(key.startswith("$") for key in value):
        return {word: _over(part, complete) if word in ("$add", "$replace") else part for word, part in value.items()}
    return {key: complete(key, part) for key, part in value.items()}


def completed_object(key: str, part: Values) -> Values:
    """A placed object with its id and size; a group is always an area."""
    shape = "area" if part.get("type") == "group" else part.get("shape")
    size = _GROUP if part.get("type") == "group" else _ACTOR if part.get("type") == "actor" else _BOX
    return {**size, **part, "shape": shape, "id": key}


def completed_line(key: str, part: Values, shape: str) -> Values:
    """A drawn line with its id and its looks, of this shape where it has none."""
    look = {"labelPosition": 50, "lineShape": shape, "originConnector": None, "targetConnector": None, "points": []}
    return {**look, **part, "id": key}


def checked_content(
    ledger: Ledger, place: Place, after: DiagramContent, before: DiagramContent | None
) -> DiagramContent:
    """Refuses what isn't in the model, what is off the grid, and more than a diagram may hold; lines find their ends by
    the ids of placed objects, or else by those of model objects."""
    for name, part in (("objects", after.objects), ("connections", after.connections), ("comments", after.comments)):
        if len(part) > CONTENT_LIMIT:
            raise Invalid(
                f"A diagram holds at most {CONTENT_LIMIT:,} {name}",
                (f"body.{name}: expected at most {CONTENT_LIMIT:,} entries, got {len(part):,}",),
            )
    old = before.objects if before else {}
    _objects(ledger, place, [o for o in after.objects.values() if old.get(o.id) != o])
    old_lines = before.connections if before else {}
    lines = {
        key: _ended(after, line)
        for key, line in after.connections.items()
        if old_lines.get(key) != line or _attached(after, line)  # a line goes with the object that it hung on
    }
    wanted = {
        f"connections.{c.id}.modelId": c.model_id for c in lines.values() if c.model_id and old_lines.get(c.id) != c
    }
    require_all(ledger, place, MODEL_CONNECTION, wanted)
    old_pins = before.comments if before else {}
    pins = {f"comments.{p.id}.commentId": p.comment_id for p in after.comments.values() if old_pins.get(p.id) != p}
    require_all(ledger, place, COMMENT, pins)
    return replace(after, connections=lines)


def _objects(ledger: Ledger, place: Place, changed: list[DiagramObject]) -> None:
    off = [o.id for o in changed if o.x % GRID or o.y % GRID]
    if off:
        raise Invalid(
            "Rect position not in grid was specified.",
            tuple(f"body.objects.{id_}: expected x and y to be multiples of {GRID}" for id_ in off[:30]),
        )
    types = ledger.unit.lookup(MODEL_OBJECT, place.version_id, [o.model_id for o in changed], "type")
    missing = [(f"objects.{o.id}.modelId", o.model_id) for o in changed if o.model_id not in types]
    if missing:
        raise missing_things(MODEL_OBJECT, missing[:30])
    wrong = [o for o in changed if types[o.model_id] != o.type]
    if wrong:
        errors = (f"body.objects.{o.id}.type: expected {types[o.model_id]}, got {o.type}" for o in wrong[:30])
        raise Invalid("A placed object has the type of its model object", tuple(errors))


def _attached(content: DiagramContent, line: DiagramConnection) -> bool:
    return all(id_ is None or id_ in content.objects for id_ in (line.origin_id, line.target_id))


def _ended(content: DiagramContent, line: DiagramConnection) -> DiagramConnection:
    ends = {"origin_id": line.origin_id, "target_id": line.target_id}
    placed = {name: _end(content, line, name, id_) for name, id_ in ends.items()}
    return replace(line, **placed)


def _end(content: DiagramContent, line: DiagramConnection, name: str, id_: str | None) -> str | None:
    if id_ is None or id_ in content.objects:
        return id_
    same = [o for o in content.objects.values() if o.model_id == id_]
    if not same:
        field = "originId" if name == "origin_id" else "targetId"
        raise Dangling(
            "A line's end is not on the diagram",
            (f"body.connections.{line.id}.{field}: expected the key of an object of this diagram, got {id_!r}",),
        )
    return min(same, key=lambda o: (o.shape != "box", o.id)).id
