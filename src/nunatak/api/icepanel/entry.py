"""Who calls: an API key in a header, the cookie of a browser session, or a visitor's token of a share link."""

from __future__ import annotations

from starlette.requests import Request

from nunatak.api.icepanel.reading import credentials
from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden
from nunatak.services import guests, keys, sessions
from nunatak.services.service import Service

_READS = ("GET", "HEAD")
_OWN_PAGES = ("same-origin", "none")  # what browsers say of requests of the same server's pages


def authenticated(service: Service, request: Request) -> Actor:
    """The caller; raises Unauthenticated, and Forbidden for a cookie that another page makes use of. Headers count
    before the cookie."""
    headers = request.headers
    cookie = request.cookies.get(sessions.COOKIE)
    if cookie and "x-api-key" not in headers and "authorization" not in headers:
        return _of_session(service, request, cookie)
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "share" and "x-api-key" not in headers:
        return guests.actor(service, token.strip())
    return keys.authenticate(service, credentials(request))


def _of_session(service: Service, request: Request, cookie: str) -> Actor:
    if request.headers.get("sec-fetch-site", "none") not in _OWN_PAGES:
        raise Forbidden("A session is of this server's own pages alone")
    if request.method not in _READS and not sessions.marked(service, cookie, request.headers.get(sessions.MARK, "")):
        raise Forbidden(f"Requests of a session that change something need its {sessions.MARK} header")
    return sessions.actor(service, cookie)
