"""Browser sessions: whoever has proved who they are gets a cookie; whoever starts the server gets in by a ticket."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock

from nunatak.core.access import Actor
from nunatak.core.errors import Unauthenticated
from nunatak.core.kinds import SESSION
from nunatak.core.session import BrowserSession
from nunatak.services import keys, members
from nunatak.services.service import Service

COOKIE = "nunatak_session"
# Over TLS no other host, nor a page without it, can set a cookie of this name.
SECURE_COOKIE = f"__Host-{COOKIE}"
# What a page must send with a request that changes something: other pages can't know it.
MARK = "x-nunatak-mark"
OWN_PAGES = ("same-origin", "none")  # what browsers say of requests of the same server's pages
LIFETIME = timedelta(days=14)
MOST = 20  # sessions of one actor: the oldest ends with the next
_MOST_AGENT = 500
_TICKET_LIFETIME = timedelta(hours=1)


class Tickets:
    """Words that let somebody in once, within an hour, as the key they were made for. They are kept in memory only."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, datetime]] = {}
        self._lock = Lock()

    def issue(self, key_id: str, now: datetime) -> str:
        """A new ticket for a key."""
        ticket = secrets.token_urlsafe(24)
        with self._lock:
            self._held[ticket] = (key_id, now + _TICKET_LIFETIME)
        return ticket

    def redeem(self, ticket: str, now: datetime) -> str:
        """The key's id, once; raises Unauthenticated."""
        with self._lock:
            key_id, end = self._held.pop(ticket, ("", now))
        if not key_id or now >= end:
            raise Unauthenticated("This link was used before or has run out; sign in with an API key")
        return key_id


def cookie_name(*, secure: bool) -> str:
    """What the cookie is called; only this one is read."""
    return SECURE_COOKIE if secure else COOKIE


def cookie_of(cookies: Mapping[str, str], *, secure: bool) -> str:
    """The session's cookie among those of a request; empty for none."""
    return cookies.get(cookie_name(secure=secure), "")


def begin(service: Service, actor: Actor, *, email: str = "") -> str:
    """A new session of somebody who has proved who they are, and its cookie's value. For a visitor, who has no id here,
    only the address counts that their issuer has proved."""
    cookie, now = secrets.token_urlsafe(32), service.clock()
    session = BrowserSession(
        id=_digest(cookie, service.pepper),
        actor_kind=actor.kind,
        actor_id=actor.id,
        email=email,
        provider=actor.provider,
        created_at=now,
        delete_at=now + LIFETIME,
        ip=actor.ip,
        user_agent=actor.user_agent[:_MOST_AGENT],
    )
    with service.database.write() as unit:
        if actor.id:
            held = [id_ for _, id_ in unit.with_column(SESSION, "", "actor_id", [actor.id])]
            unit.remove(SESSION, "", held[: max(0, len(held) + 1 - MOST)])
        unit.add(SESSION, session)
    return cookie


def session(service: Service, cookie: str) -> BrowserSession:
    """The session of a cookie; raises Unauthenticated for one that is not there, or has run out."""
    with service.reading() as unit:
        for pepper in service.peppers if cookie else ():
            found: BrowserSession | None = unit.find(SESSION, _digest(cookie, pepper))
            if found is not None and found.delete_at > service.clock():
                return found
    raise Unauthenticated("The session has run out; sign in again")


def actor(service: Service, cookie: str) -> Actor:
    """Who a cookie's session belongs to, while their key or their user is valid; raises Unauthenticated, for a
    visitor's session too."""
    found = session(service, cookie)
    if not found.actor_id:
        raise Unauthenticated("This session only opens share links; sign in as a member of an organization")
    if found.actor_kind == "user":
        return members.known(service, found.actor_id, provider=found.provider)
    return keys.known(service, found.actor_id, proved_at=found.created_at)


def end(service: Service, cookie: str) -> None:
    """Ends a session, wherever its cookie may still be."""
    with service.database.write() as unit:
        unit.remove(SESSION, "", [_digest(cookie, pepper) for pepper in service.peppers])


def mark(service: Service, cookie: str) -> str:
    """The word that belongs to a cookie, which only the pages of this server can read."""
    return _mark(cookie, service.pepper)


def marked(service: Service, cookie: str, given: str) -> bool:
    """Whether the word is the cookie's."""
    told = given.encode("utf-8", "replace")
    return sum(hmac.compare_digest(_mark(cookie, pepper).encode(), told) for pepper in service.peppers) > 0


def _mark(cookie: str, pepper: bytes) -> str:
    return hmac.new(pepper, b"mark:" + cookie.encode(), hashlib.sha256).hexdigest()[:32]


def _digest(cookie: str, pepper: bytes) -> str:
    return hmac.new(pepper, b"session:" + cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
