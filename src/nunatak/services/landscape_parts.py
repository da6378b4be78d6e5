"""Loads a whole version for an export: each kind in one query, and no more of what its organization shares than is
used."""

from __future__ import annotations

from msgspec.structs import replace

from nunatak.core.diagram import Diagram, DiagramContent
from nunatak.core.flow import Flow
from nunatak.core.kinds import (
    DIAGRAM,
    DIAGRAM_CONTENT,
    DOMAIN,
    FLOW,
    LANDSCAPE,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    TAG,
    TAG_GROUP,
    TEAM,
    VERSION,
    fold,
)
from nunatak.exchange.landscape import DiagramShown, LandscapeParts, parents_first, references, told
from nunatak.services import technologies
from nunatak.services.places import Place
from nunatak.store.unit import Unit


def load(unit: Unit, place: Place) -> LandscapeParts:
    """A version with all that is shown of it, without pictures."""
    scope = place.version_id
    contents: dict[str, DiagramContent] = {found.id: found for found in unit.every(DIAGRAM_CONTENT, scope)}
    flows: list[Flow] = sorted(unit.every(FLOW, scope), key=lambda flow: (flow.index, fold(flow.name), flow.id))
    parts = LandscapeParts(
        name=unit.get(LANDSCAPE, place.landscape_id).name,
        version=unit.get(VERSION, scope, place.landscape_id).name,
        domains=sorted(unit.every(DOMAIN, scope), key=lambda domain: domain.index),
        objects=parents_first(unit.every(MODEL_OBJECT, scope)),
        connections=unit.every(MODEL_CONNECTION, scope),
        tag_groups=sorted(unit.every(TAG_GROUP, scope), key=lambda group: group.index),
        tags=sorted(unit.every(TAG, scope), key=lambda tag: tag.index),
        flows=[told(flow, contents.get(flow.diagram_id)) for flow in flows],
        diagrams=[_shown(diagram, contents.get(diagram.id)) for diagram in _ordered(unit.every(DIAGRAM, scope))],
    )
    named = set(references(parts))
    used = technologies.among(unit, place.organization_id, named)
    return replace(
        parts,
        teams=[team for team in unit.every(TEAM, place.organization_id) if team.id in named],
        technologies=sorted(used, key=lambda technology: (fold(technology.name), technology.id)),
    )


_LEVELS = ("context-diagram", "app-diagram", "component-diagram")


def _ordered(diagrams: list[Diagram]) -> list[Diagram]:
    """From the widest view to the narrowest, and in the order that their owners show them in."""
    return sorted(diagrams, key=lambda found: (_LEVELS.index(found.type), found.index, fold(found.name), found.id))


def _shown(diagram: Diagram, content: DiagramContent | None) -> DiagramShown:
    placed = content.objects.values() if content else ()
    drawn = content.connections.values() if content else ()
    return DiagramShown(
        diagram=diagram,
        object_ids=list(dict.fromkeys(thing.model_id for thing in placed)),
        connection_ids=list(dict.fromkeys(line.model_id for line in drawn if line.model_id)),
    )
