"""Looks: who saw a diagram, flow or draft last, which is no change: no commit grows, and snapshots take them too."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from nunatak.core.access import Actor
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, Kind
from nunatak.services import places
from nunatak.services.places import Path
from nunatak.services.service import Service

_ACTIONS = {"diagram": "diagram-content-view", "flow": "flow-view", "draft": "draft-view"}


def look(service: Service, actor: Actor, path: Path, kind: Kind, id_: str, *, noted: bool = False) -> None:
    """Stamps who looked at the entity, or at a diagram's content, last; `noted`, the log tells of it too. Raises
    NotFound."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "read")
        ledger.unit.lock(place.landscape_id)  # whoever draws meanwhile writes the same content
        seen = ledger.unit.get(kind, id_, place.version_id)
        stamped = DIAGRAM_CONTENT if kind is DIAGRAM else kind
        before = ledger.unit.get(stamped, seen.id, place.version_id)
        stamp = ledger.stamp
        after = replace(before, viewed_at=stamp.at, viewed_by=stamp.by, viewed_by_id=stamp.by_id)
        ledger.unit.put(stamped, after)
        if noted:
            context: dict[str, Any] = {"name": seen.name} | ({"type": seen.type} if kind is DIAGRAM else {})
            ledger.note(_ACTIONS[kind.name], place, seen.id, handle_id=seen.handle_id, context=context)
