"""Refusals in this API's words: one table from refusal to status, and one body shape."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from nunatak.api.wire import Malformed
from nunatak.api.wire.rates import OverRate
from nunatak.core.errors import (
    Busy,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
)
from nunatak.core.fields import Own, Struct

STATUSES: dict[type[Refusal], int] = {
    Malformed: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    Invalid: 422,
    OverRate: 429,
    TooMany: 429,
    Busy: 503,
}


class Error(Struct, frozen=True, kw_only=True):
    """What every refusal answers; each of `errors` starts with the path of the field it speaks of."""

    message: str
    code: str | UnsetType = UNSET
    errors: list[str] | UnsetType = UNSET
    request_id: Own[str | UnsetType] = UNSET


class SchemaNotFound(NotFound):
    """No schema has this name."""


class SchemaLost(Struct, frozen=True, kw_only=True):
    """What an unknown schema's name is answered with; older than all other refusals."""

    error: str


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal: its own class's, or that of the nearest class above; 400 for none."""
    return next((STATUSES[each] for each in type(refusal).__mro__ if each in STATUSES), 400)


def refused(refusal: Refusal, request_id: str) -> tuple[int, Error | SchemaLost]:
    """The status and body of a refusal."""
    if isinstance(refusal, SchemaNotFound):
        return 404, SchemaLost(error=refusal.message)
    body = Error(message=refusal.message, code=refusal.code, errors=list(refusal.errors), request_id=request_id)
    return status_of(refusal), body


def unknown_path() -> tuple[int, Error]:
    """The answer to a path that no operation has."""
    return 404, Error(message="Path not found")


def unknown_method(allowed: list[str]) -> tuple[int, Error]:
    """The answer to a method that the path doesn't have; send `allowed` in the Allow header too."""
    return 405, Error(message=f"Method not allowed; this path takes {', '.join(allowed)}", code="method-not-allowed")


def unexpected(request_id: str) -> tuple[int, Error]:
    """The answer to a fault of ours: no detail, only the id under which the log has them."""
    return 500, Error(
        message=f"Something went wrong on our side; the log has it under request {request_id}",
        code="internal",
        errors=[],
        request_id=request_id,
    )
