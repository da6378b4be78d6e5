"""The API as an ASGI app: finds the operation, proves the caller, reads the request, answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from nunatak import __version__
from nunatak.api import wire
from nunatak.api.icepanel import (
    api_keys,
    audit,
    changes,
    comments,
    connections,
    descriptions,
    diagrams,
    drafts,
    flows,
    imports,
    landscape_exports,
    landscapes,
    layouts,
    logs,
    openapi,
    people,
    resource,
    schemas,
    search,
    share_links,
    technologies,
    versions,
    viewing,
    webhooks,
)
from nunatak.api.icepanel.addresses import addressed
from nunatak.api.icepanel.entry import authenticated
from nunatak.api.icepanel.errors import Error, SchemaLost, refused, unknown_method, unknown_path
from nunatak.api.icepanel.operation import Call, Operation, Operations
from nunatak.api.icepanel.reading import (
    Incoming,
    audited,
    body_of,
    caller,
    drain,
    given_body,
    is_quick,
    key_of,
    permitted,
    present,
    query_of,
    received,
)
from nunatak.api.icepanel.router import Match, Router
from nunatak.api.icepanel.table import FAMILIES
from nunatak.api.threads import Threads
from nunatak.api.wire.faults import again
from nunatak.api.wire.limits import USUAL, Limits
from nunatak.api.wire.rates import Figures, Rates, sort_of
from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Refusal, Unauthenticated
from nunatak.services import admission
from nunatak.services.answers import Answer, Asked, Hands, once
from nunatak.services.counts import Counts
from nunatak.services.service import Service

# The modules whose operations aren't rows of the table.
_NAMED = (
    api_keys,
    changes,
    connections,
    comments,
    descriptions,
    diagrams,
    drafts,
    flows,
    landscape_exports,
    landscapes,
    imports,
    layouts,
    schemas,
    audit,
    logs,
    people,
    search,
    share_links,
    technologies,
    versions,
    viewing,
    webhooks,
)


def all_operations() -> Operations:
    """Every operation of this API, in the document's order."""
    found = Operations()
    for family in FAMILIES:
        found.add(*resource.operations(family))
    for module in _NAMED:
        found.add(*module.OPERATIONS)
    return found


class Api:
    """The ASGI app of everything under `prefix`. `public_url` is the server's address for its clients; without one it
    is the address that the request came to. `rates` are the figures that callers are held to, None for none, and
    `counts` where they are counted; `keep_answers` is how long the answer to an idempotency key is kept."""

    def __init__(
        self,
        service: Service,
        *,
        prefix: str = "/v1",
        body_limit: int = 32 * 1024 * 1024,
        limits: Limits = USUAL,
        public_url: str = "",
        rates: Figures | None = None,
        counts: Counts | None = None,
        keep_answers: timedelta = timedelta(hours=24),
        operations: Iterable[Operation] | None = None,
    ) -> None:
        found = list(all_operations() if operations is None else operations)
        self._service = service
        self._prefix = prefix
        self._limit, self._limits = body_limit, limits
        self._public_url = public_url.rstrip("/")
        self._router = Router(found)
        self._rates = None if rates is None else Rates(rates, counts)
        self._keep_answers = keep_answers
        self._hands = Hands()
        self._threads = Threads()
        self._at_hand = service.database.is_sqlite
        document = openapi.document(found, version=__version__)
        self._schemas = document["components"]["schemas"]
        self.document = msgspec.json.encode(document)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        await drain(request)
        if "rate" in scope:
            response.headers.update(scope["rate"].headers)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        path = self._path(request)
        if path in ("", "/", "/openapi.json"):
            return Response(self.document, media_type="application/json")
        match = self._router.match(path)
        if match is None:
            return _error(request, *unknown_path())
        operation = _asked_for(match, request.method)
        if operation is None:
            allowed = sorted(match.operations)
            return _error(request, *unknown_method(allowed), headers={"Allow": ", ".join(allowed)})
        request.scope["operation"] = operation.id
        incoming = Incoming(operation, dict(zip(operation.parameters, match.values, strict=True)), request)
        try:
            return await self._answered(incoming)
        except Refusal as refusal:
            if isinstance(refusal, Unauthenticated | Forbidden):
                told = partial(audited, self._service, request, refusal, operation=operation.id, path=incoming.path)
                await self._threads.run(told)
            status, answer = refused(refusal, request.scope.get("request_id", ""))
            return _error(request, status, answer, headers=again(refusal))

    def _path(self, request: Request) -> str:
        """The path below the prefix, as it came: a URL would lose tabs and what follows a "?"."""
        return str(request.scope["path"]).removeprefix(self._prefix)

    async def _answered(self, incoming: Incoming) -> Response:
        """Who calls, and whether they find what the path names, is settled before a body is read."""
        if incoming.operation.body is None:
            if self._at_hand and incoming.operation.light and is_quick(incoming.request):
                return self._without_body(incoming)
            return await self._threads.run(self._without_body, incoming)
        actor = await self._threads.run(self._admitted, incoming)
        data = await received(incoming.request, limit=self._limit)
        return await self._threads.run(self._carried_out, incoming, actor, data)

    def _without_body(self, incoming: Incoming) -> Response:
        return self._carried_out(incoming, self._actor(incoming), b"")

    def _admitted(self, incoming: Incoming) -> Actor | None:
        actor = self._actor(incoming)
        if actor is not None:
            admission.admit(self._service, actor, incoming.path, incoming.operation.needs)
        return actor

    def _actor(self, incoming: Incoming) -> Actor | None:
        """Who calls, counted to the rate of the credentials, or of the address where they are wrong or needless."""
        operation, request, actor = incoming.operation, incoming.request, None
        try:
            if not operation.anonymous:
                actor = authenticated(self._service, request)
        finally:
            self._count(request, caller(request, actor))
        if actor is None:
            return None
        request.scope["actor"] = caller(request, actor)
        return permitted(operation, present(actor, request))

    def _count(self, request: Request, who: str) -> None:
        """Counts a request; raises OverRate for one too many."""
        if self._rates is None:
            return
        request.scope["rate"], over = self._rates.count(who, sort_of(request.method, self._path(request)))
        if over is not None:
            raise over

    def _carried_out(self, incoming: Incoming, actor: Actor | None, data: bytes) -> Response:
        body = body_of(incoming.request, data, limit=self._limit)
        key = key_of(incoming.request) if incoming.operation.keyed else None
        if key is None or actor is None:
            return self._called(incoming, actor, body, self._service)
        return self._once(incoming, actor, body, key)

    def _once(self, incoming: Incoming, actor: Actor, body: bytes, key: str) -> Response:
        """The answer to a request with an idempotency key: this one's, or the one it had when it first came."""
        scope = incoming.request.scope
        parts = (scope["path"].encode(), scope["query_string"], body)
        asked = Asked.by(actor, key, *parts, private=incoming.operation.private)

        def act(service: Service) -> Answer:
            made = self._called(incoming, actor, body, service)
            return Answer(status=made.status_code, media_type=made.media_type or "", body=bytes(made.body).decode())

        answer, again = once(self._service, asked, act, hands=self._hands, keep=self._keep_answers)
        headers = {"Idempotency-Replayed": "true"} if again else None
        return Response(answer.body, answer.status, headers, answer.media_type or None)

    def _called(self, incoming: Incoming, actor: Actor | None, body: bytes, service: Service) -> Response:
        operation, request = incoming.operation, incoming.request
        call = Call(
            actor=actor,
            path=incoming.path,
            query=query_of(operation, request, self._limits),
            body=given_body(operation, request, body, limit=self._limit, limits=self._limits),
            request_id=request.scope.get("request_id", ""),
            service=service,
            base_url=self._public_url or str(request.base_url).rstrip("/"),
            schemas=self._schemas,
        )
        return _answer(operation, operation.handler(call), call.base_url)


def _asked_for(match: Match, method: str) -> Operation | None:
    """The operation of a method; HEAD is answered as GET is where it has none of its own."""
    return match.operations.get(method) or (match.operations.get("GET") if method == "HEAD" else None)


def _answer(operation: Operation, answer: Any, base_url: str) -> Response:
    if operation.answer is None:
        return Response(status_code=operation.status)
    data = addressed(answer if isinstance(answer, bytes) else wire.encode(answer), base_url)
    return Response(data, status_code=operation.status, media_type=operation.media)


def _error(request: Request, status: int, body: Error | SchemaLost, headers: dict[str, str] | None = None) -> Response:
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return Response(wire.encode(body), status_code=status, media_type="application/json", headers=headers)
