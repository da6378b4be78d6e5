"""API keys of an organization: our own operations, since the contract manages them elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Handler, Method, Operations
from nunatak.api.icepanel.resource import actor_of, chosen, given
from nunatak.api.icepanel.table import NOTHING
from nunatak.core.fields import Name, PermissionType, in_utc
from nunatak.core.key import ApiKey
from nunatak.services import keys

OPERATIONS = Operations()
_ALL = "/organizations/{organizationId}/api-keys"
_ONE = f"{_ALL}/{{apiKeyId}}"
_HIDDEN = ("digest", "older", "organization_ids")

_FIELDS: Any = {field.name: field.type for field in msgspec.structs.fields(ApiKey) if field.name not in _HIDDEN}
Shown: Any = record("ApiKey", {**_FIELDS, "former_secrets_until": list[datetime]})
Required = record(
    "OrganizationApiKeyRequired", {"name": Name, "permission": PermissionType, "expires_at": datetime | UnsetType}
)
Partial = record(
    "OrganizationApiKeyPartial",
    {"name": Name | UnsetType, "permission": PermissionType | UnsetType, "expires_at": datetime | None | UnsetType},
)
Renewal = record("ApiKeyRenewal", {"keep_old_until": datetime | UnsetType})
Answer = record("ApiKeyAnswer", {"api_key": Shown})
Told = record("ApiKeyTold", {"api_key": Shown, "credentials": str})
Listed: Any = list[Shown]
Answers = record("ApiKeysAnswer", {"api_keys": Listed})


def operation(id_: str, method: Method, path: str, **declared: Any) -> Callable[[Handler], Handler]:
    """Declares an operation of ours."""
    return OPERATIONS.operation(f"organizations.apiKeys.{id_}", method, path, own=True, deed="admin", **declared)


@operation("list", "GET", _ALL, answer=Answers)
def listing(call: Call[Any]) -> dict[str, Any]:
    """An organization's keys, with when they were last used and when they end."""
    return {"apiKeys": [_shown(one) for one in keys.listing(call.service, actor_of(call), call.path["organizationId"])]}


@operation("create", "POST", _ALL, body=Required, answer=Told, private=True)
def create(call: Call[Any]) -> dict[str, Any]:
    """Makes a key; its credentials are told this once."""
    body, end = call.body, chosen(call.body, "expires_at")
    about = {"name": body.name, "permission": body.permission, "expires_at": end}
    made, credentials = keys.create(call.service, actor_of(call), call.path["organizationId"], **about)
    return {"apiKey": _shown(made), "credentials": credentials}


@operation("update", "PATCH", _ONE, body=Partial, answer=Answer)
def update(call: Call[Any]) -> dict[str, Any]:
    """Gives a key another name, permission or end."""
    return {"apiKey": _shown(keys.update(call.service, actor_of(call), *_where(call), given(call.body)))}


@operation("rotate", "POST", f"{_ONE}/rotate", body=Renewal, body_optional=True, answer=Told, private=True)
def rotate(call: Call[Any]) -> dict[str, Any]:
    """Gives a key a new secret, told this once; the old one opens on for a week, or until the time that is given."""
    until = chosen(call.body, "keep_old_until")
    end = None if until is None else in_utc(until)
    renewed, credentials = keys.rotate(call.service, actor_of(call), *_where(call), until=end)
    return {"apiKey": _shown(renewed), "credentials": credentials}


@operation("delete", "DELETE", _ONE, answer=NOTHING)
def delete(call: Call[Any]) -> dict[str, Any]:
    """Revokes a key; it stays listed."""
    keys.revoke(call.service, actor_of(call), call.path["apiKeyId"], organization_id=call.path["organizationId"])
    return {}


def _where(call: Call[Any]) -> tuple[str, str]:
    return call.path["organizationId"], call.path["apiKeyId"]


def _shown(key: ApiKey) -> Any:
    known = {name: getattr(key, name) for name in _FIELDS}
    return Shown(**known, former_secrets_until=[old.until for old in key.older])
