"""Back references: what the server keeps true about each entity after every write."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from nunatak.core.comment import CommentDiagram
from nunatak.core.diagram import DiagramContent, DiagramObjectCount
from nunatak.core.fields import Struct
from nunatak.core.kinds import (
    COMMENT,
    COMMENT_REPLY,
    DIAGRAM,
    DIAGRAM_CONTENT,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    TAG,
    Kind,
)
from nunatak.core.model import ModelConnectionDiagram, ModelObjectDiagram
from nunatak.services import flow_references
from nunatak.services.flow_references import Named, Uses
from nunatak.store.unit import Unit


@dataclass
class Stale:
    """The ids of entities whose back references may no longer be true."""

    objects: set[str] = field(default_factory=set)
    connections: set[str] = field(default_factory=set)
    diagrams: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)
    steps: Named = field(default_factory=Named)

    def note(self, kind: Kind, before: Any, after: Any) -> None:
        """Adds what a change of `before` into `after` makes stale; None stands for not there."""
        match kind.name:
            case "model-object":
                self._note_object(before, after)
            case "model-connection":
                self._note_tags(before, after)
                if before is not None and _of(before, "via_id") != _of(after, "via_id"):
                    self.objects |= {_of(before, "via_id"), _of(after, "via_id")} - {None}
            case "flow":
                self.steps.add(before, after)
            case "diagram":
                if _of(before, "model_id") != _of(after, "model_id"):
                    self.objects |= {_of(before, "model_id"), _of(after, "model_id")} - {None}
            case "diagram-content":
                self._note_content(before, after)
            case "comment-reply":
                self.comments |= {_of(before, "comment_id"), _of(after, "comment_id")} - {None}

    def _note_object(self, before: Any, after: Any) -> None:
        if _of(before, "parent_id") != _of(after, "parent_id") or before is None:
            self.objects |= {_of(before, "parent_id"), _of(after, "parent_id")} - {None}
        if after is not None and (before is None or before.parent_ids != after.parent_ids):
            self.objects |= set(after.child_ids)
        self._note_tags(before, after)

    def _note_tags(self, before: Any, after: Any) -> None:
        self.tags |= set(_of(before, "tag_ids") or ()) ^ set(_of(after, "tag_ids") or ())

    def _note_content(self, before: DiagramContent | None, after: DiagramContent | None) -> None:
        for content, other in ((before, after), (after, before)):
            if content is None:
                continue
            self.diagrams.add(content.id)
            gone_objects = other.objects if other else {}
            gone_lines = other.connections if other else {}
            self.objects |= {o.model_id for o in content.objects.values() if gone_objects.get(o.id) != o}
            self.connections |= {
                c.model_id for c in content.connections.values() if c.model_id and gone_lines.get(c.id) != c
            }
            gone_pins = other.comments if other else {}
            self.comments |= {pin.comment_id for pin in content.comments.values() if gone_pins.get(pin.id) != pin}


def refresh(unit: Unit, scope: str, stale: Stale) -> None:
    """Recomputes the back references of all stale entities and stores those that changed; commits don't grow."""
    objects, connections = stale.steps.models(unit, scope)
    objects |= stale.objects
    connections |= stale.connections
    objects |= set(flow_references.vias(unit, scope, connections).values())
    flows = flow_references.uses(unit, scope, objects, connections)
    _refresh_objects(unit, scope, objects, flows[0])
    _refresh_connections(unit, scope, connections, flows[1])
    _refresh_diagrams(unit, scope, stale.diagrams)
    _refresh_tags(unit, scope, stale.tags)
    _refresh_comments(unit, scope, stale.comments)


def _refresh_objects(unit: Unit, scope: str, ids: set[str], flows: dict[str, Uses]) -> None:
    children = _grouped(unit.with_column(MODEL_OBJECT, scope, "parent_id", ids))
    owned = _grouped(unit.with_column(DIAGRAM, scope, "model_id", ids))
    places = _object_places(unit, scope, ids)
    for before in unit.among(MODEL_OBJECT, scope, ids):
        after = replace(
            before,
            child_ids=children.get(before.id, []),
            child_diagram_ids=owned.get(before.id, []),
            diagrams=places.get(before.id, {}),
            flows=flows.get(before.id, {}),
        )
        _store(unit, MODEL_OBJECT, before, after)


def _object_places(unit: Unit, scope: str, ids: set[str]) -> dict[str, dict[str, ModelObjectDiagram]]:
    """Model object id -> diagram id -> where it stands there; of two places on a diagram the box is named."""
    found: dict[str, dict[str, ModelObjectDiagram]] = defaultdict(dict)
    for content in _contents(unit, scope, "placed_ids", ids):
        for placed in sorted(content.objects.values(), key=lambda o: (o.shape != "area", o.id)):
            if placed.model_id in ids:
                found[placed.model_id][content.id] = ModelObjectDiagram(id=content.id, object_id=placed.id)
    return found


def _refresh_connections(unit: Unit, scope: str, ids: set[str], flows: dict[str, Uses]) -> None:
    found: dict[str, dict[str, ModelConnectionDiagram]] = defaultdict(dict)
    for content in _contents(unit, scope, "drawn_ids", ids):
        for drawn in content.connections.values():
            if drawn.model_id in ids:
                found[drawn.model_id][content.id] = ModelConnectionDiagram(
                    connection_id=drawn.id,
                    id=content.id,
                    origin_model_id=_model_of(content, drawn.origin_id),
                    target_model_id=_model_of(content, drawn.target_id),
                )
    for before in unit.among(MODEL_CONNECTION, scope, ids):
        after = replace(before, diagrams=found.get(before.id, {}), flows=flows.get(before.id, {}))
        _store(unit, MODEL_CONNECTION, before, after)


def _refresh_diagrams(unit: Unit, scope: str, ids: set[str]) -> None:
    contents = {content.id: content for content in unit.among(DIAGRAM_CONTENT, scope, ids)}
    for before in unit.among(DIAGRAM, scope, ids):
        content = contents.get(before.id)
        if content is not None:
            _store(unit, DIAGRAM, before, replace(before, **counts(content)))


def counts(content: DiagramContent) -> dict[str, Any]:
    """A diagram's counts of its content."""
    number: dict[str, int] = defaultdict(int)
    for placed in content.objects.values():
        number[placed.type] += 1
        number[placed.shape] += 1
    return {
        "comment_count": len(content.comments),
        "connection_count": len(content.connections),
        "object_count": DiagramObjectCount(**number),
    }


def _refresh_tags(unit: Unit, scope: str, ids: set[str]) -> None:
    objects = _grouped(unit.having(MODEL_OBJECT, scope, "tag_ids", ids))
    connections = _grouped(unit.having(MODEL_CONNECTION, scope, "tag_ids", ids))
    for before in unit.among(TAG, scope, ids):
        after = replace(
            before,
            model_object_ids=objects.get(before.id, []),
            model_connection_ids=connections.get(before.id, []),
        )
        _store(unit, TAG, before, after)


def _refresh_comments(unit: Unit, scope: str, ids: set[str]) -> None:
    replies = _grouped(unit.with_column(COMMENT_REPLY, scope, "comment_id", ids))
    pins: dict[str, dict[str, CommentDiagram]] = defaultdict(dict)
    for content in _contents(unit, scope, "pinned_ids", ids):
        for pin in content.comments.values():
            pins[pin.comment_id].setdefault(content.id, CommentDiagram(id=content.id, comment_id=pin.id))
    for before in unit.among(COMMENT, scope, ids):
        after = replace(before, diagrams=pins.get(before.id, {}), reply_count=len(replies.get(before.id, [])))
        _store(unit, COMMENT, before, after)


def _contents(unit: Unit, scope: str, term: str, ids: set[str]) -> list[DiagramContent]:
    return unit.among(DIAGRAM_CONTENT, scope, {id_ for _, id_ in unit.having(DIAGRAM_CONTENT, scope, term, ids)})


def _model_of(content: DiagramContent, placed_id: str | None) -> str:
    placed = content.objects.get(placed_id or "")
    return placed.model_id if placed else ""


def _store(unit: Unit, kind: Kind, before: Struct, after: Struct) -> None:
    if before != after:
        unit.put(kind, after)


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for value, id_ in pairs:
        found[value].append(id_)
    return found


def _of(entity: Any, name: str) -> Any:
    return None if entity is None else getattr(entity, name)
