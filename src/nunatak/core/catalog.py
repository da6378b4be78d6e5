"""Technologies: what software is built with."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import AuthType, Derived, Number, Stamped, Struct
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


class CatalogSuggestionBrandColor(Struct, frozen=True, kw_only=True):
    """A colour of a brand; `brightness` from 0 (black) to 255."""

    hex: str
    brightness: Number
    type: Literal["accent", "dark", "light", "brand"] = "brand"


class CatalogSuggestionBrandLogoFormat(Struct, frozen=True, kw_only=True):
    """A file of a logo: where it is (`src`), and its `size` in bytes."""

    src: str
    format: Literal["svg", "png", "webp", "jpeg"]
    size: Number
    height: Number | None = None
    width: Number | None = None
    background: str | None = None


class CatalogSuggestionBrandLogo(Struct, frozen=True, kw_only=True):
    """A logo for grounds of a theme."""

    formats: list[CatalogSuggestionBrandLogoFormat]
    theme: Literal["light", "dark"] | None
    tags: list[str] = []
    type: Literal["icon", "logo", "symbol", "other"] = "icon"


class CatalogSuggestionBrand(Struct, frozen=True, kw_only=True):
    """What a brand looks like."""

    colors: list[CatalogSuggestionBrandColor]
    logos: list[CatalogSuggestionBrandLogo]
    is_nsfw: bool = False


class CatalogSuggestionInformation(Struct, frozen=True, kw_only=True):
    """What a technology is, as far as it is known."""

    description: Annotated[str, Meta(max_length=100_000)] | UnsetType = UNSET
    docs_url: Url | UnsetType = UNSET
    github_url: Url | UnsetType = UNSET
    name: Annotated[str, Meta(max_length=4000)] | UnsetType = UNSET
    name_short: ShortText | UnsetType = UNSET
    news_url: Url | UnsetType = UNSET
    type: TechnologyType | UnsetType | None = UNSET
    updates_url: Url | UnsetType = UNSET
