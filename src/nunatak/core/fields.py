"""The field types and the common heads of all entities; the wire's limits are stated once, here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

T = TypeVar("T")


class Struct(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A frozen record whose wire names are camelCase; fields that are UNSET stay off the wire."""


# Written by the server alone: no body sets it.
Derived = Annotated[T, Meta(extra={"derived": True})]
# An optional field that the wire contract doesn't have; the document marks it.
Own = Annotated[T, Meta(extra_json_schema={"x-nunatak": True})]
# A list of ids; a PATCH takes a whole list or {$add, $remove}.
IdList = Annotated[list[str], Meta(extra={"operators": "list"})]
# A map of records by id; a PATCH takes {$add, $update, $remove, $replace}.
Map = Annotated[dict[str, T], Meta(extra={"operators": "map"})]

Name = Annotated[str, Meta(max_length=4000)]
Caption = Annotated[str, Meta(max_length=50_000)]
Description = Annotated[str, Meta(max_length=950_000)]
LabelValue = Annotated[str, Meta(max_length=5000)]
Labels = Annotated[dict[str, LabelValue], Meta(max_length=50)]
Number = int | float
# Diagram units (1 unit = 1 pixel at 1x), origin top left, y down.
Coordinate = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] | Annotated[float, Meta(ge=-1_000_000, le=1_000_000)]
Extent = Annotated[int, Meta(ge=0, le=1_000_000)] | Annotated[float, Meta(ge=0, le=1_000_000)]
Percent = Annotated[int, Meta(ge=0, le=100)] | Annotated[float, Meta(ge=0, le=100)]

AuthType = Literal["user", "api-key", "notification-key", "service"]
PermissionType = Literal["billing", "read", "write", "admin"]
LineShape = Literal["curved", "square", "straight"]


def in_utc(at: datetime) -> datetime:
    """A time that somebody gave, which is UTC's where it doesn't say."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class Stamped(Struct, frozen=True, kw_only=True):
    """An entity that knows who made and who changed it, and when (UTC)."""

    id: Derived[str]
    created_at: Derived[datetime]
    created_by: Derived[AuthType]
    created_by_id: Derived[str]
    updated_at: Derived[datetime]
    updated_by: Derived[AuthType]
    updated_by_id: Derived[str]


class Placed(Stamped, frozen=True, kw_only=True):
    """Something that belongs to one version of a landscape."""

    landscape_id: Derived[str]
    version_id: Derived[str]


class Versioned(Placed, frozen=True, kw_only=True):
    """An entity of a landscape version. `handle_id` is the same in every version of the landscape, and a creator may
    choose it; `commit` and `version` grow with each change."""

    handle_id: Derived[str]
    commit: Derived[Number]
    version: Derived[Number]
    latest_entity_id: Derived[str | UnsetType] = UNSET
    deleted_at: Derived[datetime | UnsetType] = UNSET
    deleted_by: Derived[AuthType | UnsetType] = UNSET
    deleted_by_id: Derived[str | UnsetType] = UNSET
