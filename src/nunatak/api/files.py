"""Files at signed addresses, and the two questions that an operator's tools ask: alive? ready?"""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from nunatak.blobs.tokens import Tokens
from nunatak.core.errors import Busy, Refusal
from nunatak.services import files
from nunatak.services.service import Service

# What we serve are pictures of ours: they may style themselves and hold fonts and icons, and nothing else.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600, immutable",
}


def routes(service: Service, tokens: Tokens, *, ready: Callable[[], None]) -> list[BaseRoute]:
    """`/files/{token}`, `/healthz` and `/readyz`; `ready` raises a refusal while the server can't work."""

    async def file(request: Request) -> Response:
        return await run_in_threadpool(_file, request.path_params["token"])

    def _file(token: str) -> Response:
        try:
            signed = tokens.read(token)
            found = files.read(service, signed.key, signed.content_type, signed.name)
        except Busy as busy:
            return JSONResponse({"message": busy.message}, 503, {"Retry-After": str(busy.retry_after)})
        except Refusal:
            return JSONResponse({"message": "File not found or its address has run out"}, 404)
        # Only pictures are shown in place: a page or document of someone's words must not speak in our name.
        shown = "inline" if found.content_type.startswith("image/") else "attachment"
        disposition = f'{shown}; filename="{found.name}"'
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

    return [Route("/files/{token}", file), Route("/healthz", health), Route("/readyz", readiness)]
