"""Diagrams: their contents written, and their views stamped."""

from __future__ import annotations

from typing import Any, Literal

from msgspec.structs import replace

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.diagram import Diagram, DiagramContent
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT
from nunatak.services import entities, places
from nunatak.services.places import Path
from nunatak.services.service import Service


def write_content(
    service: Service,
    actor: Actor,
    path: Path,
    diagram_id: str,
    verb: Literal["update", "replace"],
    values: dict[str, Any],
) -> DiagramContent:
    """The content after the change; raises NotFound for the diagram, Conflict for a stale `commit`."""
    change = Change(
        verb=verb,
        kind=DIAGRAM_CONTENT.name,
        id=diagram_id,
        values=entities.without_commit(values),
        commit=values.get("commit"),
    )
    written: DiagramContent = entities.write(service, actor, path, change)
    return written


def view(service: Service, actor: Actor, path: Path, diagram_id: str) -> None:
    """Stamps who looked at a diagram last. A look is no change: nothing's commit grows, and snapshots take it too."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "read")
        diagram: Diagram = ledger.unit.get(DIAGRAM, diagram_id, place.version_id)
        content: DiagramContent = ledger.unit.get(DIAGRAM_CONTENT, diagram.id, place.version_id)
        stamp = ledger.stamp
        seen = replace(content, viewed_at=stamp.at, viewed_by=stamp.by, viewed_by_id=stamp.by_id)
        ledger.unit.put(DIAGRAM_CONTENT, seen)
