"""Bodies and filters derived from the entities' own structs, so that no field is ever written twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import FieldInfo

from nunatak.api.wire.shapes import members, optional
from nunatak.core.fields import Labels, Number, Struct, Versioned
from nunatak.core.kinds import Filter

Form = type[msgspec.Struct]
# The forms of a map's values: how a new one is given, and how a change to one.
MapForms = Mapping[type[Struct], tuple[Form, Form]]

ENVELOPE = "Answer"


class IdListPatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a PATCH does to a list of ids, in place of a whole new list."""

    add: list[str] | UnsetType = msgspec.field(name="$add", default=UNSET)
    remove: list[str] | UnsetType = msgspec.field(name="$remove", default=UNSET)


def record(name: str, fields: Mapping[str, Any], *, closed: bool = False, doc: str = "") -> Form:
    """A frozen struct of snake-case `fields`, camelCase on the wire; a type that admits UnsetType makes a field
    optional. A name that starts with `$` is a patch operator and keeps its sign. `closed` refuses unknown keys."""
    return msgspec.defstruct(
        name,
        [_field(field, type_) for field, type_ in fields.items()],
        namespace={"__doc__": doc} if doc else None,
        module=__name__,
        frozen=True,
        kw_only=True,
        rename="camel",
        forbid_unknown_fields=closed,
    )


def required(
    entity: type[Struct],
    name: str,
    *,
    optional: Collection[str] = (),
    without: Collection[str] = (),
    maps: MapForms | None = None,
) -> Form:
    """The body that creates or replaces an entity: all fields that the server doesn't write itself. A field is optional
    when the entity has a default for it or `optional` names it; what is not given is UNSET. Versioned entities also
    take `commit` and `handleId`."""
    fields: dict[str, Any] = {}
    for field in _writable(entity, without):
        type_ = _nested(field.type, maps or {})
        fields[field.name] = type_ | UnsetType if field.name in optional or not field.required else type_
    return record(name, _versioned(entity, without, "commit", "handle_id") | fields)


def partial(entity: type[Struct], name: str, *, without: Collection[str] = (), maps: MapForms | None = None) -> Form:
    """The body that changes an entity: every field optional, id lists and maps with their operators. `without` names
    the fields that never change; versioned entities also take `commit`."""
    fields = {field.name: _patch(field.type, maps or {}) | UnsetType for field in _writable(entity, without)}
    return record(name, _versioned(entity, without, "commit") | fields)


def merged(name: str, *forms: Form) -> Form:
    """One form with the fields of all; where two have the same field, the first one's counts."""
    fields: dict[str, Any] = {}
    for form in forms:
        fields |= {f.name: f.type for f in msgspec.structs.fields(form) if f.name not in fields}
    return record(name, fields)


def extended(form: type[msgspec.Struct], name: str, fields: Mapping[str, Any]) -> Form:
    """A form or an entity with more fields, such as an entity with what `expand` adds to it."""
    return merged(name, form, record(f"{name}Extra", fields))


def envelope(**fields: Any) -> Form:
    """The object round an answer: its keys are wire names, and the document shows it without a name of its own."""
    return record(ENVELOPE, fields)


def filter_form(name: str, filters: Iterable[Filter], *, least: int | None = None) -> Form:
    """The struct of a list's `filter` query: every key optional, those with `many` one value or `least` to `most`."""
    return record(name, {each.name: _filter_type(each, least) | UnsetType for each in filters})


def values(form: msgspec.Struct) -> dict[str, Any]:
    """What a body gave, as JSON builtins by wire name, without `commit` and `handleId`, which are no values of the
    entity but of the write: read them from the form."""
    given: dict[str, Any] = msgspec.to_builtins(form)
    return {name: value for name, value in given.items() if name not in ("commit", "handleId")}


def _field(name: str, type_: Any) -> tuple[str, Any] | tuple[str, Any, Any]:
    if name.startswith("$"):
        return name[1:], type_, msgspec.field(name=name, default=UNSET)
    return (name, type_, UNSET) if optional(type_) else (name, type_)


def _writable(entity: type[Struct], without: Collection[str]) -> Iterator[FieldInfo]:
    for field in msgspec.structs.fields(entity):
        if not _marks(field.type).get("derived") and field.name not in without:
            yield field


def _versioned(entity: type[Struct], without: Collection[str], *names: str) -> dict[str, Any]:
    types: dict[str, Any] = {"commit": Number | UnsetType, "handle_id": str | UnsetType}
    return {n: types[n] for n in names if issubclass(entity, Versioned) and n not in without}


def _marks(type_: Any) -> dict[str, Any]:
    """The markers of core/fields.py on a field's type."""
    found: dict[str, Any] = {}
    for each in (type_, *members(type_)):
        for meta in getattr(each, "__metadata__", ()):
            found |= meta.extra or {}
    return found


def _nested(type_: Any, maps: MapForms) -> Any:
    """The type that a create takes for a field: a map of entities becomes a map of their create forms."""
    value = _map_value(type_)
    return _map_of(maps[value][0]) if value in maps else type_


def _patch(type_: Any, maps: MapForms) -> Any:
    if _marks(type_).get("operators") == "list":
        return list[str] | IdListPatch
    value = _map_value(type_)
    return _map_patch(value.__name__, *maps[value]) if value in maps else type_


def _map_value(type_: Any) -> Any:
    if _marks(type_).get("operators") != "map":
        return None
    return get_args(get_args(type_)[0])[1]


@cache
def _map_patch(name: str, new: Form, change: Form) -> Form:
    fields = {"$add": _map_of(new), "$remove": list[str], "$replace": _map_of(new), "$update": _map_of(change)}
    return record(f"{name}MapPatch", {word: type_ | UnsetType for word, type_ in fields.items()}, closed=True)


def _filter_type(each: Filter, least: int | None) -> Any:
    if each.test == "labels":
        return Labels
    count = Meta(min_length=least, max_length=each.most)
    many: Any = Annotated[_list_of(each.type), count]
    type_ = each.type | many if each.many else each.type
    return type_ | None if each.nullable else type_


def _map_of(value: Any) -> Any:
    return dict[str, value]


def _list_of(value: Any) -> Any:
    return list[value]
