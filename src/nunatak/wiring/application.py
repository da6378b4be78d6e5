"""The server as one ASGI app: both APIs, files, health, and the pages. Commands that serve nobody never load it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from nunatak.api import files, icons
from nunatak.api.answers import Answers
from nunatak.api.cognite import contents
from nunatak.api.cognite.app import Api as DrawingsApi
from nunatak.api.cors import Cors
from nunatak.api.icepanel.app import Api
from nunatak.api.requests import Requests
from nunatak.api.traced import Traced
from nunatak.api.wire.limits import Limits
from nunatak.api.wire.rates import Figures
from nunatak.store.counts import SharedCounts
from nunatak.web import oauth, pages, sessions, shares
from nunatak.web import sign_in as sign_in_page  # wiring has a module of that name
from nunatak.web.entrance import Entrance
from nunatak.wiring import Program


def application(program: Program) -> ASGIApp:
    """The whole server as one ASGI app: the API under /v1, files, health, and the pages."""
    settings, service = program.settings, program.service
    counts = None if settings.is_sqlite else SharedCounts(service.database)
    entrance = Entrance(
        _faces(program, counts), at_once=settings.sign_ins, failures=settings.sign_in_failures, counts=counts
    )
    requests = Requests(
        Answers(Traced(entrance, service.meters.traces) if service.meters.traces.on else entrance),
        new_id=lambda: secrets.token_hex(8),
        trust_proxy=bool(settings.trust_proxy),
        secure=settings.public_url.startswith("https://"),
        told=service.meters.request,
    )
    return Cors(requests, origins=[origin for origin in settings.cors_origins.split(",") if origin.strip()])


def _faces(program: Program, counts: SharedCounts | None) -> ASGIApp:
    """Both APIs by their prefixes, and all else."""
    settings, service = program.settings, program.service
    limits = Limits(
        depth=settings.json_depth,
        items=settings.list_items,
        query=settings.query_kb * 1024,
        keys=settings.query_keys,
    )
    api = Api(
        service,
        body_limit=settings.body_limit_mb * 1024 * 1024,
        limits=limits,
        public_url=settings.public_url,
        rates=Figures.parsed(settings.rate_limits),
        counts=counts,
        keep_answers=timedelta(hours=settings.keep_answers_hours),
    )
    drawings = DrawingsApi(
        service,
        body_limit=settings.drawings_body_limit_mb * 1024 * 1024,
        limits=limits,
        public_url=settings.public_url,
        leaving=program.leaving.is_set,
    )
    rest = _rest(program, counts, api.document)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["type"] == "http" and (scope["path"] == "/v1" or scope["path"].startswith("/v1/"))
        is_drawings = scope["type"] == "http" and scope["path"].startswith("/api/")
        await (api if is_api else drawings if is_drawings else rest)(scope, receive, send)

    return app


def _rest(program: Program, counts: SharedCounts | None, document: bytes) -> ASGIApp:
    """Files, health and pages; at the front people get the viewer, and programs the API's document."""
    settings, service = program.settings, program.service

    async def front(request: Request) -> Response:
        if "text/html" in request.headers.get("accept", ""):
            return pages.shell(request)
        return Response(document, media_type="application/json")

    async def lost(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"message": "Path not found"}, 404)

    routes = [
        Route("/", front),
        *files.routes(service, program.tokens, ready=program.check, metrics=settings.metrics),
        *icons.routes(service),
        *contents.routes(service),
        *pages.routes(),
        *sessions.routes(service, program.tickets),
        *sign_in_page.routes(service, public_url=settings.public_url),
        *oauth.routes(service),
        *shares.routes(service, public_url=settings.public_url, counts=counts),
    ]
    return Starlette(routes=routes, exception_handlers={404: lost})
