"""API keys: made, listed, changed, renewed, revoked, and taken as credentials."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.access import Actor, require
from nunatak.core.change import Change
from nunatak.core.errors import Invalid, NotFound, Unauthenticated
from nunatak.core.fields import PermissionType, in_utc
from nunatak.core.key import ApiKey, OldDigest, digest, matches
from nunatak.core.kinds import API_KEY
from nunatak.services.changes import Ledger, new_id
from nunatak.services.service import Service
from nunatak.store.waits import alone

# Who acts when the product sets itself up or its operator works on the data directory.
OPERATOR = "operator"
OVERLAP = timedelta(days=7)
_LONGEST_OVERLAP = timedelta(days=90)
_MOST_FORMER = 5  # secrets of one key that open at once, beside its own
_NOTED = timedelta(minutes=10)  # how exactly the last use is told: a write at each would cost more than the request


def operator(organization_ids: list[str]) -> Actor:
    """The actor of the command line on a data directory: may do everything in it."""
    return Actor(kind="service", id=OPERATOR, permissions=dict.fromkeys(organization_ids, "admin"), name="Operator")


def create(
    service: Service,
    actor: Actor,
    organization_id: str,
    *,
    name: str,
    permission: PermissionType,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """A new key and its credentials `id:secret`, which are told this once. Raises Invalid for an end that is past."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        values = {"name": name, "permission": permission} | ({"expiresAt": expires_at} if expires_at else {})
        _ends(values, ledger)
        return _issued(ledger, organization_id, values, service.pepper)


def issue(
    ledger: Ledger, organization_id: str, *, name: str, permission: PermissionType, pepper: bytes
) -> tuple[ApiKey, str]:
    """Writes a new key that doesn't end by itself."""
    return _issued(ledger, organization_id, {"name": name, "permission": permission}, pepper)


def _issued(ledger: Ledger, organization_id: str, values: dict[str, Any], pepper: bytes) -> tuple[ApiKey, str]:
    secret = secrets.token_hex(32)
    head = {"organizationId": organization_id, "digest": digest(secret, pepper=pepper)}
    key: ApiKey = ledger.found(Change(verb="create", kind=API_KEY.name, id=new_id(), values=values), head)
    return key, f"{key.id}:{secret}"


def listing(service: Service, actor: Actor, organization_id: str) -> list[ApiKey]:
    """An organization's keys, the revoked and expired ones too."""
    require(actor, "admin", organization_id)
    with service.reading() as unit:
        return list(unit.every(API_KEY, organization_id))


def update(service: Service, actor: Actor, organization_id: str, key_id: str, values: dict[str, Any]) -> ApiKey:
    """The key with another name, permission or end; raises NotFound, and Invalid for an end that is past."""
    with service.writing(actor) as ledger:
        key = _own(ledger, actor, key_id, organization_id)
        _ends(values, ledger)
        return _changed(ledger, key, values)


def rotate(
    service: Service, actor: Actor, organization_id: str, key_id: str, *, until: datetime | None = None
) -> tuple[ApiKey, str]:
    """The key with a new secret, and its credentials, told this once. The old secret opens until a time, a week from
    now without one; where that is past, nothing older opens any more. Raises NotFound, and Invalid for a key that has
    ended or a time too far away."""
    with service.writing(actor) as ledger:
        key, now = _own(ledger, actor, key_id, organization_id), ledger.stamp.at
        if ended := key.ended(now):
            raise Invalid(f"The key is {ended}; make another one", (f"apiKeyId: expected a key that is not {ended}",))
        end = until or now + OVERLAP
        if end > now + _LONGEST_OVERLAP:
            error = f"body.keepOldUntil: expected a time at most {_LONGEST_OVERLAP.days} days away"
            raise Invalid("The old secret can't stay so long", (error,))
        former = [OldDigest(digest=key.digest, until=end), *(old for old in key.older if old.until > now)]
        secret = secrets.token_hex(32)
        values = {
            "digest": digest(secret, pepper=service.pepper),
            "older": former[:_MOST_FORMER] if end > now else [],  # somebody else may have it
            "rotatedAt": now,
        }
        told = {"context": {"name": key.name}, "props": {"rotatedAt": now.isoformat(), "keepOldUntil": end.isoformat()}}
        with ledger.noting("api-key-update", None, key.id, organization_id=key.organization_id, **told):
            return _changed(ledger, key, values), f"{key.id}:{secret}"


def revoke(service: Service, actor: Actor, key_id: str, *, organization_id: str | None = None) -> ApiKey:
    """The key, which opens nothing from now on; raises NotFound."""
    with service.writing(actor) as ledger:
        key = _own(ledger, actor, key_id, organization_id)
        return _changed(ledger, key, {"revokedAt": ledger.stamp.at, "older": []})


def _own(ledger: Ledger, actor: Actor, key_id: str, organization_id: str | None) -> ApiKey:
    key: ApiKey = ledger.held(API_KEY, key_id, organization_id)
    try:
        require(actor, "admin", key.organization_id)
    except NotFound:
        raise NotFound("Api key not found") from None
    return key


def _changed(ledger: Ledger, key: ApiKey, values: dict[str, Any]) -> ApiKey:
    changed: ApiKey = ledger.found(Change(verb="update", kind=API_KEY.name, id=key.id, values=values))
    return changed


def _ends(values: dict[str, Any], ledger: Ledger) -> None:
    """Sets the end in UTC where it doesn't say; raises Invalid for one that is past."""
    end = values.get("expiresAt")
    if end is None:
        return
    values["expiresAt"] = in_utc(datetime.fromisoformat(end) if isinstance(end, str) else end)
    if values["expiresAt"] <= ledger.stamp.at:
        raise Invalid("The key would have ended already", ("body.expiresAt: expected a time to come",))


def authenticate(service: Service, credentials: str) -> Actor:
    """The actor of credentials `id:secret`; raises Unauthenticated. Only who has the secret learns that its key has
    ended."""
    id_, _, secret = credentials.partition(":")
    with service.reading() as unit:
        key: ApiKey | None = unit.find(API_KEY, id_)
    if key is None:
        raise _refused()
    now = service.clock()
    if not sum(matches(key, secret, now, pepper=pepper) for pepper in service.peppers):
        raise _refused(key)
    if ended := key.ended(now):
        raise _refused(key, ended)
    return _used(service, key, now)


def known(service: Service, key_id: str, *, proved_at: datetime | None = None) -> Actor:
    """The actor of a key that was proved at a time before; raises Unauthenticated where the key, or the secret of that
    time, has ended since."""
    with service.reading() as unit:
        key: ApiKey | None = unit.find(API_KEY, key_id)
    if key is None:
        raise _refused()
    now = service.clock()
    if ended := key.ended(now):
        raise _refused(key, ended)
    if proved_at is not None and not key.still(proved_at, now):
        raise _refused(key, "renewed")
    return _used(service, key, now)


def _used(service: Service, key: ApiKey, now: datetime) -> Actor:
    """The key's actor; when it was last used is noted beside the request, now and then."""
    if key.last_used_at is UNSET or now - key.last_used_at >= _NOTED:
        service.ahead(lambda: _note_use(service, key, now))
    return _actor(key)


def _note_use(service: Service, key: ApiKey, now: datetime) -> None:
    with service.database.write() as unit:
        alone(unit, API_KEY, key.id)  # somebody may revoke it just now
        found: ApiKey | None = unit.find(API_KEY, key.id)
        if found is not None and (found.last_used_at is UNSET or found.last_used_at < now):
            unit.put(API_KEY, replace(found, last_used_at=now))


def _actor(key: ApiKey) -> Actor:
    permissions: dict[str, PermissionType] = dict.fromkeys(key.organization_ids, "admin")
    return Actor(
        kind="api-key", id=key.id, permissions=permissions | {key.organization_id: key.permission}, name=key.name
    )


def _refused(key: ApiKey | None = None, ended: str = "") -> Unauthenticated:
    """What is told: that a key has ended only where its secret was proved; whose it was stays for the log."""
    words = f"The API key is {ended}; expected one that is valid" if ended else "The API key is not valid"
    refused = Unauthenticated(words, ("header: expected an API key as id:secret, in X-API-Key or Authorization",))
    refused.code = "auth/invalid-api-key"
    refused.claimed = None if key is None else _actor(key)
    return refused
