"""Updates as the drawings' API writes them: for each field `set`, `setNull`, or what to `add` and `remove`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from nunatak.core.errors import Invalid

_WORDS = frozenset({"set", "setNull", "add", "remove"})
Operators = Mapping[str, Any]


def updated(before: Mapping[str, Any], update: Mapping[str, Operators], allowed: Collection[str]) -> dict[str, Any]:
    """The new values of the fields that `update` names, by wire name; `before` are the old ones. Raises Invalid naming
    a field that isn't `allowed`, or whose operators don't fit together or to its value."""
    found = {}
    for name, operators in update.items():
        if name not in allowed:
            raise _invalid(name, f"unknown, expected one of {', '.join(sorted(allowed))}")
        found[name] = _applied(name, before.get(name), operators)
    return found


def _applied(name: str, old: Any, operators: Operators) -> Any:
    words = set(operators)
    if not words or words - _WORDS or (len(words) > 1 and words != {"add", "remove"}):
        raise _invalid(name, "expected one of set, setNull, add and remove, or the last two together")
    if "set" in words:
        return operators["set"]
    if "setNull" in words:
        if operators["setNull"] is not True:
            raise _invalid(f"{name}.setNull", "expected true")
        return None
    return _changed(name, old, operators.get("add"), operators.get("remove"))


def _changed(name: str, old: Any, add: Any, remove: Any) -> Any:
    """A list or a map, which may not be there yet, with some of it gone and more of it there."""
    gone = [] if remove is None else remove
    if not isinstance(gone, list):
        raise _invalid(f"{name}.remove", "expected a list")
    if isinstance(old, dict) or isinstance(add, dict):
        if not isinstance(add, dict | None) or not isinstance(old, dict | None):
            raise _invalid(f"{name}.add", "expected an object" if isinstance(old, dict) else "expected a list")
        return {key: value for key, value in (old or {}).items() if key not in gone} | (add or {})
    if not isinstance(add, list | None) or not isinstance(old, list | None):
        raise _invalid(f"{name}.add", "expected a list" if isinstance(old, list | None) else "a single value: use set")
    kept = [item for item in old or () if item not in gone]
    for item in add or ():
        if item not in kept:
            kept.append(item)
    return kept


def _invalid(place: str, words: str) -> Invalid:
    error = f"body.items.update.{place}: {words}"
    return Invalid(error, (error,))
