"""Signing in and out: `/session` takes an API key, or the start's ticket, and keeps a cookie for the pages."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Invalid, Refusal, Unauthenticated
from nunatak.services import audit, keys, sessions
from nunatak.services.service import Service
from nunatak.services.sessions import Tickets
from nunatak.web.answers import asked, present, refused, told


def routes(service: Service, tickets: Tickets) -> list[BaseRoute]:
    """GET tells whether somebody is signed in, and by whom they may be; POST `{key}` or `{ticket}` signs in, DELETE
    signs out."""

    async def session(request: Request) -> Response:
        try:
            answer: Response = await _METHODS[request.method](service, tickets, request)
            return answer
        except Refusal as refusal:
            who = getattr(refusal, "claimed", None)
            if who is not None:
                await run_in_threadpool(
                    audit.refused, service, present(who, request), refusal, operation=f"session {request.method}"
                )
            return refused(refusal)

    return [Route("/session", session, methods=[*_METHODS])]


async def _look(service: Service, _tickets: Tickets, request: Request) -> Response:
    cookie = _cookie(request)
    if not cookie:
        return told(_nobody(service))
    try:
        actor = await run_in_threadpool(sessions.actor, service, cookie)
    except Unauthenticated:
        return told(_nobody(service))  # a visitor's cookie stays: it opens share links
    return told(_shown(service, actor, cookie))


async def _sign_in(service: Service, tickets: Tickets, request: Request) -> Response:
    given = await asked(request)
    actor, cookie = await run_in_threadpool(_begun, service, tickets, request, given)
    answer = told(_shown(service, actor, cookie))
    keep(answer, request, cookie)
    return answer


async def _sign_out(service: Service, _tickets: Tickets, request: Request) -> Response:
    cookie = _cookie(request)
    if cookie and not sessions.marked(service, cookie, request.headers.get(sessions.MARK, "")):
        raise Forbidden(f"Signing out needs the session's {sessions.MARK} header")
    if cookie:
        await run_in_threadpool(_end, service, request, cookie)
    return _without_cookie(told(_nobody(service)), request)


_METHODS: dict[str, Any] = {"HEAD": _look, "GET": _look, "POST": _sign_in, "DELETE": _sign_out}


def _begun(service: Service, tickets: Tickets, request: Request, given: dict[str, str]) -> tuple[Actor, str]:
    return begun(service, request, _proved(service, tickets, given))


def begun(service: Service, request: Request, actor: Actor, *, email: str = "") -> tuple[Actor, str]:
    """A session of somebody who has proved who they are, told to the log: the actor, and the cookie's value. The
    session that the browser had before ends."""
    actor = present(actor, request)
    if before := _cookie(request):
        sessions.end(service, before)
    cookie = sessions.begin(service, actor, email=email)
    audit.came_in(service, actor)
    return actor, cookie


def keep(answer: Response, request: Request, cookie: str) -> None:
    """Gives the browser a session's cookie, which no script and no other site gets."""
    secure = request.url.scheme == "https"
    answer.set_cookie(
        sessions.cookie_name(secure=secure),
        cookie,
        max_age=int(sessions.LIFETIME.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure,
    )


def _end(service: Service, request: Request, cookie: str) -> None:
    with suppress(Unauthenticated):
        audit.went(service, present(sessions.actor(service, cookie), request))
    sessions.end(service, cookie)


def _proved(service: Service, tickets: Tickets, given: dict[str, str]) -> Actor:
    """The actor of the key or the ticket; raises Unauthenticated and Invalid."""
    if "ticket" in given:
        return keys.known(service, tickets.redeem(given["ticket"], service.clock()))
    if not given.get("key", "").strip():
        raise Invalid("Give an API key", ("body.key: expected an API key as id:secret",))
    return keys.authenticate(service, given["key"].strip())


def _cookie(request: Request) -> str:
    return sessions.cookie_of(request.cookies, secure=request.url.scheme == "https")


def _nobody(service: Service) -> dict[str, Any]:
    """That nobody is signed in; `signIn` says whose sign-in there is and where it begins, below the server's root."""
    if service.issuer is None:
        return {"signedIn": False}
    return {"signedIn": False, "signIn": {"name": service.issuer.trust.label, "path": "sign-in/issuer"}}


def _shown(service: Service, actor: Actor, cookie: str) -> dict[str, Any]:
    return {
        "signedIn": True,
        "name": actor.name,
        "permissions": actor.permissions,
        "mark": sessions.mark(service, cookie),
    }


def _without_cookie(answer: Response, request: Request) -> Response:
    secure = request.url.scheme == "https"
    answer.delete_cookie(sessions.cookie_name(secure=secure), httponly=True, samesite="strict", secure=secure)
    return answer
