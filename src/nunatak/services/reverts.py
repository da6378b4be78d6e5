"""Reverts: the live version becomes what a snapshot is, and what it was is kept as a snapshot first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.errors import Invalid
from nunatak.core.kinds import VERSION, VERSION_REVERT
from nunatak.core.landscape import Version, VersionRevert
from nunatak.services import places, versions
from nunatak.services.changes import Ledger, new_id
from nunatak.services.places import LATEST, Place
from nunatak.services.service import Service
from nunatak.store.copies import restore_scope
from nunatak.store.rows import Texts

_LONGEST_NAME = 4000


def listing(service: Service, actor: Actor, landscape_id: str) -> Texts:
    """The JSON texts of a landscape's reverts, in the order of their creation."""
    with service.reading() as unit:
        land = places.landscape(unit, actor, landscape_id, "read")
        return unit.texts(VERSION_REVERT, land.id, {})


def get(service: Service, actor: Actor, landscape_id: str, revert_id: str) -> VersionRevert:
    """One revert; raises NotFound."""
    with service.reading() as unit:
        land = places.landscape(unit, actor, landscape_id, "read")
        found: VersionRevert = unit.get(VERSION_REVERT, revert_id, land.id)
        return found


def create(service: Service, actor: Actor, landscape_id: str, values: dict[str, Any]) -> VersionRevert:
    """Reverts the live version to the snapshot `versionId`, done when this returns. Drafts, share links, exports and
    the log stay. Raises Invalid for a version that isn't a snapshot of this landscape."""
    with service.writing(actor) as ledger:
        live = places.place(ledger.unit, actor, landscape_id, LATEST, "write")
        ledger.enter(live)
        aim = _aim(ledger, live, values["versionId"])
        kept = versions.snapshot(ledger, live, _kept(aim))
        restore_scope(
            ledger.unit,
            source=aim.id,
            target=live.version_id,
            seen=kept.id,
            landscape_id=live.landscape_id,
            beyond=_most_changes(ledger.stamp.at - aim.created_at),
        )
        change = Change(verb="create", kind=VERSION_REVERT.name, id=new_id(), values=values)
        made: VersionRevert = ledger.found(change, {"landscapeId": live.landscape_id})
        return made


def update(service: Service, actor: Actor, landscape_id: str, revert_id: str, values: dict[str, Any]) -> VersionRevert:
    """The revert with other notes."""
    with service.writing(actor) as ledger:
        land = places.landscape(ledger.unit, actor, landscape_id, "write")
        found = ledger.unit.get(VERSION_REVERT, revert_id, land.id)
        change = Change(verb="update", kind=VERSION_REVERT.name, id=found.id, values=values)
        changed: VersionRevert = ledger.found(change)
        return changed


def _aim(ledger: Ledger, live: Place, version_id: str) -> Version:
    found: Version | None = ledger.unit.find(VERSION, version_id, live.landscape_id)
    if found is None or LATEST in found.tags:
        error = f"body.versionId: expected the id of a snapshot of this landscape, got {version_id!r}"
        raise Invalid("Version not found" if found is None else "The live version is no snapshot", (error,))
    return found


def _kept(aim: Version) -> dict[str, Any]:
    """The safety snapshot's name and notes."""
    notes = "What the live version was before it was reverted"
    return {"name": f"Before revert to {aim.name}"[:_LONGEST_NAME], "notes": notes, "modelHandleId": None}


def _most_changes(time: timedelta) -> int:
    """More changes than any entity can have had in a time: one a microsecond."""
    return max(time // timedelta(microseconds=1), 0) + 1
