"""Projects: an organization as the drawings' API calls it, by the name it has in addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from nunatak.core.access import Actor
from nunatak.core.errors import Conflict, NotFound
from nunatak.core.kinds import ORGANIZATION
from nunatak.core.organization import Organization
from nunatak.services.service import Service
from nunatak.store.unit import Unit

# What the organization of a first start is called.
FIRST = "default"


def named(service: Service, actor: Actor, name: str) -> str:
    """The id of the organization that is the project of this name for the actor; raises NotFound for any other."""
    for organization in _of(service, actor):
        if name in (name_of(organization), organization.id):
            return organization.id
    raise NotFound("Project not found")


def names(service: Service, actor: Actor) -> list[str]:
    """The projects there are for the actor."""
    return [name_of(organization) for organization in _of(service, actor)]


def name_of(organization: Organization) -> str:
    """What an organization is called in addresses: its own name for them, or else its id."""
    return organization.id if organization.url_name is UNSET else organization.url_name


def require_free(unit: Unit, values: Mapping[str, Any], *, but: str = "") -> None:
    """Raises Conflict for a `urlName` that another organization has."""
    wanted = values.get("urlName", UNSET)
    if wanted is UNSET:
        return
    unit.lock("projects")
    if any(wanted in (name_of(one), one.id) for one in unit.every(ORGANIZATION, None) if one.id != but):
        error = f"body.urlName: expected one that no other organization has, got {wanted!r}"
        raise Conflict(f"Another organization is called {wanted!r} in addresses", (error,))


def _of(service: Service, actor: Actor) -> list[Organization]:
    with service.reading() as unit:
        return list(unit.among(ORGANIZATION, "", actor.organization_ids))
