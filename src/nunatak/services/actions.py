"""What the log tells of one change: the values that were written, and the ids of what was touched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import UNSET

from nunatak.core.change import derived_names
from nunatak.core.fields import Struct
from nunatak.services.changes import Entry

# What no log may show, and what only the server writes though no marker says so.
_HIDDEN = frozenset({"password", "digest", "passwordDigest", "secret", "organizationIds", "revokedAt"})
_MOVES = frozenset({"organizationId"})  # derived, yet a landscape's body may name it
_BARE = frozenset({"landscape-create", "organization-user-invite-revoke"})  # actions whose values aren't told
_REFERENCES = (
    "parent_id", "origin_id", "target_id", "via_id", "model_id", "diagram_id", "comment_id", "group_id", "draft_id",
)  # fmt: skip
_NAMED = frozenset({"modelId", "commentId"})
_LISTS = ("Ids",)


def props(entry: Entry, type_: str) -> dict[str, Any] | None:
    """The values of a create or update as its body had them, without secrets; None for what has no values."""
    if type_ in _BARE or type_.endswith("-delete"):
        return None
    own = _writable(entry.kind.struct)
    found = {name: value for name, value in entry.change.values.items() if name in own or name in _MOVES}
    if type_.endswith("-create"):
        found |= {name: value for name, value in _left_out(entry, found) if value is not UNSET}
    if type_ == "share-link-update":
        found["resetShortId"] = entry.before.short_id != entry.after.short_id
    return found


def touched(entry: Entry, entity: Any) -> list[str]:
    """The ids of what a change has to do with: what the entity refers to, and what the values name."""
    found = [id_ for name in _REFERENCES if (id_ := getattr(entity, name, None))]
    return found + [id_ for id_ in _ids(entry.change.values) if id_]


def _ids(values: Any, listed: bool = False) -> Iterator[str]:
    """The ids in a body: those of its lists of ids, and of the models and comments that are drawn."""
    if isinstance(values, list):
        yield from (each for each in values if listed and isinstance(each, str))
    elif isinstance(values, dict):
        for name, value in values.items():
            if name in _NAMED and isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                yield from _ids(value, name.endswith(_LISTS) or (listed and name in ("$add", "$remove")))


def _left_out(entry: Entry, given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a create's body must have, where the server put it in."""
    for name, field in _needed(entry.kind.struct).items():
        if name not in given and hasattr(entry.after, field):
            yield name, msgspec.to_builtins(getattr(entry.after, field))


@cache
def _writable(struct: type[Struct]) -> frozenset[str]:
    names = {field.encode_name for field in msgspec.structs.fields(struct)}
    return frozenset(names - derived_names(struct) - _HIDDEN)


@cache
def _needed(struct: type[Struct]) -> dict[str, str]:
    own = _writable(struct)
    fields = msgspec.structs.fields(struct)
    return {field.encode_name: field.name for field in fields if field.required and field.encode_name in own}
