"""The pages: the API reference at /docs and the static files that pages use, all from the package itself."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# The API reference draws its icons from data: addresses in its style sheet; scripts and styles come from files only.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",  # ask again, and be answered 304 by the file's tag
}


class PackageFiles(StaticFiles):
    """The files under web/static, each answer with the headers that every page has."""

    def __init__(self) -> None:
        super().__init__(packages=[("nunatak.web", "static")])

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(PAGE_HEADERS)
        return response


def routes() -> list[BaseRoute]:
    """The routes /docs and /static; they need no credentials and read nothing but the package's own files."""
    static = Mount("/static", app=PackageFiles(), middleware=[Middleware(GZipMiddleware)], name="static")
    return [Route("/docs", api_reference, name="docs"), static]


def api_reference(request: Request) -> Response:
    """The page that shows /v1/openapi.json."""
    page = files("nunatak.web").joinpath("static", "docs.html").read_bytes()
    return Response(page, media_type="text/html", headers=PAGE_HEADERS)
