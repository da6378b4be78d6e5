"""Who acts, and what they may do: one function decides, and every query and every change asks it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from nunatak.core.errors import Forbidden, NotFound, Refusal
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
    and, for the log, where the request came from, which issuer vouched for them and as which client. `limits` are the
    landscapes they are limited to, by organization; without an entry they have all. Who comes by a share link belongs
    to none, and reads `only` this version (landscape's and version's id), with no draft but `draft_id`."""

    kind: AuthType
    id: str
    permissions: dict[str, PermissionType] = field(default_factory=dict)
    limits: dict[str, frozenset[str]] = field(default_factory=dict)
    name: str = ""
    ip: str = ""
    user_agent: str = ""
    provider: str = ""
    client_id: str = ""
    only: tuple[str, str] | None = None
    draft_id: str | None = None

    @property
    def organization_ids(self) -> tuple[str, ...]:
        """The organizations that exist for this actor."""
        return tuple(sorted(self.permissions))

    def seen_from(self, ip: str, user_agent: str) -> Actor:
        """The same, with where the request came from."""
        return replace(self, ip=ip, user_agent=user_agent)

    def able(self, deed: Deed) -> bool:
        """Whether the permission is enough for this anywhere; where it is asked of one thing, `may` decides."""
        return self.only is not None or any(one in _ENOUGH[deed] for one in self.permissions.values())


@dataclass(frozen=True, kw_only=True)
class Where:
    """What a deed is done to: an organization, one of its landscapes, or a version of that. `whole` is what tells of
    all landscapes at once."""

    organization_id: str
    landscape_id: str = ""
    version_id: str = ""
    whole: bool = False

    @property
    def word(self) -> str:
        """What it is called where it isn't there."""
        return "Version" if self.version_id else "Landscape" if self.landscape_id else "Organization"


def may(actor: Actor, deed: Deed, where: Where) -> Refusal | None:
    """Nothing, where the actor may do this; or else NotFound for what isn't there for the actor, Forbidden for too
    small a permission. All that is refused for want of permission is refused here."""
    if actor.only is not None:
        return None if deed == "read" and _opened(actor.only, where) else NotFound(f"{where.word} not found")
    permission = actor.permissions.get(where.organization_id)
    limits = actor.limits.get(where.organization_id)
    if permission is None or (limits is not None and where.landscape_id and where.landscape_id not in limits):
        return NotFound(f"{where.word} not found")
    if permission not in _ENOUGH[deed]:
        return Forbidden(f"This needs {deed} permission; the credentials have {permission} permission")
    if limits is not None and not where.landscape_id and (where.whole or deed != "read"):
        return Forbidden("This needs permission for all landscapes; the credentials are limited to some of them")
    return None


def require(
    actor: Actor,
    deed: Deed,
    organization_id: str,
    *,
    landscape_id: str = "",
    version_id: str = "",
    whole: bool = False,
) -> None:
    """Raises what `may` answers."""
    where = Where(organization_id=organization_id, landscape_id=landscape_id, version_id=version_id, whole=whole)
    refusal = may(actor, deed, where)
    if refusal is not None:
        raise refusal


def require_drafts(actor: Actor, draft_id: str | None) -> None:
    """Raises NotFound for a draft that the actor's share link doesn't show."""
    if actor.only is not None and draft_id is not None and draft_id != actor.draft_id:
        raise NotFound("Draft not found")


def visible(actor: Actor, organization_id: str, landscape_id: str) -> bool:
    """Whether a landscape of an organization is there for the actor: what lists of landscapes are sifted by."""
    return may(actor, "read", Where(organization_id=organization_id, landscape_id=landscape_id)) is None


def _opened(only: tuple[str, str], where: Where) -> bool:
    landscape_id, version_id = only
    return where.landscape_id == landscape_id and where.version_id in ("", version_id)
