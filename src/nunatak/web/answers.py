"""What the pages' own endpoints answer: small JSON, and refusals in words."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nunatak.core.access import Actor
from nunatak.core.errors import Busy, Forbidden, Invalid, NotFound, Refusal, TooLarge, TooMany, Unauthenticated
from nunatak.services.sessions import OWN_PAGES

_STATUSES: dict[type[Refusal], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    TooLarge: 413,
    Invalid: 422,
    TooMany: 429,
    Busy: 503,
}
_MOST_BYTES = 4096
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def told(body: dict[str, Any]) -> JSONResponse:
    """An answer that nobody keeps."""
    return JSONResponse(body, headers=PRIVATE)


def refused(refusal: Refusal) -> Response:
    """A refusal's words, under its status."""
    return JSONResponse({"message": refusal.message}, status_of(refusal), PRIVATE | again(refusal))


def again(refusal: Refusal | None) -> dict[str, str]:
    """The header that says when the same request may pass, where waiting helps."""
    return {"Retry-After": str(refusal.retry_after)} if refusal and refusal.retry_after else {}


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return next((_STATUSES[each] for each in type(refusal).__mro__ if each in _STATUSES), 400)


def present(actor: Actor, request: Request) -> Actor:
    """The actor with where the request came from, for the log."""
    return actor.seen_from(request.client.host if request.client else "", request.headers.get("user-agent", ""))


async def form(request: Request) -> dict[str, str]:
    """A small form of words. Raises TooLarge, and Invalid for all else."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        expected = "header.Content-Type: expected application/x-www-form-urlencoded"
        raise Invalid("The body must be a form", (expected,))
    try:
        text = (await _small(request)).decode()
    except UnicodeDecodeError:
        raise Invalid("The body is not a form", ("body: expected UTF-8",)) from None
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=50))
    except ValueError:
        raise Invalid("The form has too many fields", ("body: expected at most 50 fields",)) from None


async def asked(request: Request) -> dict[str, str]:
    """A small JSON body of words, sent by a page of ours. Raises Forbidden for one of another page, TooLarge, and
    Invalid for all else."""
    if request.headers.get("sec-fetch-site", "none") not in OWN_PAGES:
        raise Forbidden("Only this server's own pages may ask for this")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Invalid("The body must be JSON", ("header.Content-Type: expected application/json",))
    data = await _small(request)
    try:
        found = json.loads(data)
    except ValueError:
        raise Invalid("The body is not JSON", ("body: expected a JSON object",)) from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Invalid("The body must be an object of words", ("body: expected an object whose values are strings",))
    return found


async def _small(request: Request) -> bytes:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MOST_BYTES:
            raise TooLarge(f"The body is too large; at most {_MOST_BYTES} bytes are taken")
    return data
