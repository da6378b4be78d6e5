"""Whose browser session a request is of: its cookie, with a mark that other pages can't know."""

from __future__ import annotations

from starlette.requests import Request

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden
from nunatak.services import sessions
from nunatak.services.service import Service

_READS = ("GET", "HEAD")


def of_session(service: Service, request: Request) -> Actor | None:
    """Who has the session, None for a request that is of none; headers count before the cookie. Raises
    Unauthenticated, and Forbidden for a cookie that another page makes use of."""
    headers = request.headers
    cookie = sessions.cookie_of(request.cookies, secure=request.url.scheme == "https")
    if not cookie or "x-api-key" in headers or "authorization" in headers:
        return None
    if headers.get("sec-fetch-site", "none") not in sessions.OWN_PAGES:
        raise Forbidden("A session is of this server's own pages alone")
    if request.method not in _READS and not sessions.marked(service, cookie, headers.get(sessions.MARK, "")):
        raise Forbidden(f"Requests of a session that change something need its {sessions.MARK} header")
    return sessions.actor(service, cookie)
