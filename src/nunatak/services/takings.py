"""Takings: exports that are answered at once and leave no record but an entry of the log."""

from __future__ import annotations

from typing import Any, Literal

from nunatak.core.access import Actor
from nunatak.core.kinds import LANDSCAPE, MODEL_OBJECT
from nunatak.services import places
from nunatak.services.places import Path
from nunatak.services.service import Service

Table = Literal["model-objects-export", "model-connections-export"]


def note_table(service: Service, actor: Actor, path: Path, action: Table) -> None:
    """Notes that a version's objects or connections were taken as CSV."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "read")
        land = ledger.unit.get(LANDSCAPE, place.landscape_id)
        version = places.version(ledger.unit, land.id, place.version_id)
        context = {"landscapeName": land.name, "versionName": version.name}
        ledger.note(action, place, land.id, context=context, props={"type": "csv", "versionId": version.id})


def note_dependencies(service: Service, actor: Actor, path: Path, object_id: str) -> None:
    """Notes that an object's dependencies were taken; raises NotFound for the object."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "read")
        taken = ledger.unit.get(MODEL_OBJECT, object_id, place.version_id)
        version = places.version(ledger.unit, place.landscape_id, place.version_id)
        context: dict[str, Any] = {"name": taken.name, "type": taken.type, "versionName": version.name}
        props = {"type": "json", "versionId": version.id}
        about = {"handle_id": taken.handle_id, "context": context, "props": props}
        ledger.note("model-object-dependencies-export", place, taken.id, **about)
