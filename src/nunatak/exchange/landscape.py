"""A whole landscape version, loaded: what every format that leaves the server is written from."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET

from nunatak.core.catalog import CatalogTechnology
from nunatak.core.diagram import Diagram, DiagramContent
from nunatak.core.domain import Domain
from nunatak.core.fields import Struct
from nunatak.core.flow import Flow, FlowStep, FlowStepPath, FlowStepType
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.core.people import Team
from nunatak.core.tag import Tag, TagGroup
from nunatak.drawing.scene import Scene


class StepPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A flow's step with the ids of model objects and of a model connection, where its diagram shows any; `path_id` is
    the path that it stands on."""

    id: str
    index: float
    type: FlowStepType
    text: str = ""
    detail: str = ""
    origin_id: str | None = None
    target_id: str | None = None
    via_id: str | None = None
    flow_id: str | None = None
    path_id: str | None = None
    paths: list[FlowStepPath] = []


class FlowPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A flow, its steps in their order."""

    id: str
    name: str
    diagram_id: str
    show_connection_names: bool = False
    steps: list[StepPart] = []


class DiagramShown(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A diagram, the model objects and connections on it, and what it looks like by day and by night."""

    diagram: Diagram
    object_ids: list[str] = []
    connection_ids: list[str] = []
    light: Scene | None = None
    dark: Scene | None = None


class LandscapeParts(Struct, frozen=True, kw_only=True):
    """A version of a landscape. `objects` has the domains' roots, too, and parents before their children; diagrams and
    flows are in the order that they are shown in."""

    name: str
    version: str
    domains: list[Domain] = []
    objects: list[ModelObject] = []
    connections: list[ModelConnection] = []
    tag_groups: list[TagGroup] = []
    tags: list[Tag] = []
    teams: list[Team] = []
    technologies: list[CatalogTechnology] = []
    flows: list[FlowPart] = []
    diagrams: list[DiagramShown] = []


def parents_first(objects: list[ModelObject]) -> list[ModelObject]:
    """The objects by their depth, those of one depth as they came."""
    return sorted(objects, key=lambda found: len(found.parent_ids))


def told(flow: Flow, content: DiagramContent | None) -> FlowPart:
    """A flow in the words of the model, by what is on its diagram."""
    return FlowPart(
        id=flow.id,
        name=flow.name,
        diagram_id=flow.diagram_id,
        show_connection_names=flow.show_connection_names,
        steps=[_step(step, content) for step in flow.ordered_steps()],
    )


def _step(step: FlowStep, content: DiagramContent | None) -> StepPart:
    placed = content.objects if content else {}
    drawn = content.connections if content else {}
    origin, target, via = (
        placed.get(step.origin_id or ""),
        placed.get(step.target_id or ""),
        drawn.get(step.via_id or ""),
    )
    return StepPart(
        id=step.id,
        index=step.index,
        type=step.type or ("outgoing" if origin and target else "information"),
        text=step.description,
        detail="" if step.detailed_description is UNSET else step.detailed_description,
        origin_id=origin.model_id if origin else None,
        target_id=target.model_id if target else None,
        via_id=via.model_id if via else None,
        flow_id=step.flow_id,
        path_id=step.parent_id,
        paths=step.ordered_paths(),
    )


def references(parts: LandscapeParts) -> Iterator[str]:
    """The ids of all technologies, tags and teams that objects and connections name; some of them several times."""
    for found in parts.objects:
        yield from (*found.technology_ids, *found.tag_ids, *found.team_ids)
        if found.icon is not None:
            yield found.icon.catalog_technology_id
    for connection in parts.connections:
        yield from (*connection.technology_ids, *connection.tag_ids)
