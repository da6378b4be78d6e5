"""Faults: which fields of a request don't fit their type, each by its real path and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from nunatak.api.wire.shapes import is_union, listed, mapped, structs_of, words_of
from nunatak.core.errors import Invalid, Refusal

MOST_FAULTS = 20
_SHOWN = 60

_NAMES = {
    "str": "a string",
    "int": "an integer",
    "float": "a number",
    "int | float": "a number",
    "bool": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
}
_UNITS = {"str": "characters", "array": "items", "object": "entries"}
_BOUNDS = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"}


class Malformed(Invalid):
    """The request can't be read at all: broken JSON, a broken percent-encoding."""

    code = "malformed"


def again(refusal: Refusal) -> dict[str, str]:
    """The header that says when the same request may pass, where waiting helps."""
    return {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}


def refusal(value: Any, type_: Any, root: str) -> Invalid:
    """Why a decoded JSON value doesn't fit a type: up to 20 faults, each named from `root` ("body", "query")."""
    found = tuple(islice(faults(value, type_, root), MOST_FAULTS))
    return Invalid(found[0] if found else f"{root}: not valid", found)


def faults(value: Any, type_: Any, path: str) -> Iterator[str]:
    """The faults of a value, deepest first named: "body.objects.abc.x: expected a number, got the string 'a'"."""
    type_ = _decoded(type_)
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        inner = list(islice(_inside(value, type_, path), MOST_FAULTS))
        yield from inner or [f"{path}: {_words(str(error), value, type_)}"]


def _decoded(type_: Any) -> Any:
    """The type, where it is a list of JSON texts kept as they came, as a list of what they are decoded."""
    if get_origin(type_) is Annotated:
        inner, *metadata = get_args(type_)
        return Annotated[(_decoded(inner), *metadata)]
    if is_union(type_):
        return Union[tuple(_decoded(each) for each in get_args(type_))]  # noqa: UP007
    return list[Any] if get_origin(type_) is list and get_args(type_) == (msgspec.Raw,) else type_


def _inside(value: Any, type_: Any, path: str) -> Iterator[str]:
    structs, of_map, of_list = structs_of(type_), mapped(type_), listed(type_)
    if isinstance(value, dict) and structs:
        yield from _chosen(value, structs, path)
    elif isinstance(value, dict) and of_map is not None:
        for key, each in value.items():
            yield from faults(each, of_map, f"{path}.{key[:_SHOWN]}")
    elif isinstance(value, list) and of_list is not None:
        for index, each in enumerate(value):
            yield from faults(each, of_list, f"{path}[{index}]")


def _chosen(value: dict[str, Any], structs: list[type[msgspec.Struct]], path: str) -> Iterator[str]:
    """The faults of the struct that the value's tag names."""
    tag = structs[0].__struct_config__.tag_field
    if tag is None:
        yield from _fields(value, structs[0], path)
        return
    known = {each.__struct_config__.tag: each for each in structs}
    given = value.get(tag)
    if isinstance(given, str) and given in known:
        yield from _fields(value, known[given], path)
    elif tag in value:
        yield f"{path}.{tag}: expected one of {', '.join(map(str, known))}; got {_shown(given)}"
    else:
        yield f"{path}.{tag}: required"


def _fields(value: dict[str, Any], struct: type[msgspec.Struct], path: str) -> Iterator[str]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    for name, field in fields.items():
        if name in value:
            yield from faults(value[name], field.type, f"{path}.{name}")
        elif field.required:
            yield f"{path}.{name}: required"
    if struct.__struct_config__.forbid_unknown_fields:
        expected = ", ".join(fields)
        known = {*fields, struct.__struct_config__.tag_field}
        yield from (f"{path}.{key[:_SHOWN]}: unknown, expected {expected}" for key in value if key not in known)


def _words(message: str, value: Any, type_: Any) -> str:
    """msgspec's message in the words of a person who knows JSON and not our types."""
    message = re.sub(r" - at `.*`$", "", message)
    if message.startswith("Invalid enum value"):
        return f"expected one of {', '.join(words_of(type_))}; got {_shown(value)}"
    if found := re.fullmatch(r"Expected `(\w+)` of length (<=|>=) (\d+)", message):
        return f"expected {_BOUNDS[found[2]]} {found[3]} {_UNITS.get(found[1], 'characters')}, got {len(value)}"
    if found := re.fullmatch(r"Expected `(?:int|float)` (<=|>=|<|>) (\S+)", message):
        return f"expected a number of {_BOUNDS[found[1]]} {found[2].removesuffix('.0')}, got {_shown(value)}"
    if found := re.fullmatch(r"Expected `(.+)`, got `(.+)`", message):
        return f"expected {_name(found[1])}, got {_shown(value)}"
    if message.startswith("Invalid RFC3339"):
        return f"expected a date and time such as 2026-01-31T12:00:00Z, got {_shown(value)}"
    return message[:1].lower() + message[1:]


def _name(types: str) -> str:
    types = types.replace("int | float", "float")
    return " or ".join(dict.fromkeys(_NAMES.get(each, each) for each in types.split(" | ")))


def _shown(value: Any) -> str:
    if isinstance(value, str):
        text = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        return f"the string {text!r}"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return str(msgspec.json.encode(value), "utf-8")[:_SHOWN]
