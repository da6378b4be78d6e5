"""Share links: `/s/{shortId}` and below, with what link previews and embedding pages need."""

from __future__ import annotations

import html
import math
import time
from urllib.parse import quote

import msgspec
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import Busy, Invalid, NotFound, Refusal
from nunatak.core.kinds import DIAGRAM
from nunatak.services import entities, guests, viewing
from nunatak.services.guests import Shared
from nunatak.services.places import Path
from nunatak.services.service import Service
from nunatak.web import both
from nunatak.web.answers import asked, refused, told
from nunatak.web.pages import FRAMED, shell

# Pages elsewhere show these pictures: they and the networks between keep them for a while, and ask again by the tag.
_PICTURE_HEADERS = {
    "Cache-Control": "public, max-age=300, stale-while-revalidate=86400",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}
_LISTS = ("focusIds", "hideIds", "pinIds", "flowPathIds")
_WORDS = ("tab", "groupId", "flowId")
_GUESSES = RateLimitItemPerMinute(10)


class Guesses:
    """Counts tries of passwords, each link's by the address they come from."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def count(self, short_id: str, address: str) -> None:
        """Raises Busy for one too many in a minute."""
        if self._limiter.hit(_GUESSES, short_id, address):
            return
        refusal = Busy("Too many tries; wait a minute")
        end = self._limiter.get_window_stats(_GUESSES, short_id, address).reset_time
        refusal.retry_after = max(1, math.ceil(end - time.time()))
        raise refusal


def routes(service: Service, *, public_url: str = "") -> list[BaseRoute]:
    """`POST /s/{shortId}/enter` opens a link, `/s/{shortId}/d/{diagram}.svg` is a picture for pages elsewhere, and
    all else under `/s/` is the viewer."""
    guesses = Guesses()

    async def enter(request: Request) -> Response:
        try:
            given = await asked(request)
            return await run_in_threadpool(_entered, service, guesses, request, given.get("password", ""))
        except Refusal as refusal:
            return refused(refusal)

    async def picture(request: Request) -> Response:
        try:
            return await run_in_threadpool(_picture, service, request)
        except Refusal as refusal:
            return refused(refusal)

    async def page(request: Request) -> Response:
        head = await run_in_threadpool(_head, service, request, public_url)
        return shell(request, head=head, policy=FRAMED)

    return [
        Route("/s/{short_id}/enter", enter, methods=["POST"]),
        Route("/s/{short_id}/d/{diagram}.svg", picture),
        Route("/s/{short_id}", page),
        Route("/s/{short_id}/{rest:path}", page),
    ]


def _entered(service: Service, guesses: Guesses, request: Request, password: str) -> Response:
    short_id = request.path_params["short_id"]
    shared = guests.shared(service, short_id)
    if shared.protected:
        if not password:
            return told({"protected": True})
        guesses.count(short_id, request.client.host if request.client else "")
    return told(
        {
            "token": guests.enter(service, short_id, password),
            "landscapeId": shared.landscape_id,
            "versionId": shared.version_id,
            "draftId": shared.draft_id,
            "name": shared.name,
        }
    )


def _picture(service: Service, request: Request) -> Response:
    """A diagram of an open link, in the theme that is asked for or in both."""
    shared = _open(service, request)
    theme = request.query_params.get("theme", "auto")
    themes = ("light", "dark") if theme == "auto" else (theme,)
    drawn = [_drawn(service, shared, request, each) for each in themes]
    data = both.joined(*drawn) if len(drawn) == 2 else drawn[0]
    return Response(data, media_type="image/svg+xml", headers=_PICTURE_HEADERS)


def _open(service: Service, request: Request) -> Shared:
    """What an unprotected link opens; the pictures of others are for their visitors."""
    shared = guests.shared(service, request.path_params["short_id"])
    if shared.protected:
        raise NotFound("This share link has a password: its pictures are not for other pages")
    return shared


def _drawn(service: Service, shared: Shared, request: Request, theme: str) -> bytes:
    query = request.query_params
    given: dict[str, object] = {name: query[name] for name in _WORDS if query.get(name)}
    for name in _LISTS:
        if ids := [*query.getlist(name), *query.getlist(f"{name}[]")]:
            given[name] = ids
    try:
        options = msgspec.convert({**given, "theme": theme}, DiagramExportImageOptions)
    except msgspec.ValidationError as error:
        raise Invalid(f"These options can't be drawn: {error}", (f"query: {error}",)) from None
    actor = guests.visitor(shared.landscape_id, shared.version_id)
    return viewing.svg(service, actor, _path(shared), request.path_params["diagram"], options)


def _path(shared: Shared) -> Path:
    return Path(landscape_id=shared.landscape_id, version_id=shared.version_id, draft_id=shared.draft_id)


def _head(service: Service, request: Request, public_url: str) -> str:
    """What a link's preview elsewhere shows: the landscape's name and the diagram's picture; nothing of a protected
    link, and nothing of one that leads nowhere."""
    try:
        shared = _open(service, request)
        title, picture = shared.name, ""
        rest = request.path_params.get("rest", "").split("/")
        if rest[0] == "d" and len(rest) > 1:
            actor = guests.visitor(shared.landscape_id, shared.version_id)
            diagram = entities.get(service, actor, DIAGRAM, _path(shared), rest[1])
            title = f"{diagram.name} · {shared.name}"
            picture = service_address(request, public_url) + f"/s/{quote(request.path_params['short_id'])}/d/"
            picture += f"{quote(diagram.handle_id)}.svg?theme=light"
    except Refusal:
        return ""
    found = {"og:title": title, "og:type": "website", "og:site_name": "nunatak"}
    found |= {"og:image": picture, "twitter:card": "summary_large_image"} if picture else {}
    return "\n".join(f'<meta property="{name}" content="{html.escape(text)}">' for name, text in found.items())


def service_address(request: Request, public_url: str) -> str:
    """The address under which the caller reaches the server."""
    return public_url.rstrip("/") or str(request.base_url).rstrip("/")
