"""API keys: made, listed, revoked, and taken as credentials."""

from __future__ import annotations

import secrets
from typing import Any

from msgspec import UNSET

from nunatak.core.access import Actor, require
from nunatak.core.change import Change
from nunatak.core.errors import NotFound, Unauthenticated
from nunatak.core.fields import PermissionType
from nunatak.core.key import ApiKey, digest, matches
from nunatak.core.kinds import API_KEY
from nunatak.services.changes import Ledger, new_id
from nunatak.services.service import Service

# Who acts when the product sets itself up or its operator works on the data directory.
OPERATOR = "operator"


def operator(organization_ids: list[str]) -> Actor:
    """The actor of the command line on a data directory: may do everything in it."""
    return Actor(kind="service", id=OPERATOR, permissions=dict.fromkeys(organization_ids, "admin"), name="Operator")


def create(
    service: Service, actor: Actor, organization_id: str, *, name: str, permission: PermissionType
) -> tuple[ApiKey, str]:
    """A new key and its credentials `id:secret`, which are told this once."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        return issue(ledger, organization_id, name=name, permission=permission, pepper=service.pepper)


def issue(
    ledger: Ledger, organization_id: str, *, name: str, permission: PermissionType, pepper: bytes
) -> tuple[ApiKey, str]:
    """Writes a new key."""
    secret = secrets.token_hex(32)
    values = {"name": name, "permission": permission}
    head = {"organizationId": organization_id, "digest": digest(secret, pepper=pepper)}
    key: ApiKey = ledger.found(Change(verb="create", kind=API_KEY.name, id=new_id(), values=values), head)
    return key, f"{key.id}:{secret}"


def listing(service: Service, actor: Actor, organization_id: str) -> list[ApiKey]:
    """An organization's keys."""
    require(actor, "admin", organization_id)
    with service.reading() as unit:
        return list(unit.every(API_KEY, organization_id))


def revoke(service: Service, actor: Actor, key_id: str) -> ApiKey:
    """The key, which opens nothing from now on; raises NotFound."""
    with service.writing(actor) as ledger:
        key: ApiKey = ledger.unit.get(API_KEY, key_id)
        if key.organization_id not in actor.permissions:
            raise NotFound("Api key not found")
        require(actor, "admin", key.organization_id)
        values: dict[str, Any] = {"revokedAt": ledger.stamp.at}
        revoked: ApiKey = ledger.found(Change(verb="update", kind=API_KEY.name, id=key.id, values=values))
        return revoked


def authenticate(service: Service, credentials: str) -> Actor:
    """The actor of credentials `id:secret`; raises Unauthenticated without saying what is wrong with them."""
    id_, _, secret = credentials.partition(":")
    with service.reading() as unit:
        key = unit.find(API_KEY, id_)
    if key is None or not any(matches(key, secret, pepper=pepper) for pepper in service.peppers):
        raise _refused()
    return _actor(key)


def known(service: Service, key_id: str) -> Actor:
    """The actor of a key that was proved before; raises Unauthenticated where it has been revoked since."""
    with service.reading() as unit:
        key = unit.find(API_KEY, key_id)
    if key is None or key.revoked_at is not UNSET:
        raise _refused()
    return _actor(key)


def _actor(key: ApiKey) -> Actor:
    permissions: dict[str, PermissionType] = dict.fromkeys(key.organization_ids, "admin")
    return Actor(
        kind="api-key", id=key.id, permissions=permissions | {key.organization_id: key.permission}, name=key.name
    )


def _refused() -> Unauthenticated:
    refused = Unauthenticated("The API key is not valid")
    refused.code = "auth/invalid-api-key"
    return refused
