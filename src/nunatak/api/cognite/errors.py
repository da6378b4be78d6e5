"""Refusals in this API's words: one table from refusal to status, and one body shape."""

from __future__ import annotations

from typing import Any

from nunatak.core.errors import (
    Busy,
    Conflict,
    Duplicated,
    Forbidden,
    Invalid,
    Missing,
    NotFound,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
)

STATUSES: dict[type[Refusal], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    Invalid: 400,
    TooMany: 429,
    Busy: 503,
}


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal: its own class's, or that of the nearest class above; 400 for none."""
    return next((STATUSES[each] for each in type(refusal).__mro__ if each in STATUSES), 400)


def refused(refusal: Refusal) -> tuple[int, dict[str, Any]]:
    """The status and body of a refusal. What is missing or there already is told as it was named."""
    status = status_of(refusal)
    more: dict[str, Any] = {}
    if isinstance(refusal, Missing):
        more["missing"] = list(refusal.missing)
    if isinstance(refusal, Duplicated):
        more["duplicated"] = list(refusal.duplicated)
    if refusal.errors:
        more["errors"] = list(refusal.errors)
    return status, error(status, refusal.message, **more)


def error(status: int, message: str, **more: Any) -> dict[str, Any]:
    """A body that says what is wrong; clients ask for `message` without looking whether it is there."""
    return {"error": {"code": status, "message": message, **more}}
