"""An organization's users and the invitations to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import UNSET

from nunatak.core.access import Actor, require
from nunatak.core.change import Change
from nunatak.core.errors import Conflict, Invalid, NotFound
from nunatak.core.fields import in_utc
from nunatak.core.kinds import INVITE, LANDSCAPE, ORGANIZATION, TEAM, USER, fold
from nunatak.core.organization import Organization, OrganizationUser
from nunatak.core.people import OrganizationUserInvite, User, domain_of
from nunatak.services.changes import Ledger, new_id
from nunatak.services.service import Service
from nunatak.store.unit import Unit

SEATED = ("write", "admin")
ADDRESSES = "sign-in"  # whoever looks for an address's user, and makes one where there is none, holds this name


def users(service: Service, actor: Actor, organization_id: str) -> dict[str, tuple[User, OrganizationUser]]:
    """The organization's users, with what they may do, by id."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        members = unit.get(ORGANIZATION, organization_id).users
        return {user.id: (user, members[user.id]) for user in unit.among(USER, "", members)}


def add(
    service: Service, actor: Actor, organization_id: str, person: dict[str, Any], member: dict[str, Any]
) -> tuple[User, OrganizationUser]:
    """Takes somebody into an organization: `person` says who (`email`, `name`, `jobRole`), `member` what they may do.
    An open invitation of that address is used up by it."""
    require(actor, "admin", organization_id)
    _address(person["email"])
    with service.writing(actor) as ledger:
        ledger.unit.lock(ADDRESSES)
        organization: Organization = ledger.held(ORGANIZATION, organization_id)
        _landscapes(ledger.unit, organization_id, member)
        user = _known(ledger, person)
        if user.id in organization.users:
            raise Conflict("The user belongs to the organization already", ("body.email: expected somebody new",))
        changed = _taken_in(ledger, organization, user, member)
        return user, changed.users[user.id]


def waiting(unit: Unit, email: str, now: datetime) -> list[OrganizationUserInvite]:
    """The open invitations of an address, of all organizations."""
    invited: list[OrganizationUserInvite] = unit.every(INVITE, None)
    return [one for one in invited if fold(one.email) == fold(email) and _open(one, now)]


def welcoming(unit: Unit, email: str) -> list[Organization]:
    """The organizations whose `autoInviteDomains` hold the domain of an address; but for those where it belongs to
    a member, or was invited before: whoever was taken out or refused there comes back by invitation alone."""
    domain = domain_of(email)
    every: list[Organization] = unit.every(ORGANIZATION, "") if "@" in email else []
    found = [one for one in every if domain in {domain_of(each) for each in one.auto_invite_domains}]
    return [one for one in found if fold(email) not in _known_to(unit, one)]


def _known_to(unit: Unit, organization: Organization) -> set[str]:
    """The addresses of members, and of whom an invitation was used or revoked."""
    members: list[User] = unit.among(USER, "", organization.users)
    invited: list[OrganizationUserInvite] = unit.every(INVITE, organization.id)
    ended = [one for one in invited if one.used_at is not UNSET or one.revoked_at is not UNSET]
    return {fold(one.email) for one in members} | {fold(one.email) for one in ended}


def welcome(ledger: Ledger, email: str) -> None:
    """Invites an address to read in the organizations that are open to its domain."""
    soon = ledger.stamp.at + timedelta(hours=1)
    values = {"email": email, "permission": "read", "expiresAt": soon.isoformat()}
    expected = {one.organization_id for one in waiting(ledger.unit, email, ledger.stamp.at)}
    for organization in welcoming(ledger.unit, email):
        if organization.id not in expected:
            change = Change(verb="create", kind=INVITE.name, id=new_id(), values=values)
            ledger.found(change, {"organizationId": organization.id})


def invited(ledger: Ledger, person: dict[str, Any], identity: str) -> User | None:
    """The user whom an open invitation waits for, made; None where none does."""
    if not waiting(ledger.unit, person["email"], ledger.stamp.at):
        return None
    change = Change(verb="create", kind=USER.name, id=new_id(), values=person)
    made: User = ledger.found(change, {"lastActiveAt": ledger.stamp.at, "identities": [identity]})
    return made


def join(ledger: Ledger, user: User, email: str) -> None:
    """Takes a user who has proved an address into all organizations that have invited it."""
    for one in waiting(ledger.unit, email, ledger.stamp.at):
        organization: Organization = ledger.held(ORGANIZATION, one.organization_id)
        member: dict[str, Any] = {"permission": one.permission}
        if one.landscape_permissions is not UNSET:
            member["landscapePermissions"] = one.landscape_permissions
        if user.id in organization.users:  # what they may do there stays
            _use_up(ledger, organization.id, user, email)
        else:
            _taken_in(ledger, organization, user, member, email)


def _taken_in(
    ledger: Ledger, organization: Organization, user: User, member: dict[str, Any], email: str = ""
) -> Organization:
    """Puts a user into an organization; the invitations of their address are used up by it."""
    told = {"email": user.email} | ({} if user.name is UNSET else {"name": user.name})
    noted = {"organization_id": organization.id, "context": told, "props": member}
    with ledger.noting("organization-user-add", None, user.id, **noted):
        changed = _put(ledger, organization, user.id, member)
        _use_up(ledger, organization.id, user, email)
    return changed


def _known(ledger: Ledger, person: dict[str, Any]) -> User:
    """The user with this address, made where there is none."""
    same: list[User] = [user for user in ledger.unit.every(USER, "") if fold(user.email) == fold(person["email"])]
    if same:
        return same[0]
    change = Change(verb="create", kind=USER.name, id=new_id(), values=person)
    made: User = ledger.found(change, {"lastActiveAt": ledger.stamp.at})
    return made


def _use_up(ledger: Ledger, organization_id: str, user: User, email: str = "") -> None:
    for invite in ledger.unit.every(INVITE, organization_id):
        if fold(invite.email) in (fold(user.email), fold(email)) and _open(invite, ledger.stamp.at):
            values = {"usedAt": ledger.stamp.at, "usedByUserId": user.id}
            ledger.found(Change(verb="update", kind=INVITE.name, id=invite.id, values=values))


def permit(
    service: Service, actor: Actor, organization_id: str, user_id: str, member: dict[str, Any]
) -> OrganizationUser:
    """Says anew what a user may do; raises NotFound for somebody else."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        organization = _with(ledger, organization_id, user_id)
        _landscapes(ledger.unit, organization_id, member)
        noted = {"organization_id": organization_id, "context": _told(ledger.unit, user_id), "props": member}
        with ledger.noting("organization-user-update", None, user_id, **noted):
            return _put(ledger, organization, user_id, member).users[user_id]


def remove(service: Service, actor: Actor, organization_id: str, user_id: str) -> None:
    """Takes a user out of an organization and its teams."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        organization = _with(ledger, organization_id, user_id)
        told = {**_told(ledger.unit, user_id), "permission": organization.users[user_id].permission}
        with ledger.noting("organization-user-remove", None, user_id, organization_id=organization_id, context=told):
            _put(ledger, organization, user_id, None)
            for team in ledger.unit.every(TEAM, organization_id):
                if user_id in team.user_ids:
                    values = {"userIds": [id_ for id_ in team.user_ids if id_ != user_id]}
                    ledger.found(Change(verb="update", kind=TEAM.name, id=team.id, values=values))


def _put(ledger: Ledger, organization: Organization, user_id: str, member: Mapping[str, Any] | None) -> Organization:
    kept = {id_: each for id_, each in organization.users.items() if id_ != user_id}
    members: dict[str, Any] = {**kept, **({user_id: member} if member else {})}
    values = {"users": members, "userIds": list(members)}
    change = Change(verb="update", kind=ORGANIZATION.name, id=organization.id, values=values)
    changed: Organization = ledger.found(change)
    return changed


def _with(ledger: Ledger, organization_id: str, user_id: str) -> Organization:
    organization: Organization = ledger.held(ORGANIZATION, organization_id)
    if user_id not in organization.users:
        raise NotFound("User not found")
    return organization


def _told(unit: Unit, user_id: str) -> dict[str, Any]:
    user: User = unit.get(USER, user_id)
    return {"email": user.email} | ({} if user.name is UNSET else {"name": user.name})


def invites(service: Service, actor: Actor, organization_id: str) -> list[OrganizationUserInvite]:
    """All invitations, the used and revoked ones too."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        return list(unit.every(INVITE, organization_id))


def invite(service: Service, actor: Actor, organization_id: str, values: dict[str, Any]) -> OrganizationUserInvite:
    """A new invitation. Raises Conflict when all seats are taken, Invalid for an address or a time that is none."""
    require(actor, "admin", organization_id)
    _address(values["email"])
    with service.writing(actor) as ledger:
        organization: Organization = ledger.held(ORGANIZATION, organization_id)  # seats are counted
        values = {**values, "expiresAt": in_utc(datetime.fromisoformat(values["expiresAt"]))}
        if values["expiresAt"] <= ledger.stamp.at:
            raise Invalid("The invitation would have expired", ("body.expiresAt: expected a time to come",))
        _landscapes(ledger.unit, organization_id, values)
        _seats(ledger, organization, values["permission"])
        change = Change(verb="create", kind=INVITE.name, id=new_id(), values=values)
        made: OrganizationUserInvite = ledger.found(change, {"organizationId": organization_id})
        return made


def revoke(service: Service, actor: Actor, organization_id: str, invite_id: str) -> OrganizationUserInvite:
    """The invitation, which opens nothing from now on; doing it again changes nothing."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        found: OrganizationUserInvite = ledger.held(INVITE, invite_id, organization_id)
        if found.revoked_at is not UNSET or found.used_at is not UNSET:
            return found
        by = ledger.stamp
        values = {"revokedAt": by.at, "revokedBy": by.by, "revokedById": by.by_id}
        revoked: OrganizationUserInvite = ledger.found(
            Change(verb="update", kind=INVITE.name, id=found.id, values=values)
        )
        return revoked


def _open(found: OrganizationUserInvite, now: datetime) -> bool:
    return found.revoked_at is UNSET and found.used_at is UNSET and found.expires_at > now


def _seats(ledger: Ledger, organization: Organization, permission: str) -> None:
    """Without a number of seats there is no end of them."""
    if permission not in SEATED or not organization.seats:
        return
    taken = [member for member in organization.users.values() if member.permission in SEATED]
    invited = ledger.unit.every(INVITE, organization.id)
    waiting = [one for one in invited if one.permission in SEATED and _open(one, ledger.stamp.at)]
    if len(taken) + len(waiting) >= organization.seats:
        raise Conflict("All organization seats have been assigned")


def _address(email: str) -> None:
    name, _, host = email.strip().rpartition("@")
    if not name or "." not in host.strip(".") or any(c.isspace() for c in email.strip()) or len(email) > 320:
        raise Invalid("The address is not valid", (f"body.email: expected an e-mail address, got {email[:80]!r}",))


def _landscapes(unit: Unit, organization_id: str, values: Mapping[str, Any]) -> None:
    ids = values.get("landscapePermissions") or {}
    there = unit.lookup(LANDSCAPE, organization_id, ids, "id")
    missing = [id_ for id_ in ids if id_ not in there]
    if missing:
        errors = (f"body.landscapePermissions.{id_}: expected a landscape of this organization" for id_ in missing)
        raise Invalid("Landscape not found", tuple(errors))
