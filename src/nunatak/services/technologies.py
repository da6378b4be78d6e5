"""Technologies as a landscape sees them: the shared catalog's, and those that its organization made itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import UNSET

from nunatak.catalog.bundled import catalog
from nunatak.core.access import Actor, require
from nunatak.core.catalog import CatalogTechnology
from nunatak.core.change import Change
from nunatak.core.errors import Invalid, NotFound
from nunatak.core.kinds import MODEL_CONNECTION, MODEL_OBJECT, ORGANIZATION, TECHNOLOGY, fold
from nunatak.core.model import ModelObject
from nunatak.services import places
from nunatak.services.changes import Ledger, new_id
from nunatak.services.places import Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit

_ADDRESSES = ("iconUrlLight", "iconUrlDark", "docsUrl", "updatesUrl", "websiteUrl")
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20]")  # browsers leave them out of an address


def among(unit: Unit, organization_id: str, ids: Iterable[str]) -> list[CatalogTechnology]:
    """Those of the ids that there are for an organization. One that it deleted is among them: what was made before,
    such as a snapshot, still says what it was."""
    wanted = set(ids)
    shared = catalog().among(sorted(wanted))
    rest = wanted - {technology.id for technology in shared}
    return shared + (list(unit.among(TECHNOLOGY, organization_id, rest)) if rest else [])


def own(unit: Unit, organization_id: str) -> list[CatalogTechnology]:
    """The organization's own, in the order of their creation."""
    every: list[CatalogTechnology] = unit.every(TECHNOLOGY, organization_id)
    return [technology for technology in every if technology.deleted_at is UNSET]


class Names:
    """Technologies by name, for files that know no ids: the organization's own count before the shared ones."""

    def __init__(self, unit: Unit, organization_id: str) -> None:
        self._own = {fold(technology.name): technology.id for technology in own(unit, organization_id)}

    def find(self, name: str) -> str | None:
        """The id of the technology of this name, whatever its case; None for an unknown one."""
        shared = catalog().by_name(name)
        return self._own.get(fold(name)) or (shared.id if shared else None)

    def add(self, technology: CatalogTechnology) -> None:
        """Takes a new one of the organization in."""
        self._own[fold(technology.name)] = technology.id


def named_only(name: str) -> dict[str, Any]:
    """The values of an own technology of which only the name is known."""
    return {"name": name, "color": "grey", "provider": None, "restrictions": None, "type": None}


def listing(service: Service, actor: Actor, organization_id: str) -> list[CatalogTechnology]:
    """An organization's own technologies."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        return own(unit, organization_id)


def get(service: Service, actor: Actor, organization_id: str, technology_id: str) -> CatalogTechnology:
    """One of an organization's own technologies; raises NotFound."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        return _here(unit, organization_id, technology_id)


def _here(unit: Unit, organization_id: str, technology_id: str) -> CatalogTechnology:
    found: CatalogTechnology = unit.get(TECHNOLOGY, technology_id, organization_id)
    if found.deleted_at is not UNSET:
        raise NotFound("Catalog technology not found")
    return found


def create(service: Service, actor: Actor, organization_id: str, values: dict[str, Any]) -> CatalogTechnology:
    """A new technology of an organization."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        ledger.unit.get(ORGANIZATION, organization_id)
        return begin(ledger, organization_id, values)


def begin(ledger: Ledger, organization_id: str, values: dict[str, Any]) -> CatalogTechnology:
    """Writes a new technology of an organization; raises Invalid for addresses that no page may open."""
    _check_addresses(values)
    change = Change(verb="create", kind=TECHNOLOGY.name, id=new_id(), values=values)
    icon = values.get("iconUrlLight") or values.get("iconUrlDark")
    made: CatalogTechnology = ledger.found(change, {"organizationId": organization_id, "iconUrl": icon})
    return made


def update(
    service: Service, actor: Actor, organization_id: str, technology_id: str, values: dict[str, Any]
) -> CatalogTechnology:
    """The technology with new values; objects that show its icon show the new one."""
    require(actor, "write", organization_id)
    _check_addresses(values)
    with service.writing(actor) as ledger:
        before = _here(ledger.unit, organization_id, technology_id)
        light, dark = (values.get(name, old) for name, old in _icons(before).items())
        values = {**values, "iconUrl": light or dark}
        change = Change(verb="update", kind=TECHNOLOGY.name, id=before.id, values=values)
        after: CatalogTechnology = ledger.found(change)
        if _icons(after) != _icons(before):
            for place in places.live(ledger.unit, organization_id):
                for shown in _showing(ledger.unit, place, after.id):
                    icon = {"catalogTechnologyId": after.id, "name": shown.icon.name if shown.icon else after.name}
                    ledger.update(place, MODEL_OBJECT, shown.id, {"icon": icon})
        return after


def delete(service: Service, actor: Actor, organization_id: str, technology_id: str) -> None:
    """Takes a technology off everything in the live landscapes and out of all lists. Snapshots don't change, so it is
    kept for them, with `deletedAt`."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        gone = _here(ledger.unit, organization_id, technology_id)
        for place in places.live(ledger.unit, organization_id):
            _take_off(ledger, place, gone.id)
        values = {"deletedAt": ledger.stamp.at, "deletedBy": ledger.stamp.by, "deletedById": ledger.stamp.by_id}
        ledger.found(Change(verb="update", kind=TECHNOLOGY.name, id=gone.id, values=values))


def _take_off(ledger: Ledger, place: Place, technology_id: str) -> None:
    for kind in (MODEL_OBJECT, MODEL_CONNECTION):
        for _, id_ in ledger.unit.having(kind, place.version_id, "technology_ids", [technology_id]):
            ledger.update(place, kind, id_, {"technologyIds": {"$remove": [technology_id]}})
    for shown in _showing(ledger.unit, place, technology_id):
        ledger.update(place, MODEL_OBJECT, shown.id, {"icon": None})


def _showing(unit: Unit, place: Place, technology_id: str) -> list[ModelObject]:
    """The objects whose icon is this technology's. Found in their texts: it is a rare question, without an index."""
    texts = unit.texts(MODEL_OBJECT, place.version_id, {}).rests
    words = f'"catalogTechnologyId":"{technology_id}"'
    ids = [id_ for text in texts if words in text for id_ in re.findall(r'"id":"([\w-]+)"', text)[:1]]
    found: list[ModelObject] = unit.among(MODEL_OBJECT, place.version_id, ids)
    return [one for one in found if one.icon and one.icon.catalog_technology_id == technology_id]


def _icons(technology: CatalogTechnology) -> dict[str, str | None]:
    return {"iconUrlLight": technology.icon_url_light, "iconUrlDark": technology.icon_url_dark}


def _check_addresses(values: dict[str, Any]) -> None:
    """A page opens these addresses: none may be a program."""
    found = {name: _SCHEME.match(_IGNORED.sub("", values.get(name) or "")) for name in _ADDRESSES}
    wrong = tuple(
        f"body.{name}: expected an http or https address, got one of the scheme {scheme[1][:40]!r}"
        for name, scheme in found.items()
        if scheme and scheme[1].lower() not in ("http", "https")
    )
    if wrong:
        raise Invalid("An address is not one of a web page", wrong)
