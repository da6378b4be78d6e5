"""Browser sessions: an API key given once becomes a signed cookie; whoever starts the server gets in by a ticket."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from threading import Lock

from itsdangerous import BadData, URLSafeTimedSerializer

from nunatak.blobs.tokens import dated_by
from nunatak.core.access import Actor
from nunatak.core.errors import Unauthenticated
from nunatak.services import keys
from nunatak.services.service import Service

COOKIE = "nunatak_session"
# What a page must send with a request that changes something: other pages can't know it.
MARK = "x-nunatak-mark"
LIFETIME = timedelta(days=14)
_TICKET_LIFETIME = timedelta(hours=1)
_SALT = "browser-session"


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


def begin(service: Service, key_id: str) -> str:
    """The cookie's value for a key that has been proved."""
    return str(_serializer(service).dumps(key_id))


def actor(service: Service, cookie: str) -> Actor:
    """Who a cookie's session belongs to, while its key is valid; raises Unauthenticated."""
    try:
        key_id = _serializer(service).loads(cookie, max_age=int(LIFETIME.total_seconds()))
    except BadData:
        raise Unauthenticated("The session has run out; sign in again") from None
    return keys.known(service, str(key_id))


def mark(service: Service, cookie: str) -> str:
    """The word that belongs to a cookie, which only the pages of this server can read."""
    return hmac.new(service.pepper, b"mark:" + cookie.encode(), hashlib.sha256).hexdigest()[:32]


def marked(service: Service, cookie: str, given: str) -> bool:
    """Whether the word is the cookie's."""
    return hmac.compare_digest(mark(service, cookie).encode(), given.encode())


def _serializer(service: Service) -> URLSafeTimedSerializer:
    options = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
    return URLSafeTimedSerializer(
        service.peppers[::-1], salt=_SALT, signer=dated_by(service.clock), signer_kwargs=options
    )
