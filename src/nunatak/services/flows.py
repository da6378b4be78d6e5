"""Flows: told as stories for export."""

from __future__ import annotations

from collections.abc import Callable

from nunatak.core.access import Actor
from nunatak.core.diagram import DiagramContent
from nunatak.core.flow import Flow
from nunatak.core.kinds import DIAGRAM_CONTENT, FLOW, MODEL_CONNECTION, MODEL_OBJECT
from nunatak.core.model import ModelConnection
from nunatak.exchange import flow_mermaid, flow_plantuml, flow_story, flow_text
from nunatak.exchange.flow_story import Model, Story
from nunatak.services import technologies
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.services.views import viewing
from nunatak.store.unit import Unit

_WRITERS: dict[str, Callable[[Story], str]] = {
    "text": flow_text.write,
    "code": flow_plantuml.write,
    "mermaid": flow_mermaid.write,
}
LANGUAGES = tuple(_WRITERS)


def export(service: Service, actor: Actor, path: Path, flow_id: str, language: str) -> str:
    """A flow in one of the LANGUAGES, `code` being PlantUML; raises NotFound."""
    with viewing(service, actor, path) as (unit, place):
        found = story(unit, place, unit.get(FLOW, flow_id, place.version_id))
    return _WRITERS[language](found)


def story(unit: Unit, place: Place, flow: Flow) -> Story:
    """A flow with all its names resolved, as they are now."""
    scope = place.version_id
    content: DiagramContent = unit.get(DIAGRAM_CONTENT, flow.diagram_id, scope)
    lines = [content.connections[s.via_id] for s in flow.steps.values() if s.via_id in content.connections]
    connections: list[ModelConnection] = unit.among(MODEL_CONNECTION, scope, [c.model_id for c in lines if c.model_id])
    objects = {placed.model_id for placed in content.objects.values()} | {c.via_id for c in connections if c.via_id}
    named = technologies.among(unit, place.organization_id, {id_ for c in connections for id_ in c.technology_ids})
    subflows = unit.among(FLOW, scope, [step.flow_id for step in flow.steps.values() if step.flow_id])
    model = Model(
        content=content,
        objects={found.id: found for found in unit.among(MODEL_OBJECT, scope, objects)},
        connections={found.id: found for found in connections},
        technologies={found.id: found.name for found in named},
        flows={found.id: found.name for found in subflows},
    )
    return flow_story.told(flow, model)
