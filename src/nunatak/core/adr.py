"""Architecture decision records."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import AuthType, Derived, Number, Struct, Versioned
from nunatak.core.model import RealityLink

ADRStatus = Literal["accepted", "draft", "rejected"]
ADRText = Annotated[str, Meta(max_length=100_000)]
ADRName = Annotated[str, Meta(max_length=1000)]
Index = Annotated[int, Meta(ge=0)] | Annotated[float, Meta(ge=0)]


class ADRStatusChange(Struct, frozen=True, kw_only=True):
    """When a decision got which status, and from whom."""

    status: ADRStatus
    created_at: datetime
    created_by: AuthType
    created_by_id: str


class ADRRelatedItem(Struct, frozen=True, kw_only=True):
    """Something a decision is about: another decision, a diagram, a draft or a link."""

    id: str
    index: Index
    type: Literal["adr", "diagram", "draft", "link"]
    adr_id: str | UnsetType = UNSET
    diagram_id: str | UnsetType = UNSET
    draft_id: str | UnsetType = UNSET
    link: RealityLink | UnsetType = UNSET


class ADR(Versioned, frozen=True, kw_only=True):
    """A decision; `number` counts within the landscape version."""

    name: ADRName
    status: ADRStatus
    content: ADRText | UnsetType = UNSET
    description: ADRText | UnsetType = UNSET
    related_items: dict[str, ADRRelatedItem] | UnsetType = UNSET
    status_changes: list[ADRStatusChange] | UnsetType = UNSET
    number: Derived[Number] = 0
    commit: Derived[Index]
    version: Derived[Index]
