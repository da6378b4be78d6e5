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
    rates = Figures.parsed(settings.rate_limits)
    counts = None if settings.is_sqlite else SharedCounts(service.database)
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
        rates=rates,
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

    async def front(request: Request) -> Response:
        """People get the viewer, programs the API's document."""
        if "text/html" in request.headers.get("accept", ""):
            return pages.shell(request)
        return Response(api.document, media_type="application/json")

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
    rest = Starlette(routes=routes, exception_handlers={404: lost})

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["type"] == "http" and (scope["path"] == "/v1" or scope["path"].startswith("/v1/"))
        is_drawings = scope["type"] == "http" and scope["path"].startswith("/api/")
        await (api if is_api else drawings if is_drawings else rest)(scope, receive, send)

    trust = bool(settings.trust_proxy)
    told = service.meters.request
    entrance = Entrance(app, at_once=settings.sign_ins, failures=settings.sign_in_failures, counts=counts)
    requests = Requests(
        Answers(Traced(entrance, service.meters.traces) if service.meters.traces.on else entrance),
        new_id=lambda: secrets.token_hex(8),
        trust_proxy=trust,
        secure=settings.public_url.startswith("https://"),
        told=told,
    )
    return Cors(requests, origins=[origin for origin in settings.cors_origins.split(",") if origin.strip()])
