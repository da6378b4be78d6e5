"""Patches: what a body's values do to an entity's, with the operators of maps and id lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nunatak.core.errors import Invalid

_MAP_WORDS = frozenset({"$add", "$update", "$remove", "$replace"})
_LIST_WORDS = frozenset({"$add", "$remove"})
_ITEM = re.compile(r"body\.(\w+)\[(\d+)\](.*)", re.DOTALL)
_ENTRY = re.compile(r"body\.(\w+)\.(.+)", re.DOTALL)


def patched(before: Mapping[str, Any], values: Mapping[str, Any], operators: Mapping[str, str]) -> dict[str, Any]:
    """`before` with `values` laid over it, both keyed by wire names. A field that `operators` calls a "map" or "list"
    may be given {$add, …}, which is applied to what is there; any other value replaces the old one. Raises Invalid
    naming the field for an operator that can't be applied."""
    after = dict(before)
    for name, value in values.items():
        after[name] = _applied(name, before.get(name), value, operators.get(name))
    return after


def _applied(name: str, old: Any, new: Any, sort: str | None) -> Any:
    if sort is None or not _worded(new):
        return {} if sort == "map" and new is None else new
    if sort == "list":
        return _list(name, old or [], new)
    return _map(name, old or {}, new)


def _list(name: str, old: list[Any], words: Mapping[str, Any]) -> list[Any]:
    _known(name, words, _LIST_WORDS)
    gone = set(words.get("$remove") or ())
    kept = [item for item in old if item not in gone]
    return kept + [item for item in dict.fromkeys(words.get("$add") or ()) if item not in kept]


def _map(name: str, old: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """`$replace` first, then `$remove`, `$update` and `$add`, so that one body may do all four."""
    _known(name, words, _MAP_WORDS)
    after = dict(words["$replace"]) if words.get("$replace") is not None else dict(old)
    for key in words.get("$remove") or ():
        after.pop(key, None)
    for key, value in (words.get("$update") or {}).items():
        if key not in after:
            raise Invalid(
                f"{name}.$update.{key} names nothing", (f"body.{name}.$update.{key}: there is no such entry",)
            )
        after[key] = {**after[key], **value}
    after.update(words.get("$add") or {})
    return after


def _known(name: str, words: Mapping[str, Any], allowed: frozenset[str]) -> None:
    for word in words:
        if word not in allowed:
            expected = ", ".join(sorted(allowed))
            raise Invalid(f"{name} knows no {word}", (f"body.{name}.{word}: expected one of {expected}",))


def as_given(error: str, values: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """An error that names a place of the patched entity (`after`: its lists), by the operator of `values` that put it
    there: "body.tagIds[3]: …" becomes "body.tagIds.$add[0]: …" where that was given. Any other stays as it is."""
    if (item := _ITEM.fullmatch(error)) and _worded(values.get(item[1])):
        added, whole, index = values[item[1]].get("$add") or (), after.get(item[1], ()), int(item[2])
        if index < len(whole) and whole[index] in added:
            return f"body.{item[1]}.$add[{list(added).index(whole[index])}]{item[3]}"
    if (entry := _ENTRY.fullmatch(error)) and _worded(values.get(entry[1])):
        for word in ("$add", "$update", "$replace"):
            for key in values[entry[1]].get(word) or ():
                if entry[2].startswith((f"{key}.", f"{key}:")):
                    return f"body.{entry[1]}.{word}.{entry[2]}"
    return error


def _worded(value: Any) -> bool:
    return isinstance(value, Mapping) and any(key.startswith("$") for key in value)
