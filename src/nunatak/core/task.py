"""The tasks of drafts: which change each one is, what it writes, and what its writer saw.

A task is the wire's DraftTask as JSON builtins: {type, entityId, props?, snapshot?, commentId?}. The `snapshot` of an
update is the patch that would take it back: the old value of a field, and for the entries of a map the opposite of
each operator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from msgspec import UNSET

from nunatak.core.change import Change, Verb, operators
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_OBJECT, kind_named

Task = dict[str, Any]
Values = Mapping[str, Any]
_PREFIX = "draft-"


@dataclass(frozen=True, kw_only=True)
class Touch:
    """One value that an update writes. `path` is its field, or map and entry, or map, entry and field there; a `value`
    of UNSET takes the entry away."""

    path: tuple[str, ...]
    value: Any


def kind_and_verb(task: Task) -> tuple[str, Verb]:
    """The kind's name and the verb that a task's type is made of."""
    kind, _, verb = str(task["type"]).removeprefix(_PREFIX).rpartition("-")
    return kind, cast(Verb, verb)


def change_of(task: Task) -> Change:
    """The change that a task stands for; it names no commit, for the snapshot says what its writer saw."""
    kind, verb = kind_and_verb(task)
    values = {name: value for name, value in (task.get("props") or {}).items() if name != "commit"}
    if verb == "create" and "commentId" in task:
        values["commentId"] = task["commentId"]
    return Change(verb=verb, kind=kind, id=task["entityId"], values=values)


def completed_create(task: Task, handle_id: str) -> Task:
    """A create whose entity will have the same handle however often it is made; an object is a thing of the future."""
    kind, _ = kind_and_verb(task)
    props = dict(task["props"])
    if kind_named(kind).versioned:
        props.setdefault("handleId", handle_id)
    if kind == MODEL_OBJECT.name:
        props.setdefault("status", "future")
    return {**task, "props": props}


def operators_of(kind: str) -> dict[str, str]:
    """Which fields of a kind's updates take operators; a diagram's may write its content too."""
    found = operators(kind_named(kind).struct)
    return found | operators(DIAGRAM_CONTENT.struct) if kind == DIAGRAM.name else found


def touches(task: Task) -> Iterator[Touch]:
    """The values that an update writes. What `$add` and `$remove` do to a list of ids isn't among them: that fits
    whatever the list has become."""
    change = change_of(task)
    for name, value in change.values.items():
        sort = _sort(change.kind, name, value)
        if sort == "map":
            yield from _entries(name, value)
        elif sort != "list":
            yield Touch(path=(name,), value=value)


def _entries(name: str, words: Values) -> Iterator[Touch]:
    if words.get("$replace") is not None:
        yield Touch(path=(name,), value=words["$replace"])
        return
    for key in words.get("$remove") or ():
        yield Touch(path=(name, key), value=UNSET)
    for key, value in (words.get("$update") or {}).items():
        for field, each in value.items():
            yield Touch(path=(name, key, field), value=each)
    for key, value in (words.get("$add") or {}).items():
        yield Touch(path=(name, key), value=value)


def vanished(task: Task, current: Values) -> list[tuple[str, str]]:
    """The entries, as map and key, that an update wants to change and that aren't there any more."""
    change, found = change_of(task), []
    for name, words in change.values.items():
        if _sort(change.kind, name, words) == "map" and words.get("$replace") is None:
            there = current.get(name) or {}
            found += [(name, key) for key in words.get("$update") or () if key not in there]
    return found


def found_at(values: Any, path: tuple[str, ...]) -> Any:
    """What stands at a path of an entity's values; UNSET for nothing."""
    for step in path:
        if not isinstance(values, Mapping) or step not in values:
            return UNSET
        values = values[step]
    return values


def seen_at(task: Task, path: tuple[str, ...]) -> Any:
    """What a task's writer saw at a path; UNSET for nothing."""
    words = (task.get("snapshot") or {}).get(path[0], UNSET)
    if len(path) == 1:
        return words["$replace"] if _sort(kind_and_verb(task)[0], path[0], words) and "$replace" in words else words
    found = (found_at(words, (word, *path[1:])) for word in ("$update", "$add", "$replace"))
    return next((value for value in found if value is not UNSET), UNSET)


def same(now: Any, said: Any) -> bool:
    """Whether a value is as somebody said. An entry may be said with fewer fields than it has; null is nothing."""
    if isinstance(now, Mapping) and isinstance(said, Mapping) and now and said:
        return all(same(now.get(name), value) for name, value in said.items())
    return now == said or (now in (None, UNSET) and said in (None, UNSET))


def snapshot_of(task: Task, current: Values) -> Task:
    """The patch that takes an update of these values back."""
    change = change_of(task)
    found: dict[str, Any] = {}
    for name, value in change.values.items():
        old, sort = current.get(name), _sort(change.kind, name, value)
        if not sort:
            found |= {name: old} if name in current else {}
        elif sort == "list":
            found[name] = _list_back(value, old or [])
        elif back := _map_back(value, old or {}):
            found[name] = back
    return found


def _list_back(words: Values, old: list[str]) -> Task:
    added, removed = words.get("$add") or (), words.get("$remove") or ()
    return {"$remove": [id_ for id_ in added if id_ not in old], "$add": [id_ for id_ in removed if id_ in old]}


def _map_back(words: Values, old: Values) -> Task:
    if words.get("$replace") is not None:
        return {"$replace": dict(old)}
    removed, added = words.get("$remove") or (), words.get("$add") or {}
    changed = {key: fields for key, fields in (words.get("$update") or {}).items() if key in old}
    back = {
        "$add": {key: old[key] for key in (*removed, *added) if key in old},
        "$remove": [key for key in added if key not in old],
        "$update": {
            key: {field: old[key][field] for field in fields if field in old[key]} for key, fields in changed.items()
        },
    }
    return {word: part for word, part in back.items() if part}


def filled(task: Task, current: Values) -> Task:
    """An update whose snapshot says of every value what its writer saw, or else what is there now."""
    kind, _ = kind_and_verb(task)
    ours, given = snapshot_of(task, current), task.get("snapshot") or {}
    seen = {name: _over(kind, name, ours.get(name), value) for name, value in given.items()}
    return {**task, "snapshot": {**ours, **seen}}


def _over(kind: str, name: str, ours: Any, given: Any) -> Any:
    if not (_sort(kind, name, ours) and _sort(kind, name, given)):
        return given
    return {word: _joined(ours.get(word), given.get(word)) for word in dict.fromkeys((*ours, *given))}


def _joined(ours: Any, given: Any) -> Any:
    if isinstance(ours, Mapping) and isinstance(given, Mapping):
        return {**ours, **{key: _joined(ours.get(key), value) for key, value in given.items()}}
    return ours if given is None else given


def resaw(task: Task, path: tuple[str, ...], value: Any) -> Task:
    """The update as if its writer had seen this value at a path."""
    snapshot = dict(task.get("snapshot") or {})
    if len(path) == 1:
        change = change_of(task)
        value = {"$replace": value} if _sort(change.kind, path[0], change.values.get(path[0])) else value
        snapshot = {**snapshot, path[0]: value}
        return {**task, "snapshot": {name: each for name, each in snapshot.items() if each is not UNSET}}
    name, key = path[0], path[1]
    words = dict(snapshot.get(name) or {})
    if len(path) == 3:
        fields = {**(words.get("$update") or {}).get(key, {}), path[2]: value}
        words["$update"] = {**(words.get("$update") or {}), key: fields}
    else:
        kept = {other: each for other, each in (words.get("$add") or {}).items() if other != key}
        words["$add"] = kept if value is UNSET else {**kept, key: value}
        gone = [other for other in words.get("$remove") or () if other != key]
        words["$remove"] = [*gone, key] if value is UNSET else gone
    return {**task, "snapshot": {**snapshot, name: words}}


def without(task: Task, paths: Iterable[tuple[str, ...]]) -> Task | None:
    """The update without the values at these paths; None when nothing is left to write."""
    props = dict(task["props"])
    for path in paths:
        if len(path) == 1:
            props.pop(path[0], None)
        else:
            props[path[0]] = _dropped(props[path[0]], path[1:])
    kind, _ = kind_and_verb(task)
    kept = {name: value for name, value in props.items() if not _sort(kind, name, value) or any(value.values())}
    return {**task, "props": kept} if any(name != "commit" for name in kept) else None


def _dropped(words: Values, path: tuple[str, ...]) -> Task:
    key, left = path[0], dict(words)
    for word in ("$add", "$update") if len(path) == 1 else ():
        if word in left:
            left[word] = {other: each for other, each in left[word].items() if other != key}
    if len(path) == 1 and "$remove" in left:
        left["$remove"] = [other for other in left["$remove"] if other != key]
    if len(path) == 2:
        fields = {name: value for name, value in left["$update"].get(key, {}).items() if name != path[1]}
        changed = {other: each for other, each in left["$update"].items() if other != key}
        left["$update"] = {**changed, key: fields} if fields else changed
    return left


def rebased(task: Task, current: Values) -> Task | None:
    """The update on what is there now: its snapshot is, and what would change nothing is left out. None when that is
    all of it."""
    idle = [touch.path for touch in touches(task) if same(found_at(current, touch.path), touch.value)]
    left = without(task, [*vanished(task, current), *idle])
    left = left and without(left, _idle_lists(left, current))
    return left and {**left, "snapshot": snapshot_of(left, current)}


def _idle_lists(task: Task, current: Values) -> list[tuple[str, ...]]:
    change = change_of(task)
    return [
        (name,)
        for name, words in change.values.items()
        if _sort(change.kind, name, words) == "list" and not any(_list_back(words, current.get(name) or []).values())
    ]


def _sort(kind: str, name: str, value: Any) -> str:
    """Whether a field's value is made of patch operators, and of which sort: "map", "list" or "" for neither. A label
    may be called as an operator is, so only the fields that take operators are looked at."""
    if isinstance(value, Mapping) and any(str(key).startswith("$") for key in value):
        return operators_of(kind).get(name, "")
    return ""
