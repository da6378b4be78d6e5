"""The pages: the viewer's shell, the API reference at /docs, and the static files and fonts that pages use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from nunatak.drawing import woff


def _policy(frames: str) -> str:
    """Scripts and styles come from files only; pictures carry their letters and icons in data: addresses."""
    return "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {frames}",
        )
    )


CONTENT_SECURITY_POLICY = _policy("'none'")
FRAMED = _policy("*")  # share links are made to be shown in other pages

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",  # ask again, and be answered 304 by the file's tag
}
# The fonts of the pages are those of the pictures.
_FONTS = {"sans": "inter-400.ttf", "sans-semibold": "inter-600.ttf", "mono": "jetbrains-mono-400.ttf"}


class PackageFiles(StaticFiles):
    """The files under web/static, each answer with the headers that every page has."""

    def __init__(self) -> None:
        super().__init__(packages=[("nunatak.web", "static")])

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(PAGE_HEADERS)
        return response


def routes() -> list[BaseRoute]:
    """The routes /docs, /l/…, /o/…, /fonts and /static; they need no credentials and read nothing but the package's own
    files."""
    static = Mount("/static", app=PackageFiles(), middleware=[Middleware(GZipMiddleware)], name="static")
    return [
        Route("/docs", api_reference, name="docs"),
        Route("/l/{rest:path}", shell, name="viewer"),
        Route("/o/{rest:path}", shell, name="drawings"),
        Route("/fonts/{name}.woff2", font, name="font"),
        static,
    ]


def api_reference(request: Request) -> Response:
    """The page that shows /v1/openapi.json."""
    return Response(_file("docs.html"), media_type="text/html", headers=PAGE_HEADERS)


def shell(request: Request, *, head: str = "", policy: str = CONTENT_SECURITY_POLICY) -> Response:
    """The viewer's page at any of its addresses, with its own files at relative ones; `head` is markup for its head."""
    depth = request.url.path.count("/") - request.scope.get("root_path", "").count("/") - 1
    page = _file("viewer.html").decode().replace("{root}", "../" * depth or "./").replace("{head}", head)
    return Response(page, media_type="text/html", headers={**PAGE_HEADERS, "Content-Security-Policy": policy})


def font(request: Request) -> Response:
    """One of the pages' fonts."""
    name = request.path_params["name"]
    if name not in _FONTS:
        return Response(status_code=404, headers=PAGE_HEADERS)
    headers = {**PAGE_HEADERS, "Cache-Control": "public, max-age=604800"}
    return Response(_packed(name), media_type="font/woff2", headers=headers)


def _file(name: str) -> bytes:
    return files("nunatak.web").joinpath("static", name).read_bytes()


@cache
def _packed(name: str) -> bytes:
    return woff.write((files("nunatak.drawing") / "fonts" / _FONTS[name]).read_bytes())
