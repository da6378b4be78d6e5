"""A part of a landscape: what belongs to one object, diagram or flow, with everything that stands above it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.model import ModelObject
from nunatak.core.work import LandscapeExportFilter
from nunatak.exchange.landscape import DiagramShown, LandscapeParts, references


def selected(parts: LandscapeParts, asked: LandscapeExportFilter) -> LandscapeParts:
    """The part that a filter asks for; every id that it names is there. What is kept has its parents with it, and no
    technology, tag or team that nothing kept names."""
    whole = asked.model_object_id is UNSET and asked.diagram_id is UNSET and asked.flow_id is UNSET
    kept = parts if whole else _narrowed(parts, asked)
    return replace(
        kept,
        diagrams=kept.diagrams if asked.include_diagrams is not False else [],
        flows=kept.flows if asked.include_flows is not False else [],
    )


def _narrowed(parts: LandscapeParts, asked: LandscapeExportFilter) -> LandscapeParts:
    flows = [flow for flow in parts.flows if asked.flow_id in (UNSET, flow.id)]
    shown = set() if asked.flow_id is UNSET else {flow.diagram_id for flow in flows}
    diagrams = [view for view in parts.diagrams if _named(view, asked, shown)]
    if asked.model_object_id is not UNSET:
        ids = {found.id for found in parts.objects if asked.model_object_id in (found.id, *found.parent_ids)}
        parts = _connected(parts, ids)
        diagrams = [v for v in diagrams if v.diagram.model_id in ids or asked.model_object_id in v.object_ids]
    if asked.diagram_id is not UNSET or asked.flow_id is not UNSET:
        parts = _drawn(parts, diagrams)
    shown = {view.diagram.id for view in diagrams}
    kept = replace(parts, diagrams=diagrams, flows=[flow for flow in flows if flow.diagram_id in shown])
    return _used(kept)


def _named(view: DiagramShown, asked: LandscapeExportFilter, flown: set[str]) -> bool:
    by_flow = asked.flow_id is UNSET or view.diagram.id in flown
    return by_flow and asked.diagram_id in (UNSET, view.diagram.id)


def _connected(parts: LandscapeParts, ids: set[str]) -> LandscapeParts:
    """Some objects with their connections and the other ends of these."""
    connections = [c for c in parts.connections if c.origin_id in ids or c.target_id in ids]
    ends = {id_ for c in connections for id_ in (c.origin_id, c.target_id, c.via_id) if id_}
    return replace(parts, objects=_with_parents(parts, ids | ends), connections=connections)


def _drawn(parts: LandscapeParts, diagrams: list[DiagramShown]) -> LandscapeParts:
    """What is on some diagrams."""
    connection_ids = {id_ for view in diagrams for id_ in view.connection_ids}
    connections = [c for c in parts.connections if c.id in connection_ids]
    ids = {id_ for view in diagrams for id_ in (*view.object_ids, view.diagram.model_id)}
    ids |= {id_ for c in connections for id_ in (c.origin_id, c.target_id, c.via_id) if id_}
    return replace(parts, objects=_with_parents(parts, ids), connections=connections)


def _with_parents(parts: LandscapeParts, ids: Iterable[str]) -> list[ModelObject]:
    """The objects with all that stands above and around them, and above and around that."""
    around = {found.id: (*found.parent_ids, *found.group_ids) for found in parts.objects}
    wanted: set[str] = set()
    fresh = set(ids)
    while fresh:
        wanted |= fresh
        fresh = {id_ for found in fresh for id_ in around.get(found, ())} - wanted
    return [found for found in parts.objects if found.id in wanted]


def _used(parts: LandscapeParts) -> LandscapeParts:
    """Without what nothing names."""
    named = set(references(parts))
    tags = [tag for tag in parts.tags if tag.id in named]
    groups = {tag.group_id for tag in tags}
    domains = {found.domain_id for found in parts.objects}
    return replace(
        parts,
        domains=[domain for domain in parts.domains if domain.id in domains],
        tags=tags,
        tag_groups=[group for group in parts.tag_groups if group.id in groups],
        teams=[team for team in parts.teams if team.id in named],
        technologies=[technology for technology in parts.technologies if technology.id in named],
    )
