"""Icons of the technology catalog at public addresses: pages, clients and diagrams of others show them."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from nunatak.api.wire.faults import again
from nunatak.catalog.bundled import catalog
from nunatak.core.errors import Busy, NotFound
from nunatak.services import icons
from nunatak.services.service import Service

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}
_DIGEST = re.compile(r"[0-9a-f]{8}")
_FOREVER = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"


def routes(service: Service) -> list[BaseRoute]:
    """`/icons/{digest}/{name}` and `/icons/{name}`. The digest is the catalog's: what lies under the one of today never
    changes; without it, or under an older one, today's icon is answered."""

    async def icon(request: Request) -> Response:
        name, digest = request.path_params["name"], request.path_params.get("digest")
        return await run_in_threadpool(_icon, name, digest)

    def _icon(name: str, digest: str | None) -> Response:
        try:
            if digest is not None and not _DIGEST.fullmatch(digest):
                raise NotFound("Icon not found")
            found = icons.read(service, name)
        except NotFound as refusal:
            return JSONResponse({"message": refusal.message}, 404)
        except Busy as refusal:
            return JSONResponse({"message": refusal.message}, 503, again(refusal))
        stays = _FOREVER if catalog().icons.endswith(f"/{digest}/") else _AN_HOUR
        return Response(found.data, media_type=found.content_type, headers={**_HEADERS, "Cache-Control": stays})

    return [Route("/icons/{digest}/{name}", icon), Route("/icons/{name}", icon)]
