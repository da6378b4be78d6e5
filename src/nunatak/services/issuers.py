"""OpenID Connect: an issuer found by discovery, its keys, and the tokens that it has signed for us."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from nunatak.core.errors import Busy, Unauthenticated
from nunatak.services.fetching import Fetch, NotFetched, require_safe

# Signatures with a pair of keys: what verifies can't sign, so no public key can be taken for a secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_TYPES = (None, "jwt", "at+jwt", "application/at+jwt")
_KEYS_FOR, _KEYS_AGAIN = timedelta(minutes=10), timedelta(seconds=30)
_PLACES_FOR = timedelta(hours=1)
_LONGEST = 16 * 1024  # of a token, in characters
_DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Which issuer is trusted, and in what: `audience` is whom its bearer tokens must be for (empty: none are taken),
    `client_id` and `client_secret` are ours there, `algorithms` are the ones that may sign. With `any_email` addresses
    count that the issuer doesn't call verified; `skew` is how far clocks may differ."""

    issuer: str
    client_id: str
    client_secret: str = ""
    audience: str = ""
    name: str = ""
    scopes: str = "openid email profile"
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256", "EdDSA")
    any_email: bool = False
    skew: timedelta = timedelta(seconds=60)

    @property
    def label(self) -> str:
        """What people call the issuer."""
        return self.name or urlsplit(self.issuer).hostname or self.issuer


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where an issuer is asked what; `posts_secret` is whether it wants our secret in the form."""

    authorization: str
    token: str
    keys: str
    posts_secret: bool


class Issuer:
    """The issuer as this process knows it. Threads may share it."""

    def __init__(self, trust: Trust, *, fetch: Fetch, now: Callable[[], datetime]) -> None:
        self.trust = trust
        self.fetch = fetch
        self._now = now
        self._lock = threading.Lock()
        self._places: tuple[datetime, Places] | None = None
        self._keys: tuple[datetime, KeySet] | None = None
        self._tried: datetime | None = None

    def places(self) -> Places:
        """Where the issuer is asked what, by its own word; raises Busy while it can't be read."""
        now, held = self._now(), self._places
        if held is None or now - held[0] > _PLACES_FOR:
            try:
                held = self._places = (now, self._discovered())
            except NotFetched as error:
                if held is None:
                    raise _away(error) from None
        return held[1]

    def claims(self, token: str, audience: str) -> Mapping[str, Any]:
        """What a token says that the issuer has signed for this audience; raises Unauthenticated naming what was
        expected."""
        header = _header(token)
        algorithm = header.get("alg")
        if algorithm not in self.trust.algorithms:
            raise refused(f"expected it signed with {' or '.join(self.trust.algorithms)}")
        if _lower(header.get("typ")) not in _TYPES:
            raise refused("expected a token of the type JWT or at+jwt")
        try:
            found = jwt.decode(token, self._key(header), algorithms=[algorithm])
        except (JoseError, ValueError):
            raise refused("expected one that its issuer has signed") from None
        return self._checked(found.claims, audience)

    def _checked(self, claims: Mapping[str, Any], audience: str) -> Mapping[str, Any]:
        now, skew = self._now().timestamp(), self.trust.skew.total_seconds()
        told = claims.get("aud")
        audiences = told if isinstance(told, list) else [told]
        if claims.get("iss") != self.trust.issuer:
            raise refused(f"expected the issuer {self.trust.issuer}")
        if audience not in audiences:
            raise refused(f"expected the audience {audience}")
        if not _is_time(claims.get("exp")) or claims["exp"] <= now - skew:
            raise refused("it has run out; expected one whose `exp` is to come")
        for name in ("nbf", "iat"):
            if name in claims and (not _is_time(claims[name]) or claims[name] > now + skew):
                raise refused(f"it is not valid yet; expected one whose `{name}` is past")
        if not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise refused("expected a `sub` that says whose it is")
        return claims

    def _key(self, header: Mapping[str, Any]) -> Key:
        """The key that a token names, looked up again where it is a new one, though not at every word of anybody."""
        now, held = self._now(), self._keys
        found = None if held is None else _among(held[1], header)
        if held is None or found is None or now - held[0] > _KEYS_FOR:
            held = self._looked_up(now)
            found = _among(held[1], header)
        if found is None:
            raise refused("expected a key (`kid`) that its issuer publishes")
        return found

    def _looked_up(self, now: datetime) -> tuple[datetime, KeySet]:
        """The keys, read by one thread at a time and seldom; the others go on with those of before, if there are."""
        if self._lock.acquire(blocking=self._keys is None):
            try:
                if self._tried is None or now - self._tried >= _KEYS_AGAIN:
                    self._tried = now
                    self._read_keys(now)
            finally:
                self._lock.release()
        if self._keys is None:
            raise _away(NotFetched("its keys were not there a moment ago"))
        return self._keys

    def _read_keys(self, now: datetime) -> None:
        """The issuer's keys of now; those of before stay while it can't be read."""
        try:
            self._keys = (now, KeySet.import_key_set(self.fetch(self.places().keys)))  # type: ignore[arg-type]
        except (Busy, NotFetched, JoseError, ValueError, KeyError, TypeError) as error:
            if self._keys is None:
                raise error if isinstance(error, Busy) else _away(error) from None

    def _discovered(self) -> Places:
        issuer = require_safe(self.trust.issuer, name="issuer")
        found = self.fetch(issuer.rstrip("/") + _DISCOVERY)
        if found.get("issuer") != issuer:
            raise NotFetched(f"issuer: expected {issuer!r}, got {str(found.get('issuer'))[:200]!r}")
        methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return Places(
            authorization=require_safe(found.get("authorization_endpoint"), name="authorization_endpoint"),
            token=require_safe(found.get("token_endpoint"), name="token_endpoint"),
            keys=require_safe(found.get("jwks_uri"), name="jwks_uri"),
            posts_secret="client_secret_basic" not in methods,
        )


def issuer_of(token: str) -> object:
    """Whom an unproved token says it is from; raises Unauthenticated for what is no token."""
    _header(token)
    try:
        payload = jws.extract_compact(token.encode()).payload
        return msgspec.json.decode(payload, type=dict[str, Any]).get("iss")
    except (JoseError, msgspec.MsgspecError, ValueError):
        raise refused("expected three parts, the second an object of claims") from None


def refused(expected: str) -> Unauthenticated:
    """That a token isn't valid, and what was expected of it."""
    refusal = Unauthenticated(f"The access token is not valid: {expected}")
    refusal.code = "auth/invalid-access-token"
    return refusal


def _header(token: str) -> Mapping[str, Any]:
    if len(token) > _LONGEST:
        raise refused(f"expected at most {_LONGEST:,} characters")
    try:
        return jws.extract_compact(token.encode()).protected
    except (JoseError, ValueError, TypeError):
        raise refused("expected a JSON Web Token") from None


def _among(keys: KeySet, header: Mapping[str, Any]) -> Key | None:
    """The key that a header names; the only one where it names none."""
    kid = header.get("kid")
    fit = [key for key in keys.keys if kid is None or key.kid == kid]
    fit = [key for key in fit if key.get("use") in (None, "sig") and key.get("alg") in (None, header.get("alg"))]
    return fit[0] if len(fit) == 1 else None


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _away(error: Exception) -> Busy:
    return Busy(f"The issuer of this sign-in can't be reached: {error}")
