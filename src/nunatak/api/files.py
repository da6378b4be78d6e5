"""Files at signed addresses, and the two questions that an operator's tools ask: alive? ready?"""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from nunatak.api.wire.faults import again
from nunatak.blobs.tokens import Tokens
from nunatak.core.errors import Busy, Refusal
from nunatak.services import files
from nunatak.services.service import Service

_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
# What we serve are pictures of ours: they may style themselves and hold fonts and icons, and nothing else.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address is the key: no link in a picture may tell it
    "Cache-Control": "private, max-age=3600, immutable",
}


_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")  # in a file's name, which stands in a header
_HERE = ("127.0.0.1", "::1")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def routes(service: Service, tokens: Tokens, *, ready: Callable[[], None], metrics: str = "off") -> list[BaseRoute]:
    """`/files/{token}`, `/healthz`, `/readyz` and `/metrics`; `ready` raises a refusal while the server can't work, and
    `metrics` is who may read those: `all`, `local` programs, or nobody (`off`)."""

    async def file(request: Request) -> Response:
        return await run_in_threadpool(_file, request.path_params["token"])

    def _file(token: str) -> Response:
        try:
            signed = tokens.read(token)
            found = files.read(service, signed.key, signed.content_type, signed.name)
        except Busy as busy:
            return JSONResponse({"message": busy.message}, 503, again(busy))
        except Refusal:
            return JSONResponse({"message": "File not found or its address has run out"}, 404)
        # Only pictures are shown in place: a page or document of someone's words must not speak in our name.
        shown = "inline" if found.content_type.startswith("image/") else "attachment"
        disposition = f'{shown}; filename="{_UNSAFE.sub("_", found.name)}"'
        return Response(
            found.data, media_type=found.content_type, headers={**_HEADERS, "Content-Disposition": disposition}
        )

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readiness(_request: Request) -> Response:
        try:
            await run_in_threadpool(ready)
        except Refusal as refusal:
            return JSONResponse({"status": "not ready", "message": refusal.message}, 503, {"Retry-After": "1"})
        return JSONResponse({"status": "ready"})

    async def measures(request: Request) -> Response:
        if metrics != "all" and not (metrics == "local" and _is_local(request)):
            return JSONResponse({"message": "Path not found"}, 404)
        return Response(await run_in_threadpool(service.meters.text), media_type=_PROMETHEUS)

    return [
        Route("/files/{token}", file),
        Route("/healthz", health),
        Route("/readyz", readiness),
        Route("/metrics", measures),
    ]


def _is_local(request: Request) -> bool:
    """Whether a program on this machine asks for itself: a proxy beside us asks for others."""
    here = request.client is not None and request.client.host in _HERE
    return here and not any(name in request.headers for name in _FORWARDED)
