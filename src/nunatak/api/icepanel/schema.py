"""JSON Schema of our types, as OpenAPI 3.1 takes it: a struct becomes a named component, all else stands in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Meta, UnsetType

from nunatak.api.icepanel.forms import ENVELOPE
from nunatak.api.wire.shapes import bare, is_union, members, optional

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    bytes: {"type": "string", "format": "byte"},
    datetime: {"type": "string", "format": "date-time"},
    NoneType: {"type": "null"},
    Any: {},
    object: {},
}
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum", "pattern": "pattern"}
_SIZES = {"string": "Length", "array": "Items", "object": "Properties"}


@dataclass(kw_only=True)
class Schemas:
    """The components of one document, filled while types are described."""

    found: dict[str, Schema] = field(default_factory=dict)
    owners: dict[str, type[msgspec.Struct]] = field(default_factory=dict)

    def of(self, type_: Any) -> Schema:
        """The schema of a type. A field is required unless its type admits UnsetType: answers always say all such
        fields, and forms have UNSET for all that may be left out. Raises ValueError when two different structs have
        one name, TypeError for a type that JSON can't say."""
        if get_origin(type_) is Annotated:
            return _limited(self.of(get_args(type_)[0]), [m for m in get_args(type_)[1:] if isinstance(m, Meta)])
        if is_union(type_):
            return _union([self.of(each) for each in members(type_) if each is not UnsetType])
        if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
            return self.struct(type_) if type_.__name__ == ENVELOPE else self._reference(type_)
        return self._plain(type_)

    def struct(self, struct: type[msgspec.Struct]) -> Schema:
        """The schema of a struct, in place."""
        fields = msgspec.structs.fields(struct)
        config = struct.__struct_config__
        tag = {config.tag_field: {"type": "string", "enum": [config.tag]}} if config.tag_field else {}
        needed = [*tag, *(each.encode_name for each in fields if not optional(each.type))]
        properties = tag | {each.encode_name: self.of(each.type) for each in fields}
        schema: Schema = {"type": "object", "properties": properties}
        if doc := (struct.__dict__.get("__doc__") or "").strip():
            schema = {"description": " ".join(doc.split()), **schema}
        if needed:
            schema["required"] = sorted(needed)
        if config.forbid_unknown_fields:
            schema["additionalProperties"] = False
        return schema

    def _reference(self, struct: type[msgspec.Struct]) -> Schema:
        name = struct.__name__
        if self.owners.setdefault(name, struct) is not struct:
            raise ValueError(f"two structs are called {name}")
        if name not in self.found:
            self.found[name] = {}
            self.found[name] = self.struct(struct)
        return {"$ref": f"#/components/schemas/{name}"}

    def _plain(self, type_: Any) -> Schema:
        origin, args = get_origin(type_), get_args(type_)
        if origin is Literal:
            return _words(list(args))
        if origin is list or type_ is list:
            return {"type": "array", "items": self.of(args[0]) if args else {}}
        if origin is dict or type_ is dict:
            inner = self.of(args[1]) if args else {}
            return {"type": "object", "additionalProperties": inner or True}
        if type_ in _PLAIN:
            return dict(_PLAIN[type_])
        raise TypeError(f"{type_!r} has no JSON schema")


def is_struct(type_: Any) -> bool:
    """Whether the type, UnsetType aside, is a struct."""
    return any(isinstance(each, type) and issubclass(each, msgspec.Struct) for each in map(bare, members(type_)))


def _words(words: list[Any]) -> Schema:
    kinds = ["string"] * any(word is not None for word in words) + ["null"] * (None in words)
    return {"type": kinds[0] if len(kinds) == 1 else kinds, "enum": words}


def _limited(schema: Schema, metas: list[Meta]) -> Schema:
    schema = dict(schema)
    for meta in metas:
        for name, word in _BOUNDS.items():
            if getattr(meta, name) is not None:
                schema[word] = getattr(meta, name)
        for name, prefix in (("min_length", "min"), ("max_length", "max")):
            if getattr(meta, name) is not None:
                schema[prefix + _SIZES[schema["type"]]] = getattr(meta, name)
        if meta.description:
            schema["description"] = meta.description
        schema |= meta.extra_json_schema or {}
    return schema


def _union(schemas: list[Schema]) -> Schema:
    """One schema for many: a number that may be whole is a number, null joins a plain type's list."""
    if any(each.get("type") == "number" for each in schemas):
        schemas = [each for each in schemas if each.get("type") != "integer"]
    if len(schemas) == 1:
        return schemas[0]
    null = {"type": "null"}
    rest = [each for each in schemas if each != null]
    if len(rest) == 1 and len(schemas) == 2 and isinstance(rest[0].get("type"), str):
        words = {"enum": [*rest[0]["enum"], None]} if "enum" in rest[0] else {}
        return {**rest[0], "type": [rest[0]["type"], "null"], **words}
    return {"anyOf": schemas}
