"""Entities with what they refer to, as `expand` and the exports show it."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from nunatak.core.catalog import CatalogTechnology, Provider, TechnologyType
from nunatak.core.fields import Number, Struct
from nunatak.core.flow import FlowStepType
from nunatak.core.model import (
    ModelConnection,
    ModelConnectionDirection,
    ModelObject,
    ModelObjectIcon,
    ModelObjectType,
    ModelStatus,
    RealityLink,
)
from nunatak.core.tag import TagColor, TagGroupIcon

ModelObjectExpandKey = Literal["domain", "flows", "tags", "technologies"]
ModelConnectionExpandKey = Literal["technologies", "tags"]


class DomainExport(Struct, frozen=True, kw_only=True):
    """A domain in a word."""

    id: str
    name: str


class TagExport(Struct, frozen=True, kw_only=True):
    """A tag's looks."""

    id: str
    name: str
    color: TagColor
    group_id: str


class TechnologyExport(Struct, frozen=True, kw_only=True):
    """A technology's words and icons."""

    id: str
    name: str
    color: TagColor
    provider: Provider | None
    type: TechnologyType | None
    description: str | UnsetType = UNSET
    docs_url: str | UnsetType = UNSET
    icon_url: str | UnsetType = UNSET
    icon_url_dark: str | UnsetType = UNSET
    icon_url_light: str | UnsetType = UNSET
    name_short: str | UnsetType = UNSET
    updates_url: str | UnsetType = UNSET
    website_url: str | UnsetType = UNSET


class FlowStepExport(Struct, frozen=True, kw_only=True):
    """A flow's step, with the ids of model objects and connections."""

    id: str
    index: Number
    type: FlowStepType
    description: str
    origin_id: str
    target_id: str
    via_id: str
    detailed_description: str | UnsetType = UNSET


class FlowExport(Struct, frozen=True, kw_only=True):
    """A flow's story."""

    id: str
    name: str
    show_connection_names: bool
    steps: dict[str, FlowStepExport]


class ModelObjectExpanded(ModelObject, frozen=True, kw_only=True):
    """A model object with what `expand` asked for."""

    domain: DomainExport | UnsetType = UNSET
    flows_expanded: dict[str, FlowExport] | UnsetType = UNSET
    tags: dict[str, TagExport] | UnsetType = UNSET
    technologies: dict[str, TechnologyExport] | UnsetType = UNSET


class ModelConnectionExpanded(ModelConnection, frozen=True, kw_only=True):
    """A model connection with what `expand` asked for."""

    tags: dict[str, TagExport] | UnsetType = UNSET
    technologies: dict[str, TechnologyExport] | UnsetType = UNSET


class ModelObjectExport(Struct, frozen=True, kw_only=True):
    """A model object without what the server keeps account of."""

    id: str
    name: str
    type: ModelObjectType
    caption: str
    description: str
    parent_id: str | None
    parent_ids: list[str]
    domain_id: str
    external: bool
    status: ModelStatus
    group_ids: list[str]
    icon: ModelObjectIcon | None
    links: dict[str, RealityLink]
    tag_ids: list[str]
    team_ids: list[str]
    technology_ids: list[str]
    technologies: dict[str, TechnologyExport] | UnsetType = UNSET


class ModelConnectionExport(Struct, frozen=True, kw_only=True):
    """A model connection without what the server keeps account of."""

    id: str
    name: str
    description: str
    direction: ModelConnectionDirection | None
    origin_id: str
    target_id: str
    via_id: str | None
    status: ModelStatus
    tag_ids: list[str]
    technology_ids: list[str]
    links: dict[str, RealityLink] | UnsetType = UNSET


class TagGroupExport(Struct, frozen=True, kw_only=True):
    """A tag group in a word."""

    id: str
    name: str
    icon: TagGroupIcon


class TeamExport(Struct, frozen=True, kw_only=True):
    """A team in a word."""

    id: str
    name: str


class VersionExport(Struct, frozen=True, kw_only=True):
    """All of a version's model and flows, by id."""

    domains: dict[str, DomainExport]
    flows: dict[str, FlowExport]
    model_connections: dict[str, ModelConnectionExport]
    model_objects: dict[str, ModelObjectExport]
    tag_groups: dict[str, TagGroupExport]
    tags: dict[str, TagExport]
    teams: dict[str, TeamExport]
    technologies: dict[str, TechnologyExport]


def object_export(found: ModelObject) -> ModelObjectExport:
    """A model object as exports show it."""
    return ModelObjectExport(
        id=found.id,
        name=found.name,
        type=found.type,
        caption=found.caption or "",
        description=found.description or "",
        parent_id=found.parent_id,
        parent_ids=found.parent_ids,
        domain_id=found.domain_id,
        external=found.external,
        status=found.status,
        group_ids=found.group_ids,
        icon=found.icon,
        links=found.links,
        tag_ids=found.tag_ids,
        team_ids=found.team_ids,
        technology_ids=found.technology_ids,
    )


def connection_export(found: ModelConnection) -> ModelConnectionExport:
    """A model connection as exports show it."""
    return ModelConnectionExport(
        id=found.id,
        name=found.name,
        description=found.description or "",
        direction=found.direction,
        origin_id=found.origin_id,
        target_id=found.target_id,
        via_id=found.via_id,
        status=found.status,
        tag_ids=found.tag_ids,
        technology_ids=found.technology_ids,
        links=found.links,
    )


def technology_export(found: CatalogTechnology) -> TechnologyExport:
    """A technology as expansion and exports show it."""
    return TechnologyExport(
        id=found.id,
        name=found.name,
        color=found.color,
        provider=found.provider,
        type=found.type,
        description=found.description,
        docs_url=found.docs_url,
        icon_url=found.icon_url or UNSET,
        icon_url_dark=found.icon_url_dark or UNSET,
        icon_url_light=found.icon_url_light or UNSET,
        name_short=found.name_short,
        updates_url=found.updates_url,
        website_url=found.website_url,
    )
