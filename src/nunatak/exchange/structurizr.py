"""Structurizr workspaces (JSON): model, and the static views with their positions."""

from __future__ import annotations

from nunatak.exchange.check import checked, sound
from nunatak.exchange.parts import Parts
from nunatak.exchange.structurizr_file import decode
from nunatak.exchange.structurizr_model import TAG_GROUP, connections, objects, tags, understood
from nunatak.exchange.structurizr_views import diagrams


def read(data: bytes) -> Parts:
    """The parts of a workspace file. Custom elements, and dynamic, deployment, filtered, custom and image views are
    left out, each with a warning. Raises Invalid naming what is wrong: not JSON, no model, an unknown id, an id used
    twice, a text or a place beyond our limits."""
    workspace = decode(data)
    reading = understood(workspace)
    drawn, warnings = diagrams(workspace, reading)
    used = tags(reading)
    custom = workspace.model.custom_elements or ()
    parts = sound(
        Parts(
            name=workspace.name or "",
            description=workspace.description or "",
            objects=objects(reading),
            connections=connections(reading),
            tag_groups=[TAG_GROUP] if used else [],
            tags=used,
            diagrams=drawn,
            warnings=[*(f"The custom element '{element.name}' is left out." for element in custom), *warnings],
        )
    )
    return checked(parts)
