"""A version as JSON, schema v1: eight maps by id, in one line with sorted keys."""

from __future__ import annotations

import msgspec
from msgspec import UNSET

from nunatak.core.expanded import (
    DomainExport,
    FlowExport,
    FlowStepExport,
    TagExport,
    TagGroupExport,
    TeamExport,
    VersionExport,
    connection_export,
    object_export,
    technology_export,
)
from nunatak.exchange.landscape import FlowPart, LandscapeParts, StepPart

_ENCODER = msgspec.json.Encoder(order="sorted")


def write(parts: LandscapeParts) -> bytes:
    """The file: UTF-8, one line, the same bytes for the same parts."""
    return _ENCODER.encode(version_export(parts))


def version_export(parts: LandscapeParts) -> VersionExport:
    """The eight maps. A step's ids are those of the model, or empty where its diagram shows nothing of it."""
    return VersionExport(
        domains={d.id: DomainExport(id=d.id, name=d.name) for d in parts.domains},
        flows={flow.id: flow_export(flow) for flow in parts.flows},
        model_connections={c.id: connection_export(c) for c in parts.connections},
        model_objects={o.id: object_export(o) for o in parts.objects},
        tag_groups={g.id: TagGroupExport(id=g.id, name=g.name, icon=g.icon) for g in parts.tag_groups},
        tags={t.id: TagExport(id=t.id, name=t.name, color=t.color, group_id=t.group_id) for t in parts.tags},
        teams={t.id: TeamExport(id=t.id, name=t.name) for t in parts.teams},
        technologies={t.id: technology_export(t) for t in parts.technologies},
    )


def flow_export(flow: FlowPart) -> FlowExport:
    """A flow's story with the model's ids."""
    steps = {step.id: _step(step) for step in flow.steps}
    return FlowExport(id=flow.id, name=flow.name, show_connection_names=flow.show_connection_names, steps=steps)


def _step(step: StepPart) -> FlowStepExport:
    return FlowStepExport(
        id=step.id,
        index=step.index,
        type=step.type,
        description=step.text,
        detailed_description=step.detail or UNSET,
        origin_id=step.origin_id or "",
        target_id=step.target_id or "",
        via_id=step.via_id or "",
    )
