"""The API as an ASGI app: finds the operation, proves the caller, reads the request, answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from nunatak import __version__
from nunatak.api import wire
from nunatak.api.icepanel import connections, diagrams, landscapes, openapi, resource
from nunatak.api.icepanel.errors import Error, refused, unknown_method, unknown_path
from nunatak.api.icepanel.operation import Call, Operation, Operations
from nunatak.api.icepanel.router import Match, Router
from nunatak.api.icepanel.table import FAMILIES
from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Refusal, TooLarge, Unauthenticated
from nunatak.services import keys
from nunatak.services.service import Service

_LIFTED = ("cursor", "limit", "order")


def all_operations() -> Operations:
    """Every operation of this API, in the document's order."""
    found = Operations()
    for family in FAMILIES:
        found.add(*resource.operations(family))
    found.add(*connections.OPERATIONS, *diagrams.OPERATIONS, *landscapes.OPERATIONS)
    return found


class Api:
    """The ASGI app of everything under `prefix`. `public_url` is the server's address for its clients; without one it
    is the address that the request came to."""

    def __init__(
        self,
        service: Service,
        *,
        prefix: str = "/v1",
        body_limit: int = 32 * 1024 * 1024,
        public_url: str = "",
        operations: Iterable[Operation] | None = None,
    ) -> None:
        found = list(all_operations() if operations is None else operations)
        self._service = service
        self._prefix = prefix
        self._limit = body_limit
        self._public_url = public_url.rstrip("/")
        self._router = Router(found)
        self.document = msgspec.json.encode(openapi.document(found, version=__version__))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        path = str(request.scope["path"]).removeprefix(self._prefix)  # a URL would lose tabs and what follows a "?"
        if path in ("", "/", "/openapi.json"):
            return Response(self.document, media_type="application/json")
        match = self._router.match(path)
        if match is None:
            return _error(request, *unknown_path())
        operation = match.operations.get(request.method)
        if operation is None:
            allowed = sorted(match.operations)
            return _error(request, *unknown_method(allowed), headers={"Allow": ", ".join(allowed)})
        request_id = request.scope.get("request_id", "")
        try:
            body = await self._body(request)
            return await run_in_threadpool(self._carried_out, operation, match, request, body, request_id)
        except Refusal as refusal:
            status, answer = refused(refusal, request_id)
            headers = {"Retry-After": "1"} if status == 503 else {}
            return _error(request, status, answer, headers=headers)

    async def _body(self, request: Request) -> bytes:
        """The body's bytes; raises TooLarge as soon as there are more than the limit."""
        chunks: list[bytes] = []
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > self._limit:
                raise TooLarge(f"The body is too large; at most {self._limit:,} bytes are taken")
            chunks.append(chunk)
        return b"".join(chunks)

    def _carried_out(
        self, operation: Operation, match: Match, request: Request, body: bytes, request_id: str
    ) -> Response:
        actor = self._actor(operation, request)
        call = Call(
            actor=actor,
            path=dict(zip(operation.parameters, match.values, strict=True)),
            query=self._query(operation, request),
            body=None if operation.body is None else wire.decode_body(body, operation.body, limit=self._limit),
            request_id=request_id,
            service=self._service,
            base_url=self._public_url or str(request.base_url).rstrip("/"),
        )
        return _answer(operation, operation.handler(call))

    def _actor(self, operation: Operation, request: Request) -> Actor | None:
        if operation.anonymous:
            return None
        actor = keys.authenticate(self._service, credentials(request))
        request.scope["actor"] = f"{actor.kind}:{actor.id}"
        if not operation.reads and set(actor.permissions.values()) <= {"read", "billing"}:
            raise Forbidden("This needs write permission; the key only reads")
        return actor

    def _query(self, operation: Operation, request: Request) -> Any:
        if operation.query is None:
            return None
        lifted = [n for n in _LIFTED if n in operation.query.__struct_encode_fields__]
        return wire.decode_query(request.scope["query_string"], operation.query, lifted=lifted)


def credentials(request: Request) -> str:
    """The API key of a request, `id:secret`, from any header that may carry it; raises Unauthenticated without one."""
    key = request.headers.get("x-api-key")
    if key is None:
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        key = rest if scheme.lower() in ("apikey", "bearer") else None
    if not key or not key.strip():
        raise Unauthenticated("Authorization required")
    return key.strip()


def _answer(operation: Operation, answer: Any) -> Response:
    if operation.answer is None:
        return Response(status_code=operation.status)
    data = answer if isinstance(answer, bytes) else wire.encode(answer)
    return Response(data, status_code=operation.status, media_type=operation.media)


def _error(request: Request, status: int, body: Error, headers: dict[str, str] | None = None) -> Response:
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return Response(wire.encode(body), status_code=status, media_type="application/json", headers=headers)
