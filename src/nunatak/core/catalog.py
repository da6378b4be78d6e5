"""Technologies: what software is built with."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import AuthType, Derived, Stamped
from nunatak.core.tag import TagColor

TechnologyType = Literal[
    "data-storage", "deployment", "framework-library", "gateway", "other", "language", "message-broker", "network",
    "protocol", "runtime", "service-tool",
]  # fmt: skip
Provider = Literal["aws", "azure", "gcp", "microsoft", "salesforce", "atlassian", "apache", "supabase"]
Restriction = Literal["actor", "app", "component", "connection", "group", "store", "system"]
TechnologyStatus = Literal["approved", "pending-review", "rejected"]
RejectionReason = Literal["duplicate", "incomplete", "invalid", "other"]
ShortText = Annotated[str, Meta(max_length=1000)]
Url = Annotated[str, Meta(max_length=2048)]


class CatalogTechnology(Stamped, frozen=True, kw_only=True):
    """A technology of the shared catalog, or, with an `organization_id`, one of an organization's own."""

    organization_id: Derived[str | None]
    name: ShortText
    color: TagColor
    provider: Provider | None
    restrictions: list[Restriction] | None
    type: TechnologyType | None
    category: ShortText | UnsetType = UNSET
    deprecated_at: datetime | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=10_000)] | UnsetType = UNSET
    docs_url: Url | UnsetType = UNSET
    icon_url_dark: Url | None = None
    icon_url_light: Url | None = None
    name_short: ShortText | UnsetType = UNSET
    rejection_message: Annotated[str, Meta(max_length=5000)] | UnsetType = UNSET
    rejection_reason: RejectionReason | UnsetType = UNSET
    status: TechnologyStatus | None = None
    updates_url: Url | UnsetType = UNSET
    website_url: Url | UnsetType = UNSET
    aws_xml_selector: Derived[str | UnsetType] = UNSET
    azure_updates_keyword: Derived[str | UnsetType] = UNSET
    default_slug: Derived[str | UnsetType] = UNSET
    disabled: Derived[bool] = False
    icon_url: Derived[Url | None] = None
    slugs: Derived[list[str] | UnsetType] = UNSET
    updates_xml_url: Derived[str | UnsetType] = UNSET
    deleted_at: Derived[datetime | UnsetType] = UNSET
    deleted_by: Derived[AuthType | UnsetType] = UNSET
    deleted_by_id: Derived[str | UnsetType] = UNSET
