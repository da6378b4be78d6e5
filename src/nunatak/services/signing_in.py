"""Signing in with an issuer: the walk through its pages, and whose the identity is that comes back."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlencode

from itsdangerous import BadData, URLSafeTimedSerializer

from nunatak.blobs.tokens import serializer
from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.errors import Forbidden, Unauthenticated
from nunatak.core.kinds import USER, fold
from nunatak.core.people import User, identity
from nunatak.services import members, people
from nunatak.services.changes import Ledger
from nunatak.services.fetching import NotFetched
from nunatak.services.issuers import Issuer, Trust
from nunatak.services.service import Service
from nunatak.store.unit import Unit

CALLBACK = "/sign-in/callback"
SECONDS = 600  # that somebody may take at the issuer's pages
_SALT = "sign-in"


@dataclass(frozen=True, kw_only=True)
class Walk:
    """What this browser must bring back: it lies in a cookie, signed."""

    state: str
    nonce: str
    verifier: str
    to: str


def begin(service: Service, issuer: Issuer, *, base_url: str, to: str) -> tuple[str, str]:
    """The issuer's address to go to, and the cookie that belongs to this walk; raises Busy while the issuer is away."""
    walk = Walk(state=_word(), nonce=_word(), verifier=_word(), to=safe(to))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(walk.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": issuer.trust.client_id,
        "redirect_uri": base_url + CALLBACK,
        "scope": issuer.trust.scopes,
        "state": walk.state,
        "nonce": walk.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = issuer.places().authorization
    cookie = _serializer(service).dumps([walk.state, walk.nonce, walk.verifier, walk.to])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", str(cookie)


def finish(
    service: Service, issuer: Issuer, *, base_url: str, cookie: str, told: Mapping[str, str]
) -> tuple[Mapping[str, Any], str]:
    """What the issuer says of whoever comes back, and where they wanted to go. Raises Unauthenticated for an answer to
    another walk, or one that doesn't hold."""
    walk = _walk(service, cookie)
    if not compare_digest(walk.state.encode(), told.get("state", "").encode()):
        raise Unauthenticated("This answer belongs to another sign-in; begin again")
    if told.get("iss", issuer.trust.issuer) != issuer.trust.issuer:
        raise Unauthenticated(f"This answer is another issuer's; expected {issuer.trust.issuer}")
    if "code" not in told:
        raise Unauthenticated(f"The issuer let nobody in: {told.get('error', 'it gave no code')[:100]}")
    token = _exchanged(issuer, told["code"], walk.verifier, base_url + CALLBACK)
    claims = issuer.claims(token, issuer.trust.client_id)
    if not compare_digest(str(claims.get("nonce", "")).encode(), walk.nonce.encode()):
        raise Unauthenticated("The issuer's token was made for another sign-in; begin again")
    if claims.get("azp", issuer.trust.client_id) != issuer.trust.client_id:
        raise Unauthenticated("The issuer's token was made for another client")
    return claims, walk.to


def member(service: Service, trust: Trust, claims: Mapping[str, Any], *, joining: bool = False) -> Actor:
    """The user whom the issuer vouches for. At their first time they are known by their proved address, and whoever is
    invited, or has an address of a domain that an organization is open to, joins; with `joining` that is looked for
    anew. Raises Forbidden for somebody whom no organization knows."""
    client_id = str(claims.get("azp") or claims.get("client_id") or "")
    email = proved_email(trust, claims)
    with service.reading() as unit:
        user = members.vouched(unit, trust.issuer, claims["sub"])
        is_invited = _is_invited(service, unit, email) if user is None or joining else False
        is_new = user is None or is_invited
        is_expected = user is not None or is_invited or bool(_same(unit, email))
        found = members.actor_of(unit, user, provider=trust.issuer, client_id=client_id) if user else None
    if not is_expected:
        raise _stranger(email)
    if user is not None and found is not None and not is_new:
        members.note_activity(service, user)
        return found
    joined = _joined(service, trust, claims, email)
    with service.reading() as unit:
        return members.actor_of(unit, joined, provider=trust.issuer, client_id=client_id)


def visitor(trust: Trust) -> Actor:
    """Somebody of whom only the address is known, which the issuer has proved: share links may open for them."""
    return Actor(kind="user", id="", provider=trust.issuer)


def proved_email(trust: Trust, claims: Mapping[str, Any]) -> str:
    """The address that the issuer has proved; empty for none."""
    email, verified = claims.get("email"), claims.get("email_verified")
    is_proved = verified in (True, "true") or (trust.any_email and verified is None)
    return email.strip() if isinstance(email, str) and is_proved else ""


def _joined(service: Service, trust: Trust, claims: Mapping[str, Any], email: str) -> User:
    """The user, in the organizations that have invited the address, and vouched for from now on."""
    with service.writing(Actor(kind="service", id="sign-in", name="Sign-in", provider=trust.issuer)) as ledger:
        ledger.unit.lock(people.ADDRESSES)
        if email:
            people.welcome(ledger, email)
        user = members.vouched(ledger.unit, trust.issuer, claims["sub"]) or _known(ledger, trust, claims, email)
        if user is None:
            raise _stranger(email)
        if email:
            people.join(ledger, user, email)
        return user


def _known(ledger: Ledger, trust: Trust, claims: Mapping[str, Any], email: str) -> User | None:
    """The user of a proved address whom the issuer hasn't vouched for by another name, made where they are invited."""
    own = identity(trust.issuer, claims["sub"])
    user = _same(ledger.unit, email)
    if user is None:
        name = claims.get("name")
        told = {"email": email} | ({"name": name[:200]} if isinstance(name, str) and name else {})
        return people.invited(ledger, told, own) if email else None
    if any(one.partition(" ")[0] == trust.issuer for one in user.identities):
        return None  # the address has changed hands
    change = Change(verb="update", kind=USER.name, id=user.id, values={"identities": [*user.identities, own]})
    changed: User = ledger.found(change)
    return changed


def _is_invited(service: Service, unit: Unit, email: str) -> bool:
    return bool(people.waiting(unit, email, service.clock()) or people.welcoming(unit, email))


def _same(unit: Unit, email: str) -> User | None:
    """The user of an address."""
    found: list[User] = [user for user in unit.every(USER, "") if fold(user.email) == fold(email)] if email else []
    return found[0] if found else None


def _stranger(email: str) -> Forbidden:
    who = email or "Somebody whose address the issuer has not proved"
    return Forbidden(f"{who} belongs to no organization here; ask an administrator for an invitation")


def _exchanged(issuer: Issuer, code: str, verifier: str, redirect: str) -> str:
    """The identity token that a code stands for."""
    trust, places = issuer.trust, issuer.places()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, "code_verifier": verifier}
    basic = None
    if trust.client_secret and not places.posts_secret:
        basic = (quote(trust.client_id, safe=""), quote(trust.client_secret, safe=""))
    else:
        form |= {"client_id": trust.client_id}
        form |= {"client_secret": trust.client_secret} if trust.client_secret else {}
    try:
        answer = issuer.fetch(places.token, form, basic)
    except NotFetched as error:
        raise Unauthenticated(f"The issuer took the code for none of its own: {error}") from None
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise Unauthenticated("The issuer gave no identity token; expected the scope `openid`")
    return token


def safe(to: str) -> str:
    """An address of this server to go to afterwards; the front page for any that might lead elsewhere."""
    is_own = to.startswith("/") and not to.startswith(("//", "/\\")) and len(to) <= 2000
    return to if is_own and to.isprintable() and "\\" not in to else "/"


def _walk(service: Service, cookie: str) -> Walk:
    try:
        state, nonce, verifier, to = _serializer(service).loads(cookie, max_age=SECONDS)
    except (BadData, ValueError, TypeError):
        raise Unauthenticated("This sign-in was not begun here, or took too long; begin again") from None
    return Walk(state=state, nonce=nonce, verifier=verifier, to=to)


def _word() -> str:
    return secrets.token_urlsafe(32)


def _serializer(service: Service) -> URLSafeTimedSerializer:
    return serializer(service.peppers[::-1], _SALT, service.clock)
