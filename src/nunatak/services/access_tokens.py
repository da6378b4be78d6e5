"""Access tokens of this server: an API key's credentials, exchanged for a signed word that opens for an hour."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from nunatak.core.access import Actor
from nunatak.services import keys
from nunatak.services.issuers import refused
from nunatak.services.service import Service

ISSUER = "urn:nunatak"
LIFETIME = timedelta(hours=1)
_AUDIENCE = "urn:nunatak:api"
_ALGORITHM = "HS256"  # the one that signs is the one that reads
_TYPE = "at+jwt"


def issue(service: Service, actor: Actor) -> str:
    """A token for a key that was proved just now."""
    now = int(service.clock().timestamp())
    claims = {
        "iss": ISSUER,
        "aud": _AUDIENCE,
        "sub": actor.id,
        "iat": now,
        "exp": now + int(LIFETIME.total_seconds()),
        "jti": secrets.token_urlsafe(12),
    }
    return jwt.encode({"alg": _ALGORITHM, "typ": _TYPE}, claims, _key(service.pepper), algorithms=[_ALGORITHM])


def authenticate(service: Service, token: str) -> Actor:
    """The actor of a token, while its key is valid; raises Unauthenticated."""
    for pepper in service.peppers:
        claims = _claims(token, pepper)
        if claims is not None:
            subject, issued_at = _subject(service, claims)
            return keys.known(service, subject, proved_at=issued_at)
    raise refused("expected one that this server has signed")


def _claims(token: str, pepper: bytes) -> dict[str, Any] | None:
    try:
        found = jwt.decode(token, _key(pepper), algorithms=[_ALGORITHM])
    except (JoseError, ValueError):
        return None
    return found.claims if found.header.get("typ") == _TYPE else None


def _subject(service: Service, claims: dict[str, Any]) -> tuple[str, datetime]:
    if claims.get("iss") != ISSUER or claims.get("aud") != _AUDIENCE:
        raise refused(f"expected the audience {_AUDIENCE}")
    end = claims.get("exp")
    if not isinstance(end, int) or end <= service.clock().timestamp():
        raise refused("it has run out; expected one that is at most an hour old")
    return str(claims.get("sub", "")), datetime.fromtimestamp(int(claims.get("iat", 0)), UTC)


def _key(pepper: bytes) -> OctKey:
    return OctKey.import_key(hmac.new(pepper, b"access-tokens", hashlib.sha256).digest())
