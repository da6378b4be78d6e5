"""The OpenAPI 3.1 document, made from the operations and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from nunatak.api.icepanel.errors import Error
from nunatak.api.icepanel.operation import Operation
from nunatak.api.icepanel.schema import Schema, Schemas, is_struct
from nunatak.api.wire.shapes import listed, optional

_SECURITY: dict[str, Schema] = {
    "ApiKeyAuth": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "`id:secret`"},
    "ApiKeyAuthorization": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`ApiKey id:secret`",
    },
    "BearerAuth": {"type": "http", "scheme": "bearer"},
}
_STATUSES = {
    400: "The request can't be read",
    401: "No credentials, or wrong ones",
    403: "The caller may not do this",
    404: "There is no such thing, or not for this caller",
    405: "The path doesn't take this method",
    409: "The thing has moved on, or something stands in the way",
    413: "The request is too large",
    422: "The request breaks a rule; `errors` names the fields",
    429: "Too many requests; Retry-After says when to come back",
    500: "A fault of the server; the log has it under `requestId`",
    503: "Not now; the same request may pass later",
}
_OF_WRITES = frozenset({409})
_OF_KNOWN = frozenset({401, 403})


def document(operations: Iterable[Operation], *, version: str, server: str = "/v1") -> dict[str, Any]:
    """The document of these operations, in their order, schemas by name. `server` is the path that the API stands
    under. Raises ValueError when two structs have one name."""
    schemas = Schemas()
    error = schemas.of(Error)
    paths: dict[str, Any] = {}
    for each in operations:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "nunatak", "version": version, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": server}],
        "security": [{name: []} for name in _SECURITY],
        "paths": paths,
        "components": {
            "securitySchemes": _SECURITY,
            "responses": {name: response for status in _STATUSES for name, response in _errors(status, error)},
            "schemas": dict(sorted(schemas.found.items())),
        },
    }


def _errors(status: int, error: Schema) -> Iterator[tuple[str, Schema]]:
    yield f"Error{status}", {"description": _STATUSES[status], "content": {"application/json": {"schema": error}}}
    yield f"Head{status}", {"description": _STATUSES[status]}


def _operation(operation: Operation, schemas: Schemas) -> Schema:
    shown: Schema = {"operationId": operation.id, "tags": [operation.family]}
    if operation.title:
        shown["summary"] = operation.title.rstrip(".")
    if parameters := [*_path_parameters(operation), *_query_parameters(operation, schemas)]:
        shown["parameters"] = parameters
    if operation.body is not None:
        shown["requestBody"] = _request(operation, schemas)
    shown["responses"] = {str(operation.status): _answer(operation, schemas)} | _refusals(operation)
    return shown | _flags(operation)


def _flags(operation: Operation) -> Schema:
    flags: Schema = {}
    if operation.anonymous:
        flags["security"] = []
    if operation.deprecated:
        flags["deprecated"] = True
    if operation.readonly:
        flags["x-readonly-override"] = True
    if operation.own:
        flags["x-nunatak"] = True
    return flags


def _path_parameters(operation: Operation) -> Iterator[Schema]:
    for name in operation.parameters:
        about = {"description": "An id, or `latest`"} if name == "versionId" else {}
        yield {"name": name, "in": "path", "required": True, **about, "schema": {"type": "string"}}


def _query_parameters(operation: Operation, schemas: Schemas) -> Iterator[Schema]:
    if operation.query is None:
        return
    for each in msgspec.structs.fields(operation.query):
        parameter: Schema = {"name": each.encode_name, "in": "query", "required": not optional(each.type)}
        schema = schemas.of(each.type)
        if is_struct(each.type):
            parameter |= {"style": "deepObject", "explode": True}
        elif listed(each.type) is not None:
            parameter |= {"style": "form", "explode": True}
        if schema.get("x-nunatak"):
            parameter["x-nunatak"] = True
        yield parameter | {"schema": schema}


def _request(operation: Operation, schemas: Schemas) -> Schema:
    schema = schemas.of(operation.body)
    content = {media: {"schema": schema} for media in operation.body_types}
    return {"required": not operation.body_optional, "content": content}


def _answer(operation: Operation, schemas: Schemas) -> Schema:
    if operation.media is None:
        return {"description": "Done"}
    schema = {"type": "string"} if isinstance(operation.answer, str) else schemas.of(operation.answer)
    return {"description": "The answer", "content": {operation.media: {"schema": schema}}}


def _refusals(operation: Operation) -> Schema:
    """The error answers an operation may give, by reference."""
    word = "Head" if operation.method == "HEAD" else "Error"
    left = {405} | (_OF_KNOWN if operation.anonymous else set())
    if operation.method in ("GET", "HEAD"):
        left |= _OF_WRITES
    return {
        str(status): {"$ref": f"#/components/responses/{word}{status}"} for status in _STATUSES if status not in left
    }
