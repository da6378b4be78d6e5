"""People: users, the teams they form, and invitations to an organization."""

from __future__ import annotations

from datetime import datetime

from msgspec import UNSET, UnsetType

from nunatak.core.fields import AuthType, Derived, Name, PermissionType, Stamped, Struct
from nunatak.core.tag import TagColor


def identity(issuer: str, subject: str) -> str:
    """The name under which an issuer knows somebody; issuers have no blanks."""
    return f"{issuer} {subject}"


def domain_of(address: str) -> str:
    """The domain of an e-mail address, or of one that is written alone, as such are compared."""
    return address.strip().rpartition("@")[2].lower()


class User(Stamped, frozen=True, kw_only=True):
    """Somebody who signs in; what they may do stands in their organizations."""

    email: str
    name: Name | UnsetType = UNSET
    job_role: str | UnsetType = UNSET
    last_active_at: Derived[datetime]
    identities: Derived[list[str]] = []  # who vouches for them and by which name, as `identity` writes it


class Team(Stamped, frozen=True, kw_only=True):
    """Users of an organization who own model objects together."""

    organization_id: Derived[str]
    name: Name
    color: TagColor = "blue"
    user_ids: list[str] = []
    model_object_handle_ids: Derived[list[str]] = []


class OrganizationUserInvite(Struct, frozen=True, kw_only=True):
    """An invitation to an organization; it stays listed when it is used or revoked."""

    id: Derived[str]
    created_at: Derived[datetime]
    created_by: Derived[AuthType]
    created_by_id: Derived[str]
    organization_id: Derived[str]
    email: str
    expires_at: datetime
    permission: PermissionType
    landscape_permissions: dict[str, bool] | UnsetType = UNSET
    revoked_at: Derived[datetime | UnsetType] = UNSET
    revoked_by: Derived[AuthType | UnsetType] = UNSET
    revoked_by_id: Derived[str | UnsetType] = UNSET
    used_at: Derived[datetime | UnsetType] = UNSET
    used_by_user_id: Derived[str | UnsetType] = UNSET
