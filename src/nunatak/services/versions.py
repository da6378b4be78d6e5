"""Versions: the live one, and the snapshots of it that never change."""

from __future__ import annotations

from typing import Any

from nunatak.core.access import Actor, Deed, require
from nunatak.core.change import Change
from nunatak.core.errors import Invalid
from nunatak.core.kinds import MODEL_OBJECT, VERSION
from nunatak.core.landscape import Version
from nunatak.services import places
from nunatak.services.changes import Ledger, new_id
from nunatak.services.pages import Page, page_of
from nunatak.services.places import LATEST, Place
from nunatak.services.service import Service
from nunatak.services.tag_rules import missing_things
from nunatak.store.copies import copy_scope
from nunatak.store.unit import Unit

Values = dict[str, Any]


def listing(
    service: Service,
    actor: Actor,
    landscape_id: str,
    asked: Values,
    *,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page:
    """A landscape's versions that match, in the order of their creation."""
    with service.reading() as unit:
        land = places.landscape(unit, actor, landscape_id, "read")
        return page_of(unit, VERSION, land.id, asked, cursor=cursor, limit=service.bounds.paged(limit))


def get(service: Service, actor: Actor, landscape_id: str, version_id: str) -> Version:
    """One version, by id or the word `latest`."""
    with service.reading() as unit:
        return _found(unit, actor, landscape_id, version_id, "read")


def create(service: Service, actor: Actor, landscape_id: str, values: Values) -> Version:
    """A snapshot of the live version, complete when this returns: the copy is part of the transaction."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, landscape_id, LATEST, "write")
        return snapshot(ledger, place, values)


def snapshot(ledger: Ledger, live: Place, values: Values) -> Version:
    """Writes a version that holds what the live one holds now, with the unit's changes so far. Raises Invalid for a
    `modelHandleId` that names no object."""
    ledger.enter(live)
    ledger.settle()
    change = Change(verb="create", kind=VERSION.name, id=new_id(), values=_scoped(ledger.unit, live.version_id, values))
    head = {"landscapeId": live.landscape_id, "completedAt": ledger.stamp.at}
    made: Version = ledger.found(change, head)
    copy_scope(ledger.unit, source=live.version_id, target=made.id, landscape_id=live.landscape_id)
    return made


def update(service: Service, actor: Actor, landscape_id: str, version_id: str, values: Values) -> Version:
    """The version with another name or other notes, the live one too; what it holds stays as it is."""
    with service.writing(actor) as ledger:
        state = _found(ledger.unit, actor, landscape_id, version_id, "write")
        given = _scoped(ledger.unit, state.id, values)
        changed: Version = ledger.found(Change(verb="update", kind=VERSION.name, id=state.id, values=given))
        return changed


def delete(service: Service, actor: Actor, landscape_id: str, version_id: str) -> None:
    """Deletes a snapshot with its share link and exports; raises Invalid for the live version."""
    with service.writing(actor) as ledger:
        state = _found(ledger.unit, actor, landscape_id, version_id, "write")
        if LATEST in state.tags:
            error = "versionId: expected the id of a snapshot, got that of the live version"
            raise Invalid("The live version goes with its landscape: delete the landscape", (error,))
        ledger.unit.clear(state.id)
        ledger.found(Change(verb="delete", kind=VERSION.name, id=state.id))


def _found(unit: Unit, actor: Actor, landscape_id: str, version_id: str, deed: Deed) -> Version:
    land = places.landscape(unit, actor, landscape_id, deed)
    found = places.version(unit, land.id, version_id)
    require(actor, deed, land.organization_id, landscape_id=land.id, version_id=found.id)
    return found


def _scoped(unit: Unit, version_id: str, values: Values) -> Values:
    """The values with the handle of the object that a version is about; the copy holds all of the landscape anyway."""
    asked = values.get("modelHandleId")
    if asked is None:
        return values
    about = unit.find(MODEL_OBJECT, asked, version_id)
    if about is None:
        raise missing_things(MODEL_OBJECT, [("modelHandleId", asked)])
    return {**values, "modelHandleId": about.handle_id}
