"""Credentials: what a request shows, made the actor it proves."""

from __future__ import annotations

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Unauthenticated
from nunatak.services import access_tokens, issuers, keys, signing_in
from nunatak.services.service import Service

_SCHEMES = ("", "apikey", "bearer")


def proved(service: Service, *, api_key: str, authorization: str) -> Actor:
    """The actor of what the two headers hold; the first counts where both are there. An API key is `id:secret`, in
    either; a token is this server's or its issuer's. Raises Unauthenticated naming what was expected."""
    scheme, _, word = (api_key.strip() or authorization.strip()).rpartition(" ")
    if not word or scheme.strip().lower() not in _SCHEMES:
        raise Unauthenticated("Authorization required", (_EXPECTED,))
    if ":" in word or word.count(".") != 2:
        return keys.authenticate(service, word)
    return _of_token(service, word)


_EXPECTED = "header.Authorization: expected `Bearer` and a token, or an API key as id:secret here or in X-API-Key"


def _of_token(service: Service, token: str) -> Actor:
    """Whoever a token is from says who may check it; each checks with keys and algorithms of its own alone."""
    told = issuers.issuer_of(token)
    if told == access_tokens.ISSUER:
        return access_tokens.authenticate(service, token)
    issuer = service.issuer
    if issuer is None or not issuer.trust.audience or told != issuer.trust.issuer:
        raise issuers.refused("expected one of this server's /oauth/token, or of the issuer it trusts")
    claims = issuer.claims(token, issuer.trust.audience)
    try:
        return signing_in.member(service, issuer.trust, claims)
    except Forbidden as refusal:
        raise issuers.refused(f"expected somebody who is known here; {refusal.message}") from None
