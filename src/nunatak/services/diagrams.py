"""Diagrams: their contents written."""

from __future__ import annotations

from typing import Any, Literal

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.diagram import DiagramContent
from nunatak.core.kinds import DIAGRAM_CONTENT
from nunatak.services import entities
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
