"""Thumbnails: which picture stands for a diagram, a flow or a whole landscape."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from nunatak.core.access import Actor
from nunatak.core.diagram import Diagram
from nunatak.core.errors import NotFound
from nunatak.core.fields import Number
from nunatak.core.flow import Flow
from nunatak.core.kinds import DIAGRAM, FLOW
from nunatak.core.work import DiagramThumbnail, FlowThumbnail
from nunatak.services import files, places
from nunatak.services.places import LATEST, Path, Place
from nunatak.services.service import Service
from nunatak.services.views import viewing

_TYPES = ("context-diagram", "app-diagram", "component-diagram")


def of_flow(service: Service, actor: Actor, path: Path, flow_id: str, base_url: str) -> FlowThumbnail:
    """A flow's thumbnail, with the path's draft where it names one; raises NotFound for the flow."""
    with viewing(service, actor, path) as (unit, place):
        return _flow(service, place, path.draft_id, unit.get(FLOW, flow_id, place.version_id), base_url)


def of_flows(
    service: Service, actor: Actor, path: Path, asked: dict[str, Any], base_url: str
) -> dict[str, FlowThumbnail]:
    """The thumbnails of the flows whose diagrams match, by flow id."""
    with viewing(service, actor, path) as (unit, place):
        scope = place.version_id
        diagrams = [id_ for (id_,) in unit.values(DIAGRAM, scope, ("id",), asked)]
        found = unit.among(FLOW, scope, [id_ for _, id_ in unit.with_column(FLOW, scope, "diagram_id", diagrams)])
    return {flow.id: _flow(service, place, path.draft_id, flow, base_url) for flow in found}


def of_landscape(service: Service, actor: Actor, landscape_id: str, base_url: str) -> DiagramThumbnail:
    """The thumbnail of a landscape's first diagram: pinned ones first, then those of the highest level; raises NotFound
    for the landscape, and where it has no diagram."""
    with service.reading() as unit:
        place = places.place(unit, actor, landscape_id, LATEST, "read")
        diagrams: list[Diagram] = unit.every(DIAGRAM, place.version_id)
    if not diagrams:
        raise NotFound("The landscape has no diagram yet")
    return files.diagram_thumbnail(service, place, None, min(diagrams, key=_rank), base_url)


def _rank(diagram: Diagram) -> tuple[bool, Number, int, Number]:
    pin = 0 if diagram.pinned_index is UNSET or not diagram.pinned else diagram.pinned_index
    return not diagram.pinned, pin, _TYPES.index(diagram.type), diagram.index


def _flow(service: Service, place: Place, draft_id: str | None, flow: Flow, base_url: str) -> FlowThumbnail:
    return FlowThumbnail(
        id=flow.id,
        handle_id=flow.handle_id,
        diagram_id=flow.diagram_id,
        name=flow.name,
        url=files.thumbnail_address(service, place, draft_id, base_url, diagram_id=flow.diagram_id, flow_id=flow.id),
        expires=files.expiry(service.clock()),
        created_at=flow.created_at,
        updated_at=flow.updated_at,
    )
