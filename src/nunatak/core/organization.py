"""Organizations: who owns landscapes, and by which settings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import Derived, LineShape, Name, Number, Own, PermissionType, Stamped, Struct

# What an organization is called in addresses, where it is a project of drawings.
UrlName = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]

# A domain with a dot in it, so that no list opens an organization to all that end in `.com`; `@` may stand in front.
EmailDomain = Annotated[str, Meta(pattern=r"^@?[^@\s.]+(\.[^@\s.]+)+$", max_length=253)]
EmailDomains = Annotated[list[EmailDomain], Meta(max_length=100)]

Language = Literal["en-US", "en-GB", "fr-FR", "es-ES", "es-419"]
AiModel = Literal["gpt-5", "gpt-5-mini", "gpt-5-nano"]
BillingCurrency = Literal["usd", "cad", "eur", "gbp"]
BillingCycle = Literal["monthly", "annually"]
CollectionMethod = Literal["charge", "invoice"]
Plan = Literal["free", "indie", "pilot", "growth", "scale", "isolation"]
OrganizationStatus = Literal[
    "active", "canceled", "incomplete_expired", "incomplete", "past_due", "paused", "trialing", "unpaid"
]


class OrganizationAIFeatures(Struct, frozen=True, kw_only=True):
    """Switches that are kept for the wire; no text is generated outside of the server."""

    generate_detailed_descriptions: bool | UnsetType = UNSET
    generate_display_descriptions: bool | UnsetType = UNSET
    generate_draft_summary: bool | UnsetType = UNSET
    generate_object_summary: bool | UnsetType = UNSET


class OrganizationUser(Struct, frozen=True, kw_only=True):
    """A user's permission in an organization, and the landscapes it is limited to."""

    permission: PermissionType
    landscape_permissions: dict[str, bool] | UnsetType = UNSET


class Organization(Stamped, frozen=True, kw_only=True):
    """A tenant. The billing fields are kept for the wire: a self-hosted server bills nobody."""

    name: Name
    ai_features: OrganizationAIFeatures | UnsetType = UNSET
    ai_features_enabled: bool | UnsetType = UNSET
    ai_model: AiModel | UnsetType = UNSET
    billing_currency: BillingCurrency | UnsetType = UNSET
    billing_cycle: BillingCycle | UnsetType = UNSET
    billing_email: str | UnsetType = UNSET
    experiments: dict[str, bool] | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    line_shape_default: LineShape = "curved"
    oauth_landscape_write_enabled: bool = False
    share_link_auth_domains: list[str] | None = None
    share_links_enabled: bool = False
    url_name: Own[UrlName | UnsetType] = UNSET
    auto_invite_domains: Derived[list[str]] = []
    billing_collection_method: Derived[CollectionMethod | UnsetType] = UNSET
    billing_monthly_cost: Derived[Number | UnsetType] = UNSET
    billing_payment_method: Derived[bool] = False
    cancel_at: Derived[datetime | UnsetType] = UNSET
    canceled_at: Derived[datetime | UnsetType] = UNSET
    plan: Derived[Plan] = "scale"
    plan_ends_at: Derived[datetime | UnsetType] = UNSET
    seats: Derived[Number] = 0
    status: Derived[OrganizationStatus] = "active"
    trial_ends_at: Derived[datetime | UnsetType] = UNSET
    user_ids: Derived[list[str]] = []
    users: Derived[dict[str, OrganizationUser]] = {}
