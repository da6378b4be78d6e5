"""Which steps of which flows use a model object or connection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nunatak.core.diagram import DiagramContent
from nunatak.core.flow import Flow
from nunatak.core.kinds import DIAGRAM_CONTENT, FLOW, MODEL_CONNECTION
from nunatak.core.model import FlowReference
from nunatak.store.unit import Unit

# Flow id -> the first of its steps that uses the thing.
Uses = dict[str, FlowReference]


@dataclass
class Named:
    """What steps name, by diagram: the ids of placed objects and drawn connections."""

    by_diagram: dict[str, set[str]] = field(default_factory=dict)

    def add(self, *flows: Flow | None) -> None:
        """Adds what the steps of flows name."""
        for flow in flows:
            if flow is not None:
                ids = self.by_diagram.setdefault(flow.diagram_id, set())
                ids |= {id_ for s in flow.steps.values() for id_ in (s.origin_id, s.target_id, s.via_id) if id_}

    def models(self, unit: Unit, scope: str) -> tuple[set[str], set[str]]:
        """The ids of the model objects and of the model connections that all this stands for."""
        objects: set[str] = set()
        connections: set[str] = set()
        for content in unit.among(DIAGRAM_CONTENT, scope, self.by_diagram):
            ids = self.by_diagram[content.id]
            objects |= {placed.model_id for id_, placed in content.objects.items() if id_ in ids}
            connections |= {c.model_id for id_, c in content.connections.items() if id_ in ids and c.model_id}
        return objects, connections


def vias(unit: Unit, scope: str, connections: Iterable[str]) -> dict[str, str]:
    """Model connection id -> the model object that it goes through, where there is one."""
    found = unit.lookup(MODEL_CONNECTION, scope, connections, "via_id")
    return {id_: via_id for id_, via_id in found.items() if via_id}


def uses(unit: Unit, scope: str, objects: set[str], connections: set[str]) -> tuple[dict[str, Uses], dict[str, Uses]]:
    """The uses of model objects, as a step's ends or as what its connection goes through, and those of model
    connections; both by model id."""
    through = {id_ for _, id_ in unit.with_column(MODEL_CONNECTION, scope, "via_id", objects)}
    diagrams = {id_ for _, id_ in unit.having(DIAGRAM_CONTENT, scope, "placed_ids", objects)}
    diagrams |= {id_ for _, id_ in unit.having(DIAGRAM_CONTENT, scope, "drawn_ids", connections | through)}
    flow_ids = [id_ for _, id_ in unit.with_column(FLOW, scope, "diagram_id", diagrams)]
    flows: list[Flow] = unit.among(FLOW, scope, flow_ids)
    contents = {c.id: c for c in unit.among(DIAGRAM_CONTENT, scope, {flow.diagram_id for flow in flows})}
    of_objects: dict[str, Uses] = defaultdict(dict)
    of_connections: dict[str, Uses] = defaultdict(dict)
    drawn = {c.model_id for content in contents.values() for c in content.connections.values() if c.model_id}
    via = vias(unit, scope, drawn)
    for flow in flows:
        for step_id, ends, connection in _named(flow, contents[flow.diagram_id]):
            reference = FlowReference(id=flow.id, step_id=step_id)
            for id_ in {*ends, via.get(connection, "")} & objects:
                of_objects[id_].setdefault(flow.id, reference)
            if connection in connections:
                of_connections[connection].setdefault(flow.id, reference)
    return of_objects, of_connections


def _named(flow: Flow, content: DiagramContent) -> Iterator[tuple[str, list[str], str]]:
    """Each step in order: its id, the model objects at its ends, and its model connection's id or ""."""
    for step in flow.ordered_steps():
        ends = [content.objects[id_].model_id for id_ in (step.origin_id, step.target_id) if id_ in content.objects]
        line = content.connections.get(step.via_id or "")
        yield step.id, ends, (line.model_id or "") if line else ""
