"""Who acts, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from nunatak.core.errors import Forbidden, NotFound
from nunatak.core.fields import AuthType, PermissionType

Deed = Literal["read", "write", "admin"]

_ENOUGH: dict[Deed, frozenset[str]] = {
    "read": frozenset({"read", "write", "admin"}),
    "write": frozenset({"write", "admin"}),
    "admin": frozenset({"admin"}),
}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody with credentials: what they are, their id, and their permission in each organization they belong to;
    and, for the log, where the request came from. Who comes by a share link belongs to none, and reads `only` this
    version (landscape's and version's id)."""

    kind: AuthType
    id: str
    permissions: dict[str, PermissionType] = field(default_factory=dict)
    name: str = ""
    ip: str = ""
    user_agent: str = ""
    only: tuple[str, str] | None = None

    @property
    def organization_ids(self) -> tuple[str, ...]:
        """The organizations that exist for this actor."""
        return tuple(sorted(self.permissions))


def require(actor: Actor, deed: Deed, organization_id: str) -> None:
    """Raises NotFound where the organization doesn't exist for the actor, Forbidden for too small a permission."""
    permission = actor.permissions.get(organization_id)
    if permission is None:
        raise NotFound("Organization not found")
    if permission not in _ENOUGH[deed]:
        raise Forbidden(f"This needs {deed} permission; the credentials have {permission} permission")
