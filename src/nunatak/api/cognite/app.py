"""The API as an ASGI app: finds project and operation, proves the caller, reads the request, answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from nunatak.api import wire
from nunatak.api.cognite import diagrams, file_annotations, files, instances, links, openapi, tokens
from nunatak.api.cognite.errors import error, refused
from nunatak.api.cognite.operation import Call, Later, Operation, Router, Told
from nunatak.api.wire.faults import again
from nunatak.api.wire.incoming import audited, body_of, caller, drain, present, proved, received
from nunatak.api.wire.limits import USUAL, Limits
from nunatak.core.access import Actor, require
from nunatak.core.errors import Busy, Forbidden, NotFound, Refusal, Unauthenticated
from nunatak.services import projects
from nunatak.services.service import Service

PREFIXES = ("/api/v1", "/api/playground")
_NAMED = (files, links, file_annotations, diagrams, instances)
_FIRST_WAIT, _LONGEST_WAIT = 0.02, 0.25  # seconds between looks at an answer that isn't final


def all_operations() -> list[Operation]:
    """The operations that belong to a project."""
    return [one for module in _NAMED for one in module.OPERATIONS]


class Api:
    """The ASGI app of everything under `/api`. `body_limit` is in bytes, counted without compression; `hold` is how
    many seconds a caller is kept waiting for an answer that isn't final, unless the server is `leaving`; `public_url`
    as in the other face."""

    def __init__(
        self,
        service: Service,
        *,
        body_limit: int = 256 * 1024 * 1024,
        limits: Limits = USUAL,
        public_url: str = "",
        hold: float = 20,
        leaving: Callable[[], bool] = lambda: False,
    ) -> None:
        self._service = service
        self._limit, self._limits = body_limit, limits
        self._public_url = public_url.rstrip("/")
        self._hold = hold
        self._leaving = leaving
        self._router = Router(all_operations())
        self._outer = Router(tokens.OPERATIONS)
        self.document = wire.encode(openapi.document(all_operations(), tokens.OPERATIONS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Refusal as refusal:
            if isinstance(refusal, Unauthenticated | Forbidden):
                path = {"organizationId": request.scope.get("organization", "")}
                told = partial(audited, self._service, request, refusal, operation=_named(request), path=path)
                await run_in_threadpool(told)
            response = _refusal(refusal)
        await drain(request)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        project, path = _parted(request.scope["path"])
        if project is None and path == "/openapi.json" and request.method in ("GET", "HEAD"):
            return _json(self.document, 200)
        operations, id_ = (self._outer if project is None else self._router).match(path)
        if not operations:
            raise NotFound("There is no such path")
        operation = operations.get(request.method)
        if operation is None:
            allowed = ", ".join(sorted(operations))
            body = error(405, f"This path takes {allowed}")
            return _json(body, 405, {"Allow": allowed})
        actor, organization_id = await run_in_threadpool(self._admitted, request, operation, project)
        data = await received(request, limit=self._limit) if operation.body else b""
        call = await run_in_threadpool(self._call, request, operation, actor, organization_id, id_, data)
        return await self._answered(request, operation, call)

    def _admitted(self, request: Request, operation: Operation, project: str | None) -> tuple[Actor, str]:
        """Who calls, and in which organization, settled before a body is read."""
        actor = present(proved(self._service, request), request)
        request.scope["actor"] = caller(request, actor)
        if project is None:
            return actor, ""
        try:
            organization_id = projects.named(self._service, actor, project)
        except NotFound:  # clients ask then which projects there are, and tell
            raise Unauthenticated(f"The token does not open project {project!r}") from None
        request.scope["organization"] = organization_id
        require(actor, operation.deed, organization_id, whole=True)
        return actor, organization_id

    def _call(
        self, request: Request, operation: Operation, actor: Actor, organization_id: str, id_: str, data: bytes
    ) -> Call:
        body = None
        if operation.body is not None:
            plain = body_of(request, data, limit=self._limit)
            body = wire.decode_body(plain, operation.body, limit=self._limit, limits=self._limits)
        query = None
        if operation.query is not None:
            query = wire.decode_query(request.scope["query_string"], operation.query, limits=self._limits)
        return Call(
            service=self._service,
            actor=actor,
            organization_id=organization_id,
            id=id_,
            query=query,
            body=body,
            base_url=self._public_url or str(request.base_url).rstrip("/"),
        )

    async def _answered(self, request: Request, operation: Operation, call: Call) -> Response:
        """The answer, waited for where it isn't final: between two looks no thread is held."""
        end, wait = time.monotonic() + self._hold, _FIRST_WAIT
        while True:
            answer = await run_in_threadpool(operation.handler, call)
            if not isinstance(answer, Later) or time.monotonic() + wait > end:
                break
            await asyncio.sleep(wait)
            wait = min(wait * 1.2, _LONGEST_WAIT)
            if self._leaving() or await request.is_disconnected():
                break
        told = answer if isinstance(answer, Told) else Told(body=answer, headers={})
        body = told.body.body if isinstance(told.body, Later) else told.body
        return _json(body, operation.status, told.headers)


def _named(request: Request) -> str:
    """The operation as the log names it: method and path, without project and ids."""
    words = _parted(request.scope["path"])[1].strip("/").split("/")
    return f"{request.method} /" + "/".join("{id}" if word.isdecimal() else word for word in words[:4])


def _parted(path: str) -> tuple[str | None, str]:
    """A path's project, if it has one, and what follows."""
    for prefix in PREFIXES:
        rest = path.removeprefix(prefix)
        if rest != path and rest.startswith("/projects/"):
            project, _, tail = rest.removeprefix("/projects/").partition("/")
            return project, f"/{tail}"
        if rest != path:
            return None, rest
    return None, path


def _json(body: Any, status: int, headers: Mapping[str, str] | None = None) -> Response:
    data = body if isinstance(body, bytes) else wire.encode(body)
    return Response(data, status_code=status, media_type="application/json", headers=dict(headers or {}))


def _refusal(refusal: Refusal) -> Response:
    """A refusal's answer; what may pass later is marked so that clients try again, whatever they asked."""
    status, body = refused(refusal)
    headers = {"cdf-is-auto-retryable": "true"} if isinstance(refusal, Busy) else {}
    return _json(body, status, headers | again(refusal))
