from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.fingerprint import fingerprint, main


def type_of(schema: Any, **schemas: Any) -> Any:
    document = {"paths": {}, "components": {"schemas": {**schemas, "It": {"properties": {"it": schema}}}}}
    return fingerprint(document)["types"]["It"]["fields"]["it"][0]


@pytest.mark.parametrize(
    "schemas",
    [
        [
            {"type": ["string", "null"]},
            {"anyOf": [{"type": "null"}, {"type": "string"}]},
            {"oneOf": [{"type": "string"}, {"type": "null"}]},
        ],
        [
            {"enum": ["b", "a"], "type": "string"},
            {"enum": ["a", "b"]},
            {"oneOf": [{"const": "a"}, {"enum": ["b"]}]},
            {"$ref": "#/x/Words"},
        ],
        [{"type": "number"}, {"anyOf": [{"type": "integer"}, {"type": "number"}]}],
        [{"$ref": "#/x/Thing"}, {"allOf": [{"$ref": "#/x/Thing"}]}, {"$ref": "#/x/Alias"}],
        [{"type": ["string", "null"], "enum": ["a", None]}, {"oneOf": [{"enum": ["a"]}, {"type": "null"}]}],
    ],
)
def test_one_type_has_one_fingerprint_however_it_is_spelled(schemas: list[Any]) -> None:
    named = {
        "Words": {"enum": ["b", "a"]},
        "Thing": {"properties": {"x": {"type": "string"}}},
        "Alias": {"allOf": [{"$ref": "#/x/Thing"}]},
    }
    assert len({json.dumps(type_of(each, **named)) for each in schemas}) == 1


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string", "maxLength": 5}, {"of": "string", "maxLength": 5}),
        ({"type": "string", "format": "date-time"}, "date-time"),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 3}, {"list": "string", "maxItems": 3}),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, {"map": "boolean"}),
        ({}, "any"),
        (
            {"allOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"properties": {"b": {}}}]},
            {"fields": {"a": ["string"], "b": ["any", "may"]}},
        ),
        (
            {"properties": {"a": {}}, "type": "object", "additionalProperties": False},
            {"fields": {"a": ["any", "may"]}, "closed": True},
        ),
    ],
)
def test_a_type_is_told_in_short(schema: Any, kind: Any) -> None:
    assert type_of(schema) == kind


def test_an_operation_is_told_in_short() -> None:
    operation = {
        "operationId": "tags.create",
        "parameters": [{"name": "filter", "in": "query", "schema": {"type": "string"}}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "string"}}}},
        "responses": {"200": {"content": {"text/plain": {"schema": {"type": "string"}}}}, "409": {}},
        "security": [],
    }
    assert fingerprint({"paths": {"/tags": {"post": operation}}, "components": {"schemas": {}}})["operations"] == {
        "tags.create": {
            "at": "POST /tags",
            "query": {"filter": ["string", "may"]},
            "body": ["string"],
            "answer": "text/plain",
            "refusals": [409],
            "anonymous": True,
        }
    }


def test_the_stored_contract_is_whole_and_small() -> None:
    path = Path(__file__).parent / "icepanel.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert len(stored["operations"]) == 175
    assert path.stat().st_size < 400_000


def test_the_script_writes_what_it_reads_back(tmp_path: Path) -> None:
    document = {"paths": {}, "components": {"schemas": {"A": {"properties": {"b": {"type": "string"}}}}}}
    (tmp_path / "document.json").write_text(json.dumps(document), encoding="utf-8")
    main([str(tmp_path / "document.json"), str(tmp_path / "print.json")])
    assert json.loads((tmp_path / "print.json").read_text(encoding="utf-8")) == fingerprint(document)
