"""The OpenAPI 3.1 document, made from the operations and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from nunatak.api.icepanel import messages
from nunatak.api.icepanel.errors import Error
from nunatak.api.icepanel.operation import Operation
from nunatak.api.icepanel.schema import Schema, Schemas, is_struct
from nunatak.api.wire.shapes import listed, optional

_ABOUT = """\
Landscapes: C4 models, the diagrams over them, and pictures of those.

Send an API key, `id:secret`, as `X-API-Key`. The first start of a server wrote an administrator's to
`data/admin-api-key`; `nunatak keys create NAME` makes more. Most paths name a version of a landscape: `latest` is the
one that is written to. Refusals are `{message, code, errors, requestId}`, and `errors` names the fields. What is marked
`x-nunatak` is an addition of ours."""
_LICENSE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
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
_HEADERS: dict[str, Schema] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Sent again with the same key, the request has no second effect and gets the first answer",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
        "x-nunatak": True,
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of an answer that the client has; where it still holds, 304 is answered",
        "schema": {"type": "string"},
        "x-nunatak": True,
    },
}
_TAG: Schema = {"description": "Names this very answer", "schema": {"type": "string"}}
_TAGGED: Schema = {"ETag": {"$ref": "#/components/headers/ETag"}}
_OF_WRITES = frozenset({409})
_OF_KNOWN = frozenset({403})


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
        "info": {"title": "nunatak", "version": version, "description": _ABOUT, "license": _LICENSE},
        "servers": [{"url": server}],
        "security": [{name: []} for name in _SECURITY],
        "paths": paths,
        "webhooks": messages.described(schemas),
        "components": {
            "securitySchemes": _SECURITY,
            "parameters": _HEADERS,
            "headers": {"ETag": _TAG},
            "responses": {
                **{name: response for status in _STATUSES for name, response in _errors(status, error)},
                "Unchanged": {"description": "The client has this answer already", "headers": _TAGGED},
            },
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
    if parameters := list(_parameters(operation, schemas)):
        shown["parameters"] = parameters
    if operation.body is not None:
        shown["requestBody"] = _request(operation, schemas)
    shown["responses"] = {str(operation.status): _answer(operation, schemas)} | _refusals(operation, schemas)
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


def _parameters(operation: Operation, schemas: Schemas) -> Iterator[Schema]:
    yield from _path_parameters(operation)
    yield from _query_parameters(operation, schemas)
    yield from _header_parameters(operation)


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


def _header_parameters(operation: Operation) -> Iterator[Schema]:
    if operation.keyed:
        yield {"$ref": "#/components/parameters/IdempotencyKey"}
    if _tagged(operation):
        yield {"$ref": "#/components/parameters/IfNoneMatch"}


def _tagged(operation: Operation) -> bool:
    """Whether its answers have tags, and are not sent again to who has them."""
    return operation.method == "GET" and operation.answer is not None


def _request(operation: Operation, schemas: Schemas) -> Schema:
    schema = schemas.of(operation.body)
    content = {media: {"schema": schema} for media in operation.body_types}
    return {"required": not operation.body_optional, "content": content}


def _answer(operation: Operation, schemas: Schemas) -> Schema:
    if operation.media is None:
        return {"description": "Done"}
    schema = {"type": "string"} if isinstance(operation.answer, str) else schemas.of(operation.answer)
    headers = {"headers": _TAGGED} if _tagged(operation) else {}
    return {"description": "The answer", **headers, "content": {operation.media: {"schema": schema}}}


def _refusals(operation: Operation, schemas: Schemas) -> Schema:
    """The error answers an operation may give, by reference, but for those that only it gives so."""
    word = "Head" if operation.method == "HEAD" else "Error"
    left = {405} | (_OF_KNOWN if operation.anonymous else set())
    if operation.method in ("GET", "HEAD"):
        left |= _OF_WRITES
    unchanged = {"304": {"$ref": "#/components/responses/Unchanged"}} if _tagged(operation) else {}
    found = {
        str(status): {"$ref": f"#/components/responses/{word}{status}"} for status in _STATUSES if status not in left
    }
    own = {
        str(status): {"description": _STATUSES[status], "content": {"application/json": {"schema": schemas.of(type_)}}}
        for status, type_ in operation.refusals.items()
    }
    return unchanged | found | own
