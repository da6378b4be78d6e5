"""The fingerprint of an OpenAPI document: its operations and types in a compact form of our own, to compare two by.

    python scripts/fingerprint.py DOCUMENT.json [tests/contract/icepanel.json]

A type is one of
    "string" "number" "integer" "boolean" "null" "any" "date-time"
    "@Name"                                   an object of `types`
    {"words": ["a", "b"]}                     an enum of strings; null stands beside it, in "one of"
    {"of": type, <limit>: n, …}               a type with limits (minLength, maximum, …)
    {"list": type, "maxItems"?: n}            {"map": type, "maxProperties"?: n}
    {"one of": [type, …]}                     flattened and sorted, so that no spelling of a union matters
    {"fields": {name: field, …}, "closed"?: true}
and a field is [type] when it must be there, [type, "may"] when it may be missing, [type, "always"] when it may be
missing in a body but older clients need it in an answer; "own" at the end marks what isn't in the contract.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

METHODS = ("get", "head", "post", "put", "patch", "delete")
LIMITS = (
    "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
)  # fmt: skip
SIZES = ("minItems", "maxItems", "minProperties", "maxProperties")

Json = dict[str, Any]


def fingerprint(document: Json) -> Json:
    """The fingerprint of a document: {"operations": {id: …}, "types": {name: …}}, sorted by name."""
    schemas = document["components"]["schemas"]
    operations = {
        operation["operationId"]: _operation(document, method, path, item)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }
    types = {
        name: kind for name in schemas if isinstance(kind := _type(schemas[name], schemas), dict) and "fields" in kind
    }
    return {"operations": dict(sorted(operations.items())), "types": dict(sorted(types.items()))}


def _operation(document: Json, method: str, path: str, item: Json) -> Json:
    operation, schemas = item[method], document["components"]["schemas"]
    found: Json = {"at": f"{method.upper()} {path}"}
    parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
    query = {each["name"]: _parameter(each, schemas) for each in parameters if each.get("in") == "query"}
    if query:
        found["query"] = dict(sorted(query.items()))
    if "requestBody" in operation:
        body = operation["requestBody"]
        found["body"] = _field(_content(body["content"], schemas), "" if body.get("required") else "may")
        if more := sorted(set(body["content"]) - {"application/json"}):
            found["also takes"] = more
    success, answer = next((code, each) for code, each in operation["responses"].items() if code.startswith("2"))
    found["answer"] = _content(answer["content"], schemas) if "content" in answer else "nothing"
    found["refusals"] = sorted(int(code) for code in operation["responses"] if code != success)
    for word, is_so in (
        ("anonymous", operation.get("security") == []),
        ("for readers", bool(operation.get("x-readonly-override"))),
        ("own", bool(operation.get("x-nunatak"))),
    ):
        if is_so:
            found[word] = True
    return found


def _parameter(parameter: Json, schemas: Json) -> list[Any]:
    own = "own" if parameter.get("x-nunatak") else ""
    return _field(_type(parameter["schema"], schemas), "" if parameter.get("required") else "may", own)


def _content(content: Json, schemas: Json) -> Any:
    media = "application/json" if "application/json" in content else next(iter(content))
    return _type(content[media]["schema"], schemas) if media == "application/json" else media


def _field(kind: Any, *words: str) -> list[Any]:
    return [kind, *(word for word in words if word)]


def _type(schema: Any, schemas: Json) -> Any:
    """The type of a schema. References to objects stay names, all others are followed."""
    if schema is True or schema == {}:
        return "any"
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"@{name}" if _has_fields(schemas[name]) else _type(schemas[name], schemas)
    if "allOf" in schema:
        return _whole(schema, schemas)
    return _one_of(list(_alternatives(schema, schemas)))


def _has_fields(schema: Json) -> bool:
    """Whether a schema is an object of its own, not another name for something else."""
    return "properties" in schema or len(schema.get("allOf", ())) > 1


def _whole(schema: Json, schemas: Json) -> Any:
    """The one object that an allOf comes to."""
    parts = [*schema["allOf"], *([schema] if "properties" in schema else [])]
    if len(parts) == 1:
        return _type(parts[0], schemas)
    fields: Json = {}
    for part in parts:
        while "$ref" in part:
            part = schemas[part["$ref"].rpartition("/")[2]]
        found = _whole(part, schemas) if "allOf" in part else _fields(part, schemas)
        fields |= found["fields"]
    return {"fields": dict(sorted(fields.items()))}


def _alternatives(schema: Json, schemas: Json) -> Iterator[Any]:
    """The members of a union, whichever way it is written."""
    if several := schema.get("anyOf") or schema.get("oneOf"):
        for each in several:
            yield from _members(_type(each, schemas))
        return
    kinds = schema.get("type", "object" if "properties" in schema else "any")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        yield from _members(_single(schema, kind, schemas))


def _single(schema: Json, kind: str, schemas: Json) -> Any:
    words = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if words is not None and kind != "null":
        return {"words": sorted(word for word in words if word is not None)}
    if kind == "array":
        return {"list": _type(schema.get("items", {}), schemas)} | _limits(schema, SIZES)
    if kind == "object" and "properties" in schema:
        return _fields(schema, schemas)
    if kind == "object":
        return {"map": _type(schema.get("additionalProperties", {}), schemas)} | _limits(schema, SIZES)
    plain = "date-time" if schema.get("format") == "date-time" else kind
    limits = _limits(schema, LIMITS)
    return {"of": plain} | limits if limits and kind != "null" else plain


def _fields(schema: Json, schemas: Json) -> Json:
    needed, always = set(schema.get("required", ())), set(schema.get("x-required-by-sdk-0.1.6", ()))
    fields = {}
    for name, each in sorted(schema["properties"].items()):
        word = "" if name in needed else "always" if name in always else "may"
        own = "own" if isinstance(each, dict) and each.get("x-nunatak") else ""
        fields[name] = _field(_type(each, schemas), word, own)
    return {"fields": fields} | ({"closed": True} if schema.get("additionalProperties") is False else {})


def _limits(schema: Json, names: tuple[str, ...]) -> Json:
    return {name: schema[name] for name in names if name in schema}


def _members(kind: Any) -> list[Any]:
    return list(kind["one of"]) if isinstance(kind, dict) and "one of" in kind else [kind]


def _one_of(kinds: list[Any]) -> Any:
    """A union in its normal form: words in one enum, whole numbers inside numbers, each member once, sorted."""
    words = sorted({word for kind in kinds if isinstance(kind, dict) and "words" in kind for word in kind["words"]})
    rest = [kind for kind in kinds if not (isinstance(kind, dict) and "words" in kind)]
    if "number" in rest or any(isinstance(kind, dict) and kind.get("of") == "number" for kind in rest):
        rest = [
            kind for kind in rest if kind != "integer" and not (isinstance(kind, dict) and kind.get("of") == "integer")
        ]
    every = {json.dumps(kind, sort_keys=True): kind for kind in [*rest, *([{"words": words}] if words else [])]}
    found = [every[key] for key in sorted(every)]
    return found[0] if len(found) == 1 else {"one of": found}


def main(arguments: list[str]) -> None:
    """Reads the document that the first argument names and writes its fingerprint where the second says."""
    source = Path(arguments[0])
    target = Path(arguments[1] if len(arguments) > 1 else "tests/contract/icepanel.json")
    found = fingerprint(json.loads(source.read_text(encoding="utf-8")))
    lines = [
        f" {json.dumps(part)}: {{\n"
        + ",\n".join(
            f"  {json.dumps(name)}: {json.dumps(each, separators=(',', ':'))}" for name, each in found[part].items()
        )
        + "\n }"
        for part in ("operations", "types")
    ]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{target}: {len(found['operations'])} operations, {len(found['types'])} types")


if __name__ == "__main__":
    main(sys.argv[1:])
