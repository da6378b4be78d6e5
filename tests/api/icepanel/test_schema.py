from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
import pytest
from jsonschema import Draft202012Validator
from msgspec import Meta, UnsetType

from nunatak.api.icepanel.forms import envelope
from nunatak.api.icepanel.schema import Schemas, is_struct
from nunatak.core.fields import Coordinate, Labels, Own


class Leaf(msgspec.Struct, kw_only=True, rename="camel"):
    """A leaf of
    the tree."""

    own_name: str = ""
    maybe: int | UnsetType = msgspec.UNSET


class Tree(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    leaves: dict[str, Leaf]
    trees: list[Tree] | None


class Tagged(msgspec.Struct, tag="t", tag_field="type"):
    x: int


@pytest.mark.parametrize(
    ("type_", "schema"),
    [
        (str, {"type": "string"}),
        (Annotated[str, Meta(max_length=5, min_length=1)], {"type": "string", "minLength": 1, "maxLength": 5}),
        (int | float, {"type": "number"}),
        (Coordinate, {"type": "number", "minimum": -1_000_000, "maximum": 1_000_000}),
        (str | None, {"type": ["string", "null"]}),
        (str | UnsetType, {"type": "string"}),
        (Literal["b", "a"], {"type": "string", "enum": ["b", "a"]}),
        (Literal["a"] | None, {"type": ["string", "null"], "enum": ["a", None]}),
        (datetime, {"type": "string", "format": "date-time"}),
        (list[bool], {"type": "array", "items": {"type": "boolean"}}),
        (dict[str, Any], {"type": "object", "additionalProperties": True}),
        (
            Labels,
            {"type": "object", "additionalProperties": {"type": "string", "maxLength": 5000}, "maxProperties": 50},
        ),
        (str | list[str], {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
        (Own[str | UnsetType], {"type": "string", "x-nunatak": True}),
        (Leaf | None, {"anyOf": [{"$ref": "#/components/schemas/Leaf"}, {"type": "null"}]}),
    ],
)
def test_a_type_is_described(type_: Any, schema: dict[str, Any]) -> None:
    assert Schemas().of(type_) == schema
    Draft202012Validator.check_schema(schema)


def test_a_struct_is_a_component_whose_fields_are_required_unless_they_may_be_unset() -> None:
    schemas = Schemas()
    assert schemas.of(Leaf) == {"$ref": "#/components/schemas/Leaf"}
    assert schemas.found["Leaf"] == {
        "description": "A leaf of the tree.",
        "type": "object",
        "properties": {"ownName": {"type": "string"}, "maybe": {"type": "integer"}},
        "required": ["ownName"],
    }


def test_a_struct_may_hold_itself_and_be_closed() -> None:
    schemas = Schemas()
    schemas.of(Tree)
    assert schemas.found["Tree"]["properties"]["trees"]["items"] == {"$ref": "#/components/schemas/Tree"}
    assert schemas.found["Tree"]["additionalProperties"] is False
    assert set(schemas.found) == {"Tree", "Leaf"}


def test_a_tag_is_a_required_word() -> None:
    schema = Schemas().struct(Tagged)
    assert schema["properties"]["type"] == {"type": "string", "enum": ["t"]}
    assert schema["required"] == ["type", "x"]


def test_an_envelope_stands_in_place() -> None:
    schemas = Schemas()
    assert schemas.of(envelope(leaf=Leaf))["properties"] == {"leaf": {"$ref": "#/components/schemas/Leaf"}}
    assert set(schemas.found) == {"Leaf"}


def test_two_structs_of_one_name_are_refused() -> None:
    schemas = Schemas()
    schemas.of(Leaf)
    with pytest.raises(ValueError, match="two structs are called Leaf"):
        schemas.of(msgspec.defstruct("Leaf", [("x", int)]))


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        Schemas().of(complex)


def test_a_struct_is_seen_behind_unset() -> None:
    assert is_struct(Leaf | UnsetType)
    assert not is_struct(list[Leaf])
