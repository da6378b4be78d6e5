"""The OpenAPI document of the drawings' API, made from its operations and the forms of their bodies and queries."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from nunatak import __version__
from nunatak.api.cognite.operation import Operation

_PROJECT = {
    "name": "project",
    "in": "path",
    "required": True,
    "description": "The organization's name in addresses, or its id.",
    "schema": {"type": "string"},
}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0, "maximum": 2**53 - 1}}
_REFUSALS = {
    400: "The request is not as documented, or names things that aren't there (`missing`).",
    401: "The token opens nothing, or not this project.",
    403: "The token's permission is too small.",
    404: "There is no such thing for this token.",
    409: "Something of this name is there already (`duplicated`).",
    413: "The body is too large.",
    415: "The body is no JSON.",
    429: "There were too many requests.",
    503: "Something that the work needs is away for a moment.",
}
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "missing": {"type": "array", "items": {"type": "object"}},
                "duplicated": {"type": "array", "items": {"type": "object"}},
                "errors": {"type": "array", "items": {"type": "string"}},
            },
        }
    },
}

_ABOUT = """\
Files, the tags that are found on drawings, and pages with links: the calls that the `cognite-sdk` makes.

Send an API key, `id:secret`, as `Authorization: Bearer`. A project is an organization's name in addresses: `default`
after the first start of a server. Times are milliseconds since 1970."""


def document(inner: Iterable[Operation], outer: Iterable[Operation]) -> dict[str, Any]:
    """The document: `inner` operations belong to a project, `outer` ones to none."""
    named = [(f"/api/v1/projects/{{project}}{_path(one)}", one, [_PROJECT]) for one in inner]
    named += [(f"/api/v1{_path(one)}", one, []) for one in outer]
    forms = list(dict.fromkeys(one.body for _, one, _ in named if one.body is not None))
    schemas, components = msgspec.json.schema_components(forms, ref_template="#/components/schemas/{name}")
    by_form = dict(zip(forms, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for path, one, parameters in named:
        body = None if one.body is None else by_form[one.body]
        paths.setdefault(path, {})[one.method.lower()] = _told(path, one, parameters, body)
    return {
        "openapi": "3.1.0",
        "info": {"title": "nunatak: drawings", "version": __version__, "description": _ABOUT},
        "paths": paths,
        "components": {
            "schemas": {**components, "Error": _ERROR},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _path(one: Operation) -> str:
    return one.path.replace("{}", "{id}")


def _told(path: str, one: Operation, parameters: Sequence[dict[str, Any]], body: Any) -> dict[str, Any]:
    found = [*parameters, *([_ID] if path.endswith("{id}") else []), *_query(one)]
    told: dict[str, Any] = {
        "operationId": f"{one.handler.__module__.rpartition('.')[2]}_{one.handler.__name__}",
        "tags": [one.path.strip("/").partition("/")[0]],
        "summary": inspect.getdoc(one.handler),
        "parameters": found,
        "responses": {str(one.status): _answer("The answer.", {"type": "object"})}
        | {str(status): _answer(words, {"$ref": "#/components/schemas/Error"}) for status, words in _REFUSALS.items()},
    }
    if body is not None:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return told


def _answer(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _query(one: Operation) -> list[dict[str, Any]]:
    if one.query is None:
        return []
    _, components = msgspec.json.schema_components([one.query], ref_template="{name}")
    (form,) = components.values()
    return [{"name": name, "in": "query", "schema": schema} for name, schema in form["properties"].items()]
