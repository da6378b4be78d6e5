"""Drafts: a list of changes on a version, written apart from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import UNSET, UnsetType

from nunatak.core.fields import AuthType, Derived, Labels, Name, Number, Placed, Struct, Versioned

DraftStatus = Literal["in-progress", "merged", "archived"]


class DraftChangeSummary(Struct, frozen=True, kw_only=True):
    """What a draft is about, in words."""

    summary: str
    created_at: datetime
    updated_at: datetime


class Draft(Versioned, frozen=True, kw_only=True):
    """A list of tasks on `origin_version_id`; merged, they made `head_version_id`."""

    name: Name
    status: DraftStatus
    labels: Labels = {}
    change_summary: DraftChangeSummary | UnsetType = UNSET
    summary_dirtied_at: datetime | UnsetType = UNSET
    origin_version_id: Derived[str]
    head_version_id: Derived[str | UnsetType] = UNSET
    merged_at: Derived[datetime | UnsetType] = UNSET
    merged_by: Derived[AuthType | UnsetType] = UNSET
    merged_by_id: Derived[str | UnsetType] = UNSET
    viewed_at: Derived[datetime | UnsetType] = UNSET
    viewed_by: Derived[AuthType | UnsetType] = UNSET
    viewed_by_id: Derived[str | UnsetType] = UNSET


class DraftTask(Placed, frozen=True, kw_only=True):
    """One change of a draft: `task` is the contract's DraftTask, checked when it came in; `index` is its place in the
    draft's order."""

    draft_id: Derived[str]
    index: Derived[Number]
    task: dict[str, Any]
