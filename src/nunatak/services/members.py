"""Members: users as actors, with what they may do in each of their organizations."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from nunatak.core.access import Actor
from nunatak.core.errors import Unauthenticated
from nunatak.core.kinds import ORGANIZATION, USER
from nunatak.core.organization import Organization, OrganizationUser
from nunatak.core.people import User, identity
from nunatak.services.service import Service
from nunatak.store.unit import Unit
from nunatak.store.waits import alone

_NOTED = timedelta(minutes=10)  # how exactly it is told when somebody was last active


def actor_of(unit: Unit, user: User, *, provider: str = "", client_id: str = "") -> Actor:
    """Who a user is to the organizations that they belong to. Administrators are limited to no landscapes, for they
    could lift their limits themselves."""
    ids = [id_ for _, id_ in unit.having(ORGANIZATION, "", "user_ids", [user.id])]
    organizations: list[Organization] = unit.among(ORGANIZATION, "", ids)
    members = {one.id: one.users[user.id] for one in organizations if user.id in one.users}
    return Actor(
        kind="user",
        id=user.id,
        permissions={id_: member.permission for id_, member in members.items()},
        limits={id_: limits for id_, member in members.items() if (limits := _limits(member)) is not None},
        name=user.name or user.email,
        provider=provider,
        client_id=client_id,
    )


def _limits(member: OrganizationUser) -> frozenset[str] | None:
    """The landscapes that a member is limited to: those said to be open, where any is spoken of at all."""
    told = member.landscape_permissions or {}
    if not told or member.permission == "admin":
        return None
    return frozenset(id_ for id_, is_open in told.items() if is_open)


def known(service: Service, user_id: str, *, provider: str = "") -> Actor:
    """The actor of a user who was proved before; raises Unauthenticated where they are gone."""
    with service.reading() as unit:
        user: User | None = unit.find(USER, user_id)
        if user is None:
            raise Unauthenticated("This user is not known here any more; sign in again")
        found = actor_of(unit, user, provider=provider)
    note_activity(service, user)
    return found


def vouched(unit: Unit, issuer: str, subject: str) -> User | None:
    """The user whom an issuer knows by this name, or None."""
    found = unit.having(USER, "", "identities", [identity(issuer, subject)])
    user: User | None = unit.find(USER, found[0][1]) if found else None
    return user


def note_activity(service: Service, user: User) -> None:
    """Notes now and then, beside the request, that a user is active."""
    now = service.clock()
    if now - user.last_active_at >= _NOTED:
        service.ahead(lambda: _note(service, user.id, now))


def _note(service: Service, user_id: str, now: datetime) -> None:
    with service.database.write() as unit:
        alone(unit, USER, user_id)
        found: User | None = unit.find(USER, user_id)
        if found is not None and found.last_active_at < now:
            unit.put(USER, replace(found, last_active_at=now))
