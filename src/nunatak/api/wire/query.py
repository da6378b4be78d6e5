"""Queries: deepObject keys and four spellings of lists, read into typed structs.

Keys that the type doesn't know are ignored, so that newer clients work with older servers; values that a known key
can't take are refused. An empty value asks for null where null is allowed, is the empty string for a string, and
counts as not given anywhere else. A comma parts the values of a list, encoded or not: lists hold ids and words, which
have none, and clients that join them by commas differ in what they encode.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from types import NoneType
from typing import Any, TypeVar, cast
from urllib.parse import unquote_plus

import msgspec
from msgspec import UNSET
from msgspec.structs import FieldInfo

from nunatak.api.wire.faults import Malformed, refusal
from nunatak.api.wire.limits import USUAL, Limits
from nunatak.api.wire.shapes import bare, listed, mapped, members, struct_of
from nunatak.core.errors import Invalid, TooLarge

T = TypeVar("T")

DEEPEST = 5


@dataclass(kw_only=True)
class Node:
    """One place in a query: the values given there, and the places below it by bracket."""

    values: list[str] = field(default_factory=list)
    below: dict[str, Node] = field(default_factory=dict)

    def at(self, name: str) -> Node:
        """The place below of this name, made if need be."""
        return self.below.setdefault(name, Node())


def decode_query(raw: str | bytes, type_: type[T], *, lifted: Collection[str] = (), limits: Limits = USUAL) -> T:
    """The query string (without "?") as a struct. `lifted` names keys that older clients send as `filter[key]` and
    newer ones as `key`. Raises TooLarge, Malformed for a broken encoding, and Invalid naming each key
    ("query.filter.type: …")."""
    root = parsed(raw, limits)
    for name in lifted:
        if name not in root.below and "filter" in root.below and name in root.below["filter"].below:
            root.below[name] = root.below["filter"].below.pop(name)
            if not root.below["filter"].below and not root.below["filter"].values:
                del root.below["filter"]
    tree = _struct(root, type_, "query")
    try:
        return msgspec.convert(tree, type_)
    except msgspec.ValidationError:
        raise refusal(tree, type_, "query") from None


def parsed(raw: str | bytes, limits: Limits = USUAL) -> Node:
    """The query as a tree, before any type is known."""
    if len(raw) > limits.query:
        raise TooLarge(f"The query holds {len(raw)} bytes; at most {limits.query} are taken")
    pairs = [pair for pair in _text(raw).split("&") if pair]
    if len(pairs) > limits.keys:
        raise TooLarge(f"The query holds {len(pairs)} keys; at most {limits.keys} are taken")
    root = Node()
    for pair in pairs:
        key, _, value = pair.partition("=")
        place = root
        for name in _path(key):
            place = place.at(name)
        place.values.append(_unquoted(value))
    return root


def _text(raw: str | bytes) -> str:
    try:
        return raw if isinstance(raw, str) else raw.decode()
    except UnicodeDecodeError:
        raise Malformed("query: not UTF-8", ("query: not UTF-8",)) from None


def _unquoted(text: str) -> str:
    try:
        if re.search(r"%(?![0-9A-Fa-f]{2})", text):
            raise ValueError
        plain = unquote_plus(text, errors="strict")
    except ValueError:
        fault = f"query: broken percent-encoding in {text[:60]!r}"
        raise Malformed(fault, (fault,)) from None
    if "\0" in plain:
        raise Invalid("query: a NUL character is not allowed", ("query: a NUL character is not allowed",))
    return plain


def _path(key: str) -> list[str]:
    """`a[b][c]` as ["a", "b", "c"]; brackets that are encoded count only where there are no plain ones."""
    path = _brackets(key)
    names = [_unquoted(name) for name in path] if path and len(path) > 1 else _brackets(_unquoted(key))
    names = names or [_unquoted(key)]
    if len(names) > DEEPEST:
        fault = f"query.{names[0]}: nested deeper than {DEEPEST}"
        raise Invalid(fault, (fault,))
    return names


def _brackets(key: str) -> list[str] | None:
    """The names between the brackets. The last may hold brackets itself, as the keys of labels may."""
    name, bracket, rest = key.partition("[")
    names, rest = [name], bracket + rest
    while rest:
        plain = re.match(r"\[([^\[\]]*)\](?=\[|$)", rest)
        if plain is None and not (rest.startswith("[") and rest.endswith("]")):
            return None
        names.append(plain[1] if plain else rest[1:-1])
        rest = rest[plain.end() :] if plain else ""
    return names


def _struct(node: Node, struct: type[Any], path: str) -> dict[str, Any]:
    tree = {}
    for each in _fields(cast(Hashable, struct)):
        if each.encode_name in node.below:
            value = _value(node.below[each.encode_name], each.type, f"{path}.{each.encode_name}")
            if value is not UNSET:
                tree[each.encode_name] = value
    return tree


@lru_cache(maxsize=512)
def _fields(struct: Any) -> tuple[FieldInfo, ...]:
    """A struct's fields; kept, because resolving annotations takes longer than reading a query."""
    return msgspec.structs.fields(struct)


def _value(node: Node, type_: Any, path: str) -> Any:
    """What a place holds, as the JSON builtin nearest to the type; UNSET for nothing. What fits no type is handed on,
    so that decoding refuses it by name."""
    struct, of_map, of_list = struct_of(type_), mapped(type_), listed(type_)
    if of_list is not None and _is_list(node):
        return _items(node, of_list)
    if node.below and struct is not None:
        return _struct(node, struct, path)
    if node.below:
        return {name: _value(each, of_map or str, f"{path}.{name}") for name, each in node.below.items()}
    if len(node.values) > 1:
        raise Invalid(f"{path}: given more than once", (f"{path}: given more than once",))
    return _scalar(node.values[0], type_)


def _is_list(node: Node) -> bool:
    return all(name == "" or (name.isdecimal() and len(name) <= 4) for name in node.below)


def _items(node: Node, type_: Any) -> Any:
    ordered = sorted(node.below.items(), key=lambda entry: (entry[0] == "", int(entry[0] or 0)))
    values = [*node.values, *(value for _, each in ordered for value in each.values)]
    items = [_scalar(piece, type_) for value in values for piece in value.split(",")]
    return [item for item in items if item is not UNSET] or UNSET


def _scalar(text: str, type_: Any) -> Any:
    kinds = [bare(each) for each in members(type_)]
    if NoneType in kinds and text in ("", "null"):
        return None
    if str in kinds:
        return text
    if text == "":
        return UNSET
    if bool in kinds and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if int in kinds and re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    if float in kinds and re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", text):
        return float(text)
    return text
