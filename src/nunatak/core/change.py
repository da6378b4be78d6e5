"""A change is any write, as data; applying one is pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal

import msgspec
import msgspec.inspect

from nunatak.core.access import Actor
from nunatak.core.errors import Conflict, Invalid
from nunatak.core.fields import AuthType, Stamped, Struct, Versioned
from nunatak.core.kinds import Kind
from nunatak.core.patch import patched

Verb = Literal["create", "update", "replace", "delete"]


class Change(Struct, frozen=True, kw_only=True):
    """One write: `values` are keyed by wire names, as in a body; `commit` is the state the writer saw, or None."""

    verb: Verb
    kind: str
    id: str
    values: dict[str, Any] = {}
    commit: float | int | None = None


class Stamp(Struct, frozen=True, kw_only=True):
    """Who writes, and when (UTC)."""

    at: datetime
    by: AuthType
    by_id: str


def stamp(actor: Actor, at: datetime) -> Stamp:
    """The actor's stamp at a time."""
    return Stamp(at=at, by=actor.kind, by_id=actor.id)


def created(kind: Kind, change: Change, head: Mapping[str, Any], by: Stamp) -> Any:
    """The entity that a create makes: `head` holds what the writer doesn't choose (scope ids, handle, derived fields).
    Raises Invalid naming the field that a value doesn't fit."""
    values = {**change.values, **head, "id": change.id, **_made(by), **_touched(by)}
    if issubclass(kind.struct, Versioned):
        values |= {"commit": 1, "version": 1, "latestEntityId": change.id}
    return entity(kind, values)


def applied(kind: Kind, change: Change, before: Stamped, by: Stamp) -> Any:
    """The entity after an update or replace. Raises Conflict when `change.commit` isn't the state the entity is in, and
    Invalid for values that don't fit."""
    if isinstance(before, Versioned):
        require_fresh(change, before)
    old = msgspec.to_builtins(before, builtin_types=(datetime,))
    base = old if change.verb == "update" else _identity(before, old)
    after = patched(base, change.values, operators(type(before)))
    after |= _touched(by)
    if isinstance(before, Versioned):
        after |= {"commit": before.commit + 1, "version": before.version + 1}
    return entity(kind, after)


def entity(kind: Kind, values: Mapping[str, Any]) -> Any:
    """A typed entity from wire-named values; raises Invalid naming the field."""
    try:
        return msgspec.convert(values, kind.struct)
    except msgspec.ValidationError as error:
        raise Invalid(f"{kind.title} is not valid: {error}", (str(error).replace("$", "body", 1),)) from None


def require_fresh(change: Change, before: Versioned) -> None:
    """Raises Conflict when the writer saw another state than the one the entity is in."""
    if change.commit is not None and change.commit != before.commit:
        raise Conflict(
            f"{change.kind} {before.id} has moved on: the commit is {before.commit}, the request says {change.commit}",
            (f"body.commit: expected {before.commit}, got {change.commit}",),
        )


def _identity(before: Stamped, old: Mapping[str, Any]) -> dict[str, Any]:
    """What a replace keeps: all that no body can set."""
    return {name: old[name] for name in derived_names(type(before)) if name in old}


def writable(entity: Stamped) -> dict[str, Any]:
    """The values of an entity that a writer could have given, by wire name: what makes another one like it."""
    values: dict[str, Any] = msgspec.to_builtins(entity)
    return {name: value for name, value in values.items() if name not in derived_names(type(entity))}


@cache
def derived_names(struct: type[Struct]) -> frozenset[str]:
    """The wire names of a struct's fields that the server alone writes."""
    return frozenset(name for name, extra in _extras(struct) if extra.get("derived"))


@cache
def operators(struct: type[Struct]) -> dict[str, str]:
    """The wire names of a struct's fields that take patch operators, and their sort: "map" or "list"."""
    return {name: extra["operators"] for name, extra in _extras(struct) if "operators" in extra}


def _extras(struct: type[Struct]) -> list[tuple[str, dict[str, Any]]]:
    info = msgspec.inspect.type_info(struct)
    assert isinstance(info, msgspec.inspect.StructType)
    found = [(f.encode_name, f.type) for f in info.fields]
    return [(name, t.extra or {}) for name, t in found if isinstance(t, msgspec.inspect.Metadata)]


def _made(by: Stamp) -> dict[str, Any]:
    return {"createdAt": by.at, "createdBy": by.by, "createdById": by.by_id}


def _touched(by: Stamp) -> dict[str, Any]:
    return {"updatedAt": by.at, "updatedBy": by.by, "updatedById": by.by_id}
