"""API keys: credentials of programs, kept as digests."""

from __future__ import annotations

import hmac
from datetime import datetime
from hashlib import sha256

from msgspec import UNSET, UnsetType

from nunatak.core.fields import Derived, Name, PermissionType, Stamped


class ApiKey(Stamped, frozen=True, kw_only=True):
    """A key of an organization; its secret is told once, and only a keyed digest of it stays."""

    organization_id: Derived[str]
    name: Name
    permission: PermissionType = "read"
    digest: Derived[str]
    # Organizations that this key has made; it administers them too.
    organization_ids: list[str] = []
    revoked_at: datetime | UnsetType = UNSET


def digest(secret: str, *, pepper: bytes) -> str:
    """The keyed digest of a secret, as hex."""
    return hmac.new(pepper, secret.encode("utf-8", "replace"), sha256).hexdigest()


def matches(key: ApiKey, secret: str, *, pepper: bytes) -> bool:
    """Whether the secret is the key's, compared in constant time, and the key is not revoked."""
    same = hmac.compare_digest(key.digest, digest(secret, pepper=pepper))
    return same and key.revoked_at is UNSET
