"""Reading type annotations: what a field may hold, and whether it may stay off the wire."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType


def bare(type_: Any) -> Any:
    """The type without its annotations."""
    while get_origin(type_) is Annotated:
        type_ = get_args(type_)[0]
    return type_


def members(type_: Any) -> tuple[Any, ...]:
    """The members of a union (itself, for any other type), annotations of the members kept."""
    if get_origin(type_) is Annotated and is_union(bare(type_)):
        type_ = bare(type_)
    return get_args(type_) if is_union(type_) else (type_,)


def is_union(type_: Any) -> bool:
    """Whether the type is written as a union, in either spelling."""
    return get_origin(type_) in (Union, UnionType)


def optional(type_: Any) -> bool:
    """Whether a field of this type may stay off the wire."""
    return UnsetType in members(type_)


def structs_of(type_: Any) -> list[type[msgspec.Struct]]:
    """The structs among the members of a type; more than one differ by their tags."""
    return [each for each in map(bare, members(type_)) if isinstance(each, type) and issubclass(each, msgspec.Struct)]


def struct_of(type_: Any) -> type[msgspec.Struct] | None:
    """The first struct among the members of a type."""
    return next(iter(structs_of(type_)), None)


def mapped(type_: Any) -> Any:
    """The value type of the mapping among the members of a type, or None."""
    return next((get_args(each)[1] for each in map(bare, members(type_)) if get_origin(each) is dict), None)


def listed(type_: Any) -> Any:
    """The item type of the list among the members of a type, or None."""
    return next((get_args(each)[0] for each in map(bare, members(type_)) if get_origin(each) is list), None)


def words_of(type_: Any) -> tuple[str, ...]:
    """The literal words that a type allows, those of its list items included."""
    found: list[str] = []
    for each in map(bare, members(type_)):
        if get_origin(each) is Literal:
            found += [str(word) for word in get_args(each)]
    return tuple(found) or (words_of(listed(type_)) if listed(type_) is not None else ())
