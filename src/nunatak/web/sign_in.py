"""The sign-in page, plain and without scripts: with an API key, or with the issuer that the operator has named."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, NotFound, Refusal
from nunatak.services import audit, keys, signing_in
from nunatak.services.issuers import Issuer
from nunatak.services.service import Service
from nunatak.services.sessions import OWN_PAGES
from nunatak.web.answers import PRIVATE, again, form, present, status_of
from nunatak.web.pages import PAGE_HEADERS
from nunatak.web.sessions import begun, keep

_PAGE = "/sign-in"
_START = "/sign-in/issuer"
_COOKIE = "nunatak_sign_in"
_FORM = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_HEADERS = {**PAGE_HEADERS, **PRIVATE, "Content-Security-Policy": f"{_FORM}; form-action 'self'"}


def routes(service: Service, *, public_url: str) -> list[BaseRoute]:
    """`GET /sign-in?to=` is the page and POST its form; `/sign-in/issuer` leads to the issuer and `/sign-in/callback`
    back. `public_url` is the server's address, which the issuer knows."""

    def answered(make: Any) -> Any:
        async def answer(request: Request) -> Response:
            to = signing_in.safe(request.query_params.get("to", "/"))
            try:
                found: Response = await make(request, to)
                return found
            except Refusal as refusal:
                await run_in_threadpool(_audited, service, request, refusal)
                return _page(service, request, to, refusal)

        return answer

    async def page(request: Request, to: str) -> Response:
        return _page(service, request, to)

    async def enter(request: Request, to: str) -> Response:
        _same_page(request)
        given = await form(request)
        return await run_in_threadpool(_entered, service, request, given.get("key", ""), public_url, to)

    async def start(request: Request, to: str) -> Response:
        return await run_in_threadpool(_started, service, request, public_url, to)

    async def back(request: Request, _to: str) -> Response:
        return await run_in_threadpool(_came_back, service, request, public_url)

    return [
        Route(_PAGE, answered(page), methods=["GET"]),
        Route(_PAGE, answered(enter), methods=["POST"]),
        Route(_START, answered(start)),
        Route(signing_in.CALLBACK, answered(back)),
    ]


def _entered(service: Service, request: Request, key: str, public_url: str, to: str) -> Response:
    actor = keys.authenticate(service, key.strip())
    return _let_in(service, request, actor, public_url, to)


def _started(service: Service, request: Request, public_url: str, to: str) -> Response:
    address, cookie = signing_in.begin(service, _issuer(service), base_url=public_url.rstrip("/"), to=to)
    answer = RedirectResponse(address, 302, _HEADERS)
    secure = request.url.scheme == "https"
    # Lax: the way back begins at the issuer's page, and a strict cookie would stay away from it.
    answer.set_cookie(
        _COOKIE, cookie, max_age=signing_in.SECONDS, path=_PAGE, httponly=True, samesite="lax", secure=secure
    )
    return answer


def _came_back(service: Service, request: Request, public_url: str) -> Response:
    issuer = _issuer(service)
    cookie = request.cookies.get(_COOKIE, "")
    told = dict(request.query_params)
    claims, to = signing_in.finish(service, issuer, base_url=public_url.rstrip("/"), cookie=cookie, told=told)
    try:
        actor = signing_in.member(service, issuer.trust, claims, joining=True)
    except Forbidden:
        email = signing_in.proved_email(issuer.trust, claims)
        if not to.startswith("/s/") or not email:
            raise
        return _let_in(service, request, signing_in.visitor(issuer.trust), public_url, to, email=email)
    return _let_in(service, request, actor, public_url, to, email=signing_in.proved_email(issuer.trust, claims))


def _let_in(service: Service, request: Request, actor: Actor, public_url: str, to: str, *, email: str = "") -> Response:
    _, cookie = begun(service, request, actor, email=email)
    answer = RedirectResponse(public_url.rstrip("/") + to, 303, _HEADERS)
    keep(answer, request, cookie)
    answer.delete_cookie(_COOKIE, path=_PAGE)
    return answer


def _issuer(service: Service) -> Issuer:
    if service.issuer is None:
        raise NotFound("This server has no sign-in but API keys")
    return service.issuer


def _same_page(request: Request) -> None:
    """Raises Forbidden for a form of another site, which would sign somebody in as somebody else."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in OWN_PAGES:
        raise Forbidden("Only this server's own pages may sign somebody in")
    if site is None and origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden("Only this server's own pages may sign somebody in")


def _audited(service: Service, request: Request, refusal: Refusal) -> None:
    who = getattr(refusal, "claimed", None)
    if who is not None:
        audit.refused(service, present(who, request), refusal, operation="sign-in")


def _page(service: Service, request: Request, to: str, refusal: Refusal | None = None) -> Response:
    """The page, with the words of what was refused. Its addresses are relative: it may lie behind a prefix."""
    up = "" if request.scope["path"] == _PAGE else "../"
    words = f'<p role="alert">{html.escape(refusal.message)}</p>' if refusal else ""
    query = f"?to={quote(to, safe='/')}" if to != "/" else ""
    link = ""
    if service.issuer is not None:
        name = html.escape(service.issuer.trust.label)
        link = f'<p><a class="button" href="{up}sign-in/issuer{html.escape(query)}">Sign in with {name}</a></p>'
    body = _BODY.format(up=up, words=words, link=link, query=html.escape(query))
    return Response(body, status_of(refusal) if refusal else 200, {**_HEADERS, **again(refusal)}, "text/html")


_BODY = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign in · nunatak</title>
<link rel="icon" href="{up}static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{up}static/sign-in.css">
</head>
<body>
<main>
<h1>Sign in</h1>
{words}
{link}
<form method="post" action="{up}sign-in{query}">
<label for="key">API key</label>
<input id="key" name="key" type="password" autocomplete="current-password" placeholder="id:secret" required>
<button>Sign in with an API key</button>
</form>
</main>
</body>
</html>
"""
