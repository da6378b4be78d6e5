"""Guests: who opens a share link sees exactly its version, and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from itsdangerous import BadData, URLSafeTimedSerializer
from msgspec.structs import replace

from nunatak.blobs.tokens import serializer
from nunatak.core.access import Actor, Where, may
from nunatak.core.errors import Forbidden, NotFound, Unauthenticated
from nunatak.core.kinds import LANDSCAPE, ORGANIZATION, SHARE_LINK
from nunatak.core.people import domain_of
from nunatak.core.share import ShareView, StoredShareLink
from nunatak.services import sessions
from nunatak.services.service import Service
from nunatak.store.unit import Unit
from nunatak.store.waits import alone

_SALT = "share-link"
_LIFETIME = 24 * 3600  # seconds: how long an open page goes on without asking for the password again


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What a share link opens; `draft_id` is the draft that is shown applied, `view` what it opens at. With `domains`
    only those may enter who have proved an e-mail address of one of them, and members of the organization."""

    organization_id: str
    domains: tuple[str, ...]
    landscape_id: str
    version_id: str
    name: str
    protected: bool
    draft_id: str | None
    view: ShareView | None = None


def shared(service: Service, short_id: str) -> Shared:
    """What lies behind an address; raises NotFound for a link that isn't there, or that its organization closed."""
    with service.reading() as unit:
        return _shared(unit, _link(unit, short_id))


def enter(service: Service, short_id: str, password: str = "", *, cookie: str = "") -> str:
    """Counts a visit and gives the token that the visitor reads with; `cookie` is their session's, if they have one.
    Raises NotFound for the link, Forbidden for somebody of another domain, Unauthenticated for a wrong password."""
    with service.reading() as unit:
        link = _link(unit, short_id)
        opened = _shared(unit, link)
    if not invited(service, opened, cookie):
        expected = ", ".join(opened.domains)
        raise Forbidden(f"This link is for people of {expected}: sign in with an address of theirs")
    if link.protected and not _fits(link, password):
        wrong = Unauthenticated("The password is not right; expected the one that came with the link")
        wrong.claimed = visitor(link.landscape_id, link.version_id)
        raise wrong
    _count(service, link)
    return str(_serializer(service).dumps([link.id, short_id, _guard(link, opened.domains)]))


def invited(service: Service, opened: Shared, cookie: str) -> bool:
    """Whether the link is for whoever has this session."""
    if not opened.domains:
        return True
    try:
        session = sessions.session(service, cookie)
        if domain_of(session.email) in opened.domains:
            return True
        return may(sessions.actor(service, cookie), "read", _where(opened)) is None
    except Unauthenticated:
        return False


def _where(opened: Shared) -> Where:
    return Where(organization_id=opened.organization_id, landscape_id=opened.landscape_id)


def actor(service: Service, token: str) -> Actor:
    """Who reads with a token, while its link stays as it was; raises Unauthenticated."""
    try:
        id_, short_id, guard = _serializer(service).loads(token, max_age=_LIFETIME)
        with service.reading() as unit:
            link = _link(unit, short_id)
            opened = _shared(unit, link)
    except (BadData, ValueError, TypeError, NotFound):
        raise _closed() from None
    if link.id != id_ or _guard(link, opened.domains) != guard:
        raise _closed()
    return visitor(link.landscape_id, link.version_id, opened.draft_id)


def visitor(landscape_id: str, version_id: str, draft_id: str | None = None) -> Actor:
    """Somebody who reads one version, with no draft but the link's, and belongs to no organization."""
    only = (landscape_id, version_id)
    return Actor(kind="service", id="share-link", name="Visitor", only=only, draft_id=draft_id)


def _link(unit: Unit, short_id: str) -> StoredShareLink:
    found = unit.every(SHARE_LINK, None, {"short_id": short_id}) if short_id else []
    if not found:
        raise NotFound("This share link leads nowhere: it was renewed or taken away")
    link: StoredShareLink = found[0]
    land = unit.get(LANDSCAPE, link.landscape_id)
    if not unit.get(ORGANIZATION, land.organization_id).share_links_enabled:
        raise NotFound("This share link leads nowhere: it was renewed or taken away")
    return link


def _shared(unit: Unit, link: StoredShareLink) -> Shared:
    land = unit.get(LANDSCAPE, link.landscape_id)
    domains = unit.get(ORGANIZATION, land.organization_id).share_link_auth_domains or []
    return Shared(
        organization_id=land.organization_id,
        domains=tuple(domain_of(domain) for domain in domains),
        landscape_id=link.landscape_id,
        version_id=link.version_id,
        name=land.name,
        protected=link.protected,
        draft_id=link.draft_id or None,
        view=link.view or None,
    )


def _fits(link: StoredShareLink, password: str) -> bool:
    try:
        return PasswordHasher().verify(link.password_digest, password)
    except VerificationError:
        return False


def _count(service: Service, link: StoredShareLink) -> None:
    """A number and a time, and nothing of who came."""
    with service.database.write() as unit:
        alone(unit, SHARE_LINK, link.id)
        before = unit.find(SHARE_LINK, link.id, link.version_id)
        if before is not None:
            stats = replace(
                before.stats, total_visitor_count=before.stats.total_visitor_count + 1, viewed_at=service.clock()
            )
            unit.put(SHARE_LINK, replace(before, stats=stats))


def _guard(link: StoredShareLink, domains: tuple[str, ...]) -> str:
    """A word that changes with the password and the domains."""
    return hashlib.sha256(f"{link.protected}:{link.password_digest}:{domains}".encode()).hexdigest()[:16]


def _closed() -> Unauthenticated:
    return Unauthenticated("This share link was closed or renewed; open it again")


def _serializer(service: Service) -> URLSafeTimedSerializer:
    return serializer(service.peppers[::-1], _SALT, service.clock)
