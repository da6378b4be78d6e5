"""API keys: credentials of programs, kept as digests."""

from __future__ import annotations

import hmac
from datetime import datetime
from hashlib import sha256

from msgspec import UNSET, UnsetType

from nunatak.core.fields import Derived, Name, PermissionType, Stamped, Struct


class OldDigest(Struct, frozen=True, kw_only=True):
    """The digest of a key's former secret, which still opens until a time."""

    digest: str
    until: datetime


class ApiKey(Stamped, frozen=True, kw_only=True):
    """A key of an organization; its secret is told once, and only a keyed digest of it stays. Former secrets are kept
    for as long as they open."""

    organization_id: Derived[str]
    name: Name
    permission: PermissionType = "read"
    expires_at: datetime | UnsetType | None = UNSET
    digest: Derived[str]
    older: Derived[list[OldDigest]] = []
    rotated_at: Derived[datetime | UnsetType] = UNSET
    last_used_at: Derived[datetime | UnsetType] = UNSET
    # Organizations that this key has made; it administers them too.
    organization_ids: list[str] = []
    revoked_at: datetime | UnsetType = UNSET

    def ended(self, now: datetime) -> str:
        """Why the key opens nothing any more, in a word; empty while it does."""
        if self.revoked_at is not UNSET:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= now else ""

    def still(self, proved_at: datetime, now: datetime) -> bool:
        """Whether who had the secret at a time has one that opens: after a rotation only until the overlap is over."""
        if self.rotated_at is UNSET or proved_at >= self.rotated_at.replace(microsecond=0):
            return True
        return any(old.until > now for old in self.older)


def digest(secret: str, *, pepper: bytes) -> str:
    """The keyed digest of a secret, as hex."""
    return hmac.new(pepper, secret.encode("utf-8", "replace"), sha256).hexdigest()


def matches(key: ApiKey, secret: str, now: datetime, *, pepper: bytes) -> bool:
    """Whether the secret is the key's, or a former one that still opens; compared in constant time."""
    given = digest(secret, pepper=pepper)
    held = [key.digest, *(old.digest for old in key.older if old.until > now)]
    return sum(hmac.compare_digest(one, given) for one in held) > 0
