"""Entities with what they refer to, as `expand` and the exports show it."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from nunatak.core.catalog import Provider, TechnologyType
from nunatak.core.fields import Number, Struct
from nunatak.core.flow import FlowStepType
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.core.tag import TagColor

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
