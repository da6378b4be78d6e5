"""`/oauth/token`: an API key's id and secret, exchanged for a token that opens for an hour (OAuth 2, client
credentials)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import unquote_plus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from nunatak.core.errors import Busy, Refusal, TooLarge, Unauthenticated
from nunatak.services import access_tokens, audit, keys
from nunatak.services.service import Service
from nunatak.web.answers import PRIVATE, again, form, present


class _Faulty(Exception):
    """A request that the standard has a word for."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.answer = _told(error, description, status)


def routes(service: Service) -> list[BaseRoute]:
    """POST takes the form; `scope` and `audience` are the key's own, whatever is asked."""

    async def token(request: Request) -> Response:
        try:
            given = await form(request)
            return await run_in_threadpool(_issued, service, request, given)
        except _Faulty as fault:
            return fault.answer
        except Unauthenticated as refusal:
            if refusal.claimed is not None:
                who = present(refusal.claimed, request)
                await run_in_threadpool(audit.refused, service, who, refusal, operation="oauth.token")
            return _told("invalid_client", refusal.message, 401)
        except Busy as refusal:
            return _told("temporarily_unavailable", refusal.message, 503, again(refusal))
        except Refusal as refusal:
            return _told("invalid_request", refusal.message, 413 if isinstance(refusal, TooLarge) else 400)

    return [Route("/oauth/token", token, methods=["POST"])]


def _issued(service: Service, request: Request, given: dict[str, str]) -> Response:
    if given.get("grant_type") != "client_credentials":
        raise _Faulty("unsupported_grant_type", "grant_type: expected client_credentials")
    client_id, secret = _client(request, given)
    if not client_id or not secret:
        raise Unauthenticated("Expected client_id and client_secret, in the form or as Basic authorization")
    actor = present(keys.authenticate(service, f"{client_id}:{secret}"), request)
    token = access_tokens.issue(service, actor)
    audit.noted(service, actor, "token-create", actor.organization_ids)
    seconds = int(access_tokens.LIFETIME.total_seconds())
    return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": seconds}, headers=_HEADERS)


def _client(request: Request, given: dict[str, str]) -> tuple[str, str]:
    scheme, _, word = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return given.get("client_id", ""), given.get("client_secret", "")
    if "client_secret" in given:
        raise _Faulty("invalid_request", "Expected the secret in the form or as Basic authorization, not both")
    try:
        id_, _, secret = base64.b64decode(word, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise Unauthenticated("header.Authorization: expected Basic and base64 of id:secret") from None
    return unquote_plus(id_), unquote_plus(secret)


_HEADERS = {**PRIVATE, "Pragma": "no-cache"}


def _told(error: str, description: str, status: int, more: Mapping[str, str] | None = None) -> Response:
    headers = {**_HEADERS, **(more or {})} | ({"WWW-Authenticate": 'Basic realm="nunatak"'} if status == 401 else {})
    return JSONResponse({"error": error, "error_description": description}, status, headers)
