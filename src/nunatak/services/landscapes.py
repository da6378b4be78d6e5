"""Landscapes: made with a live version, a domain and the usual tag groups; renamed; deleted whole."""

from __future__ import annotations

from typing import Any

from nunatak.core.access import Actor, require, visible
from nunatak.core.change import Change
from nunatak.core.errors import NotFound
from nunatak.core.kinds import DOMAIN, LANDSCAPE, ORGANIZATION, TAG, TAG_GROUP, VERSION
from nunatak.core.landscape import Landscape, Version
from nunatak.services import duplicates, places
from nunatak.services.changes import Ledger, new_id
from nunatak.services.places import LATEST, Place
from nunatak.services.service import Service
from nunatak.store.rows import Texts

# The tag groups a new landscape starts with: name, icon, and tags with their colours.
_TAG_GROUPS = (
    (
        "Cost",
        "sack-dollar",
        (("Free", "white"), ("Low", "green"), ("Medium", "yellow"), ("High", "orange"), ("Very high", "red")),
    ),
    (
        "Deployment",
        "rocket",
        (("Public cloud", "green"), ("Private cloud", "grey"), ("On Prem", "white"), ("Failover / replica", "red")),
    ),
    ("Risk", "exclamation-triangle", (("Low", "green"), ("Medium", "yellow"), ("High", "red"))),
)


def listing(service: Service, actor: Actor, organization_id: str) -> Texts:
    """The JSON texts of an organization's landscapes."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        found = unit.texts(LANDSCAPE, organization_id, {})
        if organization_id not in actor.limits:
            return found
        ids = [id_ for (id_,) in unit.values(LANDSCAPE, organization_id, ("id",), {})]
    seen = [text for id_, text in zip(ids, found.rests, strict=True) if visible(actor, organization_id, id_)]
    return Texts(found.head, seen)


def get(service: Service, actor: Actor, landscape_id: str) -> Landscape:
    """The landscape; raises NotFound."""
    with service.reading() as unit:
        return places.landscape(unit, actor, landscape_id, "read")


def require_in(service: Service, actor: Actor, landscape_id: str, organization_id: str) -> None:
    """Raises NotFound for a landscape that isn't there for the actor, or is another organization's."""
    if get(service, actor, landscape_id).organization_id != organization_id:
        raise NotFound("Landscape not found")


def create(service: Service, actor: Actor, organization_id: str, values: dict[str, Any]) -> tuple[Landscape, Version]:
    """A new landscape and its live version, which begins as that of the landscape `templateId` where one is given."""
    require(actor, "write", organization_id)
    given = {name: value for name, value in values.items() if name != "templateId"}
    with service.writing(actor) as ledger:
        ledger.unit.get(ORGANIZATION, organization_id)
        if "templateId" in values:
            return duplicates.from_template(ledger, organization_id, given, values["templateId"])
        return begin(ledger, organization_id, given)


def begin(ledger: Ledger, organization_id: str, values: dict[str, Any]) -> tuple[Landscape, Version]:
    """Writes a landscape with its live version, default domain and tag groups."""
    change = Change(verb="create", kind=LANDSCAPE.name, id=new_id(), values=values)
    land: Landscape = ledger.found(change, {"organizationId": organization_id})
    state = {"name": "Current", "notes": "The live version of the landscape", "modelHandleId": None}
    head = {"landscapeId": land.id, "tags": [LATEST], "completedAt": ledger.stamp.at}
    live: Version = ledger.found(Change(verb="create", kind=VERSION.name, id=new_id(), values=state), head)
    place = Place(organization_id=organization_id, landscape_id=land.id, version_id=live.id, is_latest=True)
    ledger.create(place, DOMAIN, {"name": "Default domain", "index": 0})
    _tags(ledger, place)
    return land, live


def _tags(ledger: Ledger, place: Place) -> None:
    for index, (name, icon, tags) in enumerate(_TAG_GROUPS):
        group = ledger.create(place, TAG_GROUP, {"name": name, "icon": icon, "index": index})
        for at, (tag, color) in enumerate(tags):
            ledger.create(place, TAG, {"name": tag, "color": color, "groupId": group.id, "index": at})


def update(service: Service, actor: Actor, landscape_id: str, values: dict[str, Any]) -> Landscape:
    """The landscape with new values."""
    with service.writing(actor) as ledger:
        land = places.landscape(ledger.unit, actor, landscape_id, "write")
        kept = {name: value for name, value in values.items() if name != "organizationId"}
        target = values.get("organizationId")
        if target is not None and target != land.organization_id:
            require(actor, "admin", land.organization_id)
            require(actor, "admin", target)
            kept["organizationId"] = target
        changed: Landscape = ledger.found(Change(verb="update", kind=LANDSCAPE.name, id=land.id, values=kept))
        return changed


def delete(service: Service, actor: Actor, landscape_id: str) -> None:
    """Deletes a landscape with all its versions and everything in them."""
    with service.writing(actor) as ledger:
        land = places.landscape(ledger.unit, actor, landscape_id, "write")
        remove(ledger, land.id)


def remove(ledger: Ledger, landscape_id: str) -> None:
    """Writes a landscape's deletion, once nobody else writes to it."""
    ledger.unit.lock(landscape_id)
    for (version_id,) in ledger.unit.values(VERSION, landscape_id, ("id",), {}):
        ledger.unit.clear(version_id)
    ledger.unit.clear(landscape_id)
    ledger.found(Change(verb="delete", kind=LANDSCAPE.name, id=landscape_id))
