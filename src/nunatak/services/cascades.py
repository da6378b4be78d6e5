"""What goes with an entity that is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nunatak.core.diagram import DiagramContent
from nunatak.core.kinds import (
    COMMENT_REPLY,
    DIAGRAM,
    DIAGRAM_CONTENT,
    DIAGRAM_GROUP,
    DRAFT_TASK,
    FLOW,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    TAG,
    Kind,
)
from nunatak.services.flow_rules import before_flow
from nunatak.services.places import Place

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger


def before_delete(ledger: Ledger, place: Place, kind: Kind, entity: Any) -> None:
    """Writes everything that an entity's deletion entails, before it is gone itself."""
    match kind.name:
        case "domain":
            _domain(ledger, place, entity.id)
        case "model-object":
            _object(ledger, place, entity.id)
        case "model-connection":
            _connections(ledger, place, [entity.id], keep=True)
        case "diagram":
            _diagram(ledger, place, entity.id)
        case "diagram-group":
            _unset(ledger, place, DIAGRAM, "group_id", "groupId", entity.id)
        case "flow":
            before_flow(ledger, place, entity.id)
        case "tag-group":
            for _, id_ in ledger.unit.with_column(TAG, place.version_id, "group_id", [entity.id]):
                ledger.delete(place, TAG, id_)
        case "comment":
            _comment(ledger, place, entity.id)
        case "draft":
            ledger.drop(place, DRAFT_TASK, ledger.unit.every(DRAFT_TASK, place.version_id, {"draft_id": entity.id}))
        case "tag":
            _tag(ledger, place, entity.id)


def _domain(ledger: Ledger, place: Place, domain_id: str) -> None:
    for _, id_ in ledger.unit.with_column(MODEL_OBJECT, place.version_id, "domain_id", [domain_id]):
        if ledger.unit.find(MODEL_OBJECT, id_, place.version_id) is not None:
            ledger.delete(place, MODEL_OBJECT, id_)


def _object(ledger: Ledger, place: Place, object_id: str) -> None:
    """All objects below, all lines to any of them, the diagrams they own, and their places on other diagrams."""
    unit, scope = ledger.unit, place.version_id
    below = [id_ for _, id_ in unit.having(MODEL_OBJECT, scope, "parent_ids", [object_id])]
    gone = {object_id, *below}
    for column in ("origin_id", "target_id"):
        _connections(ledger, place, [id_ for _, id_ in unit.with_column(MODEL_CONNECTION, scope, column, gone)])
    for _, id_ in unit.with_column(MODEL_CONNECTION, scope, "via_id", gone):
        ledger.update(place, MODEL_CONNECTION, id_, {"viaId": None})
    for kind in (DIAGRAM, DIAGRAM_GROUP):
        for _, id_ in unit.with_column(kind, scope, "model_id", gone):
            ledger.delete(place, kind, id_)
    for content in _contents(ledger, place, "placed_ids", gone):
        _clear(ledger, place, content, objects=gone, connections=set())
    for group_id, id_ in unit.having(MODEL_OBJECT, scope, "group_ids", gone):
        if id_ not in gone:
            ledger.update(place, MODEL_OBJECT, id_, {"groupIds": {"$remove": [group_id]}})
    if below:
        ledger.drop(place, MODEL_OBJECT, unit.among(MODEL_OBJECT, scope, below))


def _connections(ledger: Ledger, place: Place, ids: list[str], *, keep: bool = False) -> None:
    """Takes connections off all diagrams and, unless they are kept for the caller to remove, out of the model."""
    for content in _contents(ledger, place, "drawn_ids", set(ids)):
        _clear(ledger, place, content, objects=set(), connections=set(ids))
    if ids and not keep:
        ledger.drop(place, MODEL_CONNECTION, ledger.unit.among(MODEL_CONNECTION, place.version_id, ids))


def _contents(ledger: Ledger, place: Place, term: str, ids: set[str]) -> list[DiagramContent]:
    found = ledger.unit.having(DIAGRAM_CONTENT, place.version_id, term, ids)
    return ledger.unit.among(DIAGRAM_CONTENT, place.version_id, {id_ for _, id_ in found})


def _clear(ledger: Ledger, place: Place, content: DiagramContent, *, objects: set[str], connections: set[str]) -> None:
    """Removes placed objects by model id, the lines at them, and lines by model id from a diagram."""
    placed = {o.id for o in content.objects.values() if o.model_id in objects}
    lines = [
        c.id
        for c in content.connections.values()
        if c.model_id in connections or c.origin_id in placed or c.target_id in placed
    ]
    values = {"objects": {"$remove": sorted(placed)}, "connections": {"$remove": lines}}
    ledger.update(place, DIAGRAM_CONTENT, content.id, values)


def _diagram(ledger: Ledger, place: Place, diagram_id: str) -> None:
    """The flows that are told over it, and its content; diagrams below it stay."""
    _unset(ledger, place, DIAGRAM, "parent_id", "parentId", diagram_id)
    for _, id_ in ledger.unit.with_column(FLOW, place.version_id, "diagram_id", [diagram_id]):
        ledger.delete(place, FLOW, id_)
    content = ledger.unit.find(DIAGRAM_CONTENT, diagram_id, place.version_id)
    if content is not None:
        ledger.drop(place, DIAGRAM_CONTENT, [content])


def _unset(ledger: Ledger, place: Place, kind: Kind, column: str, field: str, id_: str) -> None:
    for _, found in ledger.unit.with_column(kind, place.version_id, column, [id_]):
        ledger.update(place, kind, found, {field: None})


def _comment(ledger: Ledger, place: Place, comment_id: str) -> None:
    """A comment's replies, and its pins on all diagrams."""
    for _, id_ in ledger.unit.with_column(COMMENT_REPLY, place.version_id, "comment_id", [comment_id]):
        ledger.delete(place, COMMENT_REPLY, id_)
    for content in _contents(ledger, place, "pinned_ids", {comment_id}):
        pins = [pin.id for pin in content.comments.values() if pin.comment_id == comment_id]
        ledger.update(place, DIAGRAM_CONTENT, content.id, {"comments": {"$remove": sorted(pins)}})


def _tag(ledger: Ledger, place: Place, tag_id: str) -> None:
    for kind in (MODEL_OBJECT, MODEL_CONNECTION):
        for _, id_ in ledger.unit.having(kind, place.version_id, "tag_ids", [tag_id]):
            ledger.update(place, kind, id_, {"tagIds": {"$remove": [tag_id]}})
