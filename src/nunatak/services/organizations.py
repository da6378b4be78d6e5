"""Organizations: listed, made, changed, deleted with all that is theirs."""

from __future__ import annotations

from typing import Any

from nunatak.core.access import Actor, require
from nunatak.core.change import Change
from nunatak.core.errors import Forbidden
from nunatak.core.kinds import API_KEY, LANDSCAPE, ORGANIZATION
from nunatak.core.organization import Organization
from nunatak.services import landscapes, projects
from nunatak.services.changes import new_id
from nunatak.services.service import Service


def listing(service: Service, actor: Actor) -> list[Organization]:
    """The organizations that exist for the actor."""
    with service.reading() as unit:
        return list(unit.among(ORGANIZATION, "", actor.organization_ids))


def get(service: Service, actor: Actor, organization_id: str) -> Organization:
    """The organization; raises NotFound where it doesn't exist for the actor."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        found: Organization = unit.get(ORGANIZATION, organization_id)
        return found


def create(service: Service, actor: Actor, values: dict[str, Any]) -> Organization:
    """A new organization, administered by the key or the user that made it. An admin permission somewhere is needed."""
    require_admin(actor)
    with service.writing(actor) as ledger:
        projects.require_free(ledger.unit, values)
        change = Change(verb="create", kind=ORGANIZATION.name, id=new_id(), values=values)
        own = {actor.id: {"permission": "admin"}} if actor.kind == "user" else {}
        made: Organization = ledger.found(change, {"users": own, "userIds": list(own)})
        if ledger.unit.find(API_KEY, actor.id) is not None:
            key = ledger.held(API_KEY, actor.id)
            granted = {"organizationIds": [*key.organization_ids, made.id]}
            ledger.found(Change(verb="update", kind=API_KEY.name, id=key.id, values=granted))
        return made


def require_admin(actor: Actor) -> None:
    """Raises Forbidden for an actor who administers no organization."""
    if "admin" not in actor.permissions.values():
        raise Forbidden("This needs admin permission in some organization; the credentials have it in none")


def update(service: Service, actor: Actor, organization_id: str, values: dict[str, Any]) -> Organization:
    """The organization with new values."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        ledger.unit.get(ORGANIZATION, organization_id)
        projects.require_free(ledger.unit, values, but=organization_id)
        change = Change(verb="update", kind=ORGANIZATION.name, id=organization_id, values=values)
        changed: Organization = ledger.found(change)
        return changed


def delete(service: Service, actor: Actor, organization_id: str) -> None:
    """Deletes an organization with its landscapes, keys and technologies."""
    require(actor, "admin", organization_id)
    with service.writing(actor) as ledger:
        ledger.unit.get(ORGANIZATION, organization_id)
        for (landscape_id,) in ledger.unit.values(LANDSCAPE, organization_id, ("id",), {}):
            landscapes.remove(ledger, landscape_id)
        ledger.unit.clear(organization_id)
        ledger.found(Change(verb="delete", kind=ORGANIZATION.name, id=organization_id))
