"""Signing in and out: `/session` takes an API key, or the start's ticket, and keeps a cookie for the pages."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Invalid, Refusal, Unauthenticated
from nunatak.services import keys, sessions
from nunatak.services.service import Service
from nunatak.services.sessions import Tickets
from nunatak.web.answers import asked, refused, told


def routes(service: Service, tickets: Tickets) -> list[BaseRoute]:
    """GET tells whether somebody is signed in, POST `{key}` or `{ticket}` signs in, DELETE signs out."""

    async def session(request: Request) -> Response:
        try:
            answer: Response = await _METHODS[request.method](service, tickets, request)
            return answer
        except Refusal as refusal:
            return refused(refusal)

    return [Route("/session", session, methods=[*_METHODS])]


async def _look(service: Service, _tickets: Tickets, request: Request) -> Response:
    cookie = request.cookies.get(sessions.COOKIE)
    if not cookie:
        return told({"signedIn": False})
    try:
        actor = await run_in_threadpool(sessions.actor, service, cookie)
    except Unauthenticated:
        return _without_cookie(told({"signedIn": False}))
    return told(_shown(service, actor, cookie))


async def _sign_in(service: Service, tickets: Tickets, request: Request) -> Response:
    given = await asked(request)
    actor = await run_in_threadpool(_proved, service, tickets, given)
    cookie = sessions.begin(service, actor.id)
    answer = told(_shown(service, actor, cookie))
    answer.set_cookie(
        sessions.COOKIE,
        cookie,
        max_age=int(sessions.LIFETIME.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


async def _sign_out(service: Service, _tickets: Tickets, request: Request) -> Response:
    cookie = request.cookies.get(sessions.COOKIE, "")
    if cookie and not sessions.marked(service, cookie, request.headers.get(sessions.MARK, "")):
        raise Forbidden(f"Signing out needs the session's {sessions.MARK} header")
    return _without_cookie(told({"signedIn": False}))


_METHODS: dict[str, Any] = {"HEAD": _look, "GET": _look, "POST": _sign_in, "DELETE": _sign_out}


def _proved(service: Service, tickets: Tickets, given: dict[str, str]) -> Actor:
    """The actor of the key or the ticket; raises Unauthenticated and Invalid."""
    if "ticket" in given:
        return keys.known(service, tickets.redeem(given["ticket"], service.clock()))
    if not given.get("key", "").strip():
        raise Invalid("Give an API key", ("body.key: expected an API key as id:secret",))
    return keys.authenticate(service, given["key"].strip())


def _shown(service: Service, actor: Actor, cookie: str) -> dict[str, Any]:
    return {
        "signedIn": True,
        "name": actor.name,
        "permissions": actor.permissions,
        "mark": sessions.mark(service, cookie),
    }


def _without_cookie(answer: Response) -> Response:
    answer.delete_cookie(sessions.COOKIE, httponly=True, samesite="strict")
    return answer
