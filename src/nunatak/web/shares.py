"""Share links: `/s/{shortId}` and below, with what link previews and embedding pages need."""

from __future__ import annotations

import html
import math
import time
from typing import Literal
from urllib.parse import quote

import msgspec
from msgspec import UNSET
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import Busy, Invalid, NotFound, Refusal
from nunatak.core.kinds import DIAGRAM
from nunatak.services import audit, entities, guests, sessions, viewing
from nunatak.services.counts import Counts, OwnCounts
from nunatak.services.guests import Shared
from nunatak.services.places import Path
from nunatak.services.service import Service
from nunatak.web import both
from nunatak.web.answers import asked, present, refused, told
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
_WORDS = ("tab", "groupId", "flowId", "sequence")
# A view's fields that a picture shows, and what they are called on the wire.
_OPTIONS = {
    "tab": "tab", "group_id": "groupId", "flow_id": "flowId", "sequence": "sequence", "focus_ids": "focusIds",
    "hide_ids": "hideIds", "pin_ids": "pinIds", "flow_path_ids": "flowPathIds",
}  # fmt: skip
_GUESSES = 10  # a minute
_ALL_GUESSES = 60  # at one link, from wherever they come
_MINUTE = 60  # seconds


class Guesses:
    """Counts tries of passwords, each link's by the address they come from: in this process, or wherever `counts` are
    kept."""

    def __init__(self, counts: Counts | None = None) -> None:
        self._counts = counts or OwnCounts()

    def count(self, short_id: str, address: str) -> None:
        """Raises Busy for one too many in a minute, of this address or of all."""
        link = f"share/{quote(short_id, safe='')[:80]}"  # whatever an address holds can be a name
        tries, end = self._counts.count(f"{link}/{address[:64]}", _MINUTE)
        if tries <= _GUESSES:
            tries, end = self._counts.count(link, _MINUTE)
            if tries <= _ALL_GUESSES:
                return
        refusal = Busy("Too many tries; wait a minute")
        refusal.retry_after = max(1, math.ceil(end - time.time()))
        raise refusal


def routes(service: Service, *, public_url: str = "", counts: Counts | None = None) -> list[BaseRoute]:
    """`POST /s/{shortId}/enter` opens a link; `/s/{shortId}/diagram.svg` (or `.png`) is the picture of its view for
    pages elsewhere, `/s/{shortId}/d/{diagram}.svg` that of a diagram; all else under `/s/` is the viewer."""
    guesses = Guesses(counts)

    async def enter(request: Request) -> Response:
        try:
            given = await asked(request)
            return await run_in_threadpool(_entered, service, guesses, request, given.get("password", ""))
        except Refusal as refusal:
            await run_in_threadpool(_audited, service, request, refusal)
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
        Route("/s/{short_id}/diagram.{suffix}", picture),
        Route("/s/{short_id}/d/{diagram}.svg", picture),
        Route("/s/{short_id}/d/{diagram}.png", picture),
        Route("/s/{short_id}", page),
        Route("/s/{short_id}/{rest:path}", page),
    ]


def _entered(service: Service, guesses: Guesses, request: Request, password: str) -> Response:
    short_id = request.path_params["short_id"]
    shared = guests.shared(service, short_id)
    cookie = sessions.cookie_of(request.cookies, secure=request.url.scheme == "https")
    if not guests.invited(service, shared, cookie):
        return told({"signIn": f"sign-in/issuer?to=/s/{quote(short_id)}", "domains": list(shared.domains)})
    if shared.protected:
        if not password:
            return told({"protected": True})
        guesses.count(short_id, request.client.host if request.client else "")
    return told(
        {
            "token": guests.enter(service, short_id, password, cookie=cookie),
            "landscapeId": shared.landscape_id,
            "versionId": shared.version_id,
            "draftId": shared.draft_id,
            "name": shared.name,
            "view": msgspec.to_builtins(shared.view),
        }
    )


def _audited(service: Service, request: Request, refusal: Refusal) -> None:
    """Tells the organization's log of a wrong password."""
    who = getattr(refusal, "claimed", None)
    if who is not None:
        audit.refused(service, present(who, request), refusal, operation="shareLink.enter")


def _picture(service: Service, request: Request) -> Response:
    """A diagram of an open link in the theme that is asked for, or as SVG in both; that of its view where none is
    named."""
    shared = _open(service, request)
    diagram, given = _asked(shared, request)
    if request.url.path.endswith(".png"):
        theme = request.query_params.get("theme", "light")
        data = _drawn(service, shared, diagram, given | {"theme": theme}, suffix="png")
        return Response(data, media_type="image/png", headers=_PICTURE_HEADERS)
    theme = request.query_params.get("theme", "auto")
    themes = ("light", "dark") if theme == "auto" else (theme,)
    drawn = [_drawn(service, shared, diagram, given | {"theme": each}) for each in themes]
    data = both.joined(*drawn) if len(drawn) == 2 else drawn[0]
    return Response(data, media_type="image/svg+xml", headers=_PICTURE_HEADERS)


def _asked(shared: Shared, request: Request) -> tuple[str, dict[str, object]]:
    """Which diagram, with which options: those of the link's view, or those of the address."""
    if "diagram" not in request.path_params:
        if shared.view is None or request.path_params["suffix"] not in ("svg", "png"):
            raise NotFound("This share link has no view of its own; name a diagram: /d/{diagram}.svg")
        told = msgspec.structs.asdict(shared.view)
        return shared.view.diagram_id, {name: told[name] for name in _OPTIONS if told[name] is not UNSET}
    query = request.query_params
    words = {name: query[name] for name in _WORDS if query.get(name)}
    lists = {name: [*query.getlist(name), *query.getlist(f"{name}[]")] for name in _LISTS}
    return request.path_params["diagram"], {**words, **{name: ids for name, ids in lists.items() if ids}}


def _open(service: Service, request: Request) -> Shared:
    """What an unprotected link opens; the pictures of others are for their visitors."""
    shared = guests.shared(service, request.path_params["short_id"])
    if shared.protected or shared.domains:
        raise NotFound("This share link is not for everybody: its pictures are not for other pages")
    return shared


def _drawn(
    service: Service, shared: Shared, diagram: str, given: dict[str, object], suffix: Literal["svg", "png"] = "svg"
) -> bytes:
    named = {_OPTIONS.get(name, name): value for name, value in given.items()}
    try:
        options = msgspec.convert(named, DiagramExportImageOptions, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid(f"These options can't be drawn: {error}", (f"query: {error}",)) from None
    actor = guests.visitor(shared.landscape_id, shared.version_id, shared.draft_id)
    return viewing.image(service, actor, _path(shared), diagram, options, suffix)


def _path(shared: Shared) -> Path:
    return Path(landscape_id=shared.landscape_id, version_id=shared.version_id, draft_id=shared.draft_id)


def _head(service: Service, request: Request, public_url: str) -> str:
    """What a link's preview elsewhere shows: the landscape's name and the diagram's picture; nothing of a protected
    link, and nothing of one that leads nowhere."""
    try:
        shared = _open(service, request)
        title, picture = shared.name, ""
        rest = request.path_params.get("rest", "").split("/")
        viewed = shared.view.diagram_id if shared.view and not rest[0] else ""
        if named := rest[1] if rest[0] == "d" and len(rest) > 1 else viewed:
            actor = guests.visitor(shared.landscape_id, shared.version_id, shared.draft_id)
            diagram = entities.get(service, actor, DIAGRAM, _path(shared), named)
            title = f"{diagram.name} · {shared.name}"
            link = f"{service_address(request, public_url)}/s/{quote(request.path_params['short_id'])}"
            picture = f"{link}/diagram.png" if viewed else f"{link}/d/{quote(diagram.handle_id)}.png?theme=light"
    except Refusal:
        return ""
    found = {"og:title": title, "og:type": "website", "og:site_name": "nunatak"}
    found |= {"og:image": picture, "twitter:card": "summary_large_image"} if picture else {}
    return "\n".join(f'<meta property="{name}" content="{html.escape(text)}">' for name, text in found.items())


def service_address(request: Request, public_url: str) -> str:
    """The address under which the caller reaches the server."""
    return public_url.rstrip("/") or str(request.base_url).rstrip("/")
