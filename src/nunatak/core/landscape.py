"""Landscapes and their versions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import Derived, Name, Stamped

VersionName = Annotated[str, Meta(min_length=1, max_length=4000)]
Notes = Annotated[str, Meta(min_length=10, max_length=20_000)]


class Landscape(Stamped, frozen=True, kw_only=True):
    """A model of software and its diagrams, in versions."""

    organization_id: Derived[str]
    name: Name
    scheduled_versions: bool = False


class Version(Stamped, frozen=True, kw_only=True):
    """One state of a landscape: the live one is tagged `latest`, all others never change."""

    landscape_id: Derived[str]
    name: VersionName
    notes: Notes
    model_handle_id: str | None
    tags: Derived[list[str]] = []
    completed_at: Derived[datetime | UnsetType] = UNSET
    # Gone from the newest contract; older clients require it.
    diagram_handle_ids: Derived[list[str]] = []


class VersionRevert(Stamped, frozen=True, kw_only=True):
    """That the live version became what the snapshot `version_id` is, and why."""

    landscape_id: Derived[str]
    version_id: str
    notes: Annotated[str, Meta(min_length=10)]
    # Gone from the newest contract; older clients require it.
    diagram_handle_ids: Derived[list[str]] = []
