"""The file of an import: what a landscape is brought in from, by ids of the file's own."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from nunatak.core.fields import Labels, Struct
from nunatak.core.model import ModelConnectionDirection, ModelStatus
from nunatak.core.tag import TagColor, TagGroupIcon

ImportModelObjectType = Literal["domain", "actor", "app", "component", "group", "store", "system"]


class ImportIcon(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The technology whose picture an object shows."""

    technology_id: str


class ImportLink(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A link to what really runs."""

    url: str
    custom_name: str | UnsetType = UNSET
    id: str | UnsetType = UNSET


class ModelObjectImport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A domain or an object; `parent_id` is another one of the same file."""

    id: str
    name: str
    type: ImportModelObjectType
    parent_id: str | UnsetType | None = UNSET
    caption: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    external: bool | UnsetType = UNSET
    group_ids: list[str] | UnsetType = UNSET
    icon: ImportIcon | UnsetType | None = UNSET
    labels: Labels | UnsetType = UNSET
    links: list[ImportLink] | UnsetType = UNSET
    status: ModelStatus | UnsetType = UNSET
    tag_ids: list[str] | UnsetType = UNSET
    team_ids: list[str] | UnsetType = UNSET
    technology_ids: list[str] | UnsetType = UNSET


class ModelConnectionImport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A connection between two objects, of the file or already there."""

    id: str
    name: str
    direction: ModelConnectionDirection
    origin_id: str
    target_id: str
    via_id: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    labels: Labels | UnsetType = UNSET
    links: list[ImportLink] | UnsetType = UNSET
    status: ModelStatus | UnsetType = UNSET
    tag_ids: list[str] | UnsetType = UNSET
    technology_ids: list[str] | UnsetType = UNSET


class TagGroupImport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A family of tags."""

    id: str
    name: str
    icon: TagGroupIcon
    labels: Labels | UnsetType = UNSET


class TagImport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tag of a group, of the file or already there."""

    id: str
    name: str
    color: TagColor
    group_id: str
    labels: Labels | UnsetType = UNSET


class LandscapeImportData(Struct, frozen=True, kw_only=True):
    """What is to be in a landscape. The ids are the writer's; with the `namespace` they say what is there already from
    an earlier import."""

    namespace: str | UnsetType = UNSET
    model_objects: list[ModelObjectImport] | UnsetType = UNSET
    model_connections: list[ModelConnectionImport] | UnsetType = UNSET
    tag_groups: list[TagGroupImport] | UnsetType = UNSET
    tags: list[TagImport] | UnsetType = UNSET
