"""Who calls: an API key or a token in a header, the cookie of a browser session, or a share link's visitor."""

from __future__ import annotations

from starlette.requests import Request

from nunatak.api.wire.incoming import proved
from nunatak.core.access import Actor
from nunatak.services import guests
from nunatak.services.service import Service


def authenticated(service: Service, request: Request) -> Actor:
    """The caller; raises Unauthenticated, and Forbidden for a cookie that another page makes use of. Headers count
    before the cookie."""
    headers = request.headers
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "share" and "x-api-key" not in headers:
        return guests.actor(service, token.strip())
    return proved(service, request)
