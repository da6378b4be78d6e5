"""Contents at signed addresses: taken in and given out as streams, pages of jobs as pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from nunatak.api.cognite.errors import refused
from nunatak.api.wire.faults import again
from nunatak.api.wire.incoming import chunks, drain, proved
from nunatak.core.access import Actor
from nunatak.core.errors import Invalid, Refusal
from nunatak.services import contents, drawing_overlays, sessions
from nunatak.services.contents import Piece, Target
from nunatak.services.service import Service

_AT_ONCE = 1 << 20  # bytes that are handed on to the storage together
# The address is the key: no link of a page may tell it.
_NO_SNIFFING = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
# A page shows itself and follows its links, and nothing else; any page may show it.
_PAGE = {
    **_NO_SNIFFING,
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "sandbox allow-popups allow-top-navigation-by-user-activation",
    "Cache-Control": "private, max-age=3600, immutable",
}
# Somebody else's bytes: saved, never run in our name.
_DOWNLOAD = {
    **_NO_SNIFFING,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


def routes(service: Service) -> list[BaseRoute]:
    """`/files/uploads/{token}`, `/files/contents/{token}` and `/files/pages/{token}/{name}`, where the token is the
    key; and `/files/drawings/{organization}/{job}/{name}`, which leads whoever may read to a page."""

    async def upload(request: Request) -> Response:
        try:
            target = await run_in_threadpool(contents.target, service, request.path_params["token"])
            piece = await _received(service, request, target)
            await run_in_threadpool(contents.arrived, service, target, piece)
        except Refusal as refusal:
            await drain(request)
            return _refusal(refusal)
        return Response(status_code=200)

    async def content(request: Request) -> Response:
        try:
            found = await run_in_threadpool(contents.download, service, request.path_params["token"])
        except Refusal as refusal:
            return _refusal(refusal)
        headers = {
            **_DOWNLOAD,
            "Content-Length": str(found.size),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "ETag": f'"{found.digest}"',
        }
        pieces = iterate_in_threadpool(found.pieces)
        return StreamingResponse(pieces, media_type=_plain(found.media_type), headers=headers)

    async def page(request: Request) -> Response:
        parameters = request.path_params
        try:
            data, media_type = await run_in_threadpool(
                drawing_overlays.fetched, service, parameters["token"], parameters["name"]
            )
        except Refusal as refusal:
            return _refusal(refusal)
        return Response(data, media_type=media_type, headers=_PAGE)

    return [
        _drawings(service),
        Route("/files/uploads/{token}", upload, methods=["PUT"]),
        Route("/files/contents/{token}", content),
        Route("/files/pages/{token}/{name}", page),
    ]


def _drawings(service: Service) -> Route:
    """The addresses of pages that models link to."""

    async def drawing(request: Request) -> Response:
        parameters = request.path_params
        try:
            actor = await run_in_threadpool(_reader, service, request)
            path = await run_in_threadpool(
                drawing_overlays.opened, service, actor, *(parameters[one] for one in ("organization", "job", "name"))
            )
        except Refusal as refusal:
            return _refusal(refusal)
        base = str(request.base_url).rstrip("/")
        return RedirectResponse(f"{base}{path}", 303, headers={"Cache-Control": "private, no-store"})

    return Route("/files/drawings/{organization}/{job}/{name}", drawing)


def _reader(service: Service, request: Request) -> Actor:
    """Who follows a link: a person by their session, or a program by its key."""
    cookie = sessions.cookie_of(request.cookies, secure=request.url.scheme == "https")
    return sessions.actor(service, cookie) if cookie else proved(service, request)


async def _received(service: Service, request: Request, target: Target) -> Piece:
    """The bytes of a request in the storage; one that ends too early leaves nothing there."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Invalid("A content is taken as it is", ("header.Content-Encoding: expected none",))
    arriving = await run_in_threadpool(contents.Arriving, service, target)
    async for data in _larger(chunks(request)):
        await run_in_threadpool(arriving.take, data)
    return await run_in_threadpool(arriving.end)


async def _larger(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in fewer pieces."""
    held, size = list[bytes](), 0
    async for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _AT_ONCE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _plain(media_type: str) -> str:
    """A media type as a header may hold it: somebody's word, so anything odd is nothing known."""
    known = media_type.isascii() and media_type.isprintable() and media_type.count("/") == 1
    return media_type if known else "application/octet-stream"


def _refusal(refusal: Refusal) -> Response:
    status, body = refused(refusal)
    return JSONResponse(body, status, headers=_NO_SNIFFING | again(refusal))
