"""What the pages' own endpoints answer: small JSON, and refusals in words."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nunatak.core.errors import Busy, Forbidden, Invalid, NotFound, Refusal, TooLarge, TooMany, Unauthenticated

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
_OWN_PAGES = ("same-origin", "none")
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def told(body: dict[str, Any]) -> JSONResponse:
    """An answer that nobody keeps."""
    return JSONResponse(body, headers=PRIVATE)


def refused(refusal: Refusal) -> Response:
    """A refusal's words, under its status."""
    status = next((_STATUSES[each] for each in type(refusal).__mro__ if each in _STATUSES), 400)
    headers = PRIVATE | ({"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {})
    return JSONResponse({"message": refusal.message}, status, headers)


async def asked(request: Request) -> dict[str, str]:
    """A small JSON body of words, sent by a page of ours. Raises Forbidden for one of another page, TooLarge, and
    Invalid for all else."""
    if request.headers.get("sec-fetch-site", "none") not in _OWN_PAGES:
        raise Forbidden("Only this server's own pages may ask for this")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Invalid("The body must be JSON", ("header.Content-Type: expected application/json",))
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MOST_BYTES:
            raise TooLarge(f"The body is too large; at most {_MOST_BYTES} bytes are taken")
    try:
        found = json.loads(data)
    except ValueError:
        raise Invalid("The body is not JSON", ("body: expected a JSON object",)) from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Invalid("The body must be an object of words", ("body: expected an object whose values are strings",))
    return found
