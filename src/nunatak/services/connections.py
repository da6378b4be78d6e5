"""Model connections: changed in the model and, when asked, on the diagrams that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.diagram import Connector, DiagramConnection, DiagramContent
from nunatak.core.kinds import DIAGRAM_CONTENT, MODEL_CONNECTION
from nunatak.core.model import ModelConnection
from nunatak.services import entities, places
from nunatak.services.changes import Ledger
from nunatak.services.places import Path, Place
from nunatak.services.service import Service


@dataclass(frozen=True, kw_only=True)
class Redraw:
    """Whether the lines that show a connection follow its new ends, and where they dock."""

    wanted: bool = False
    origin_connector: Connector = None
    target_connector: Connector = None


def write(
    service: Service,
    actor: Actor,
    path: Path,
    id_: str,
    values: dict[str, Any],
    *,
    whole: bool,
    redraw: Redraw,
) -> ModelConnection:
    """The connection after an upsert (`whole`) or update, in one transaction with the diagrams."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        before = ledger.unit.find(MODEL_CONNECTION, id_, place.version_id)
        upsertion = entities.upsertion(MODEL_CONNECTION, before, id_, values)
        change = upsertion if whole else entities.updating(MODEL_CONNECTION, id_, values)
        written: ModelConnection = entities.written(ledger, place, change)
        if redraw.wanted and before is not None:
            _redraw(ledger, place, written, redraw)
            ledger.settle()
            written = ledger.unit.get(MODEL_CONNECTION, written.id, place.version_id)
        return written


def _redraw(ledger: Ledger, place: Place, connection: ModelConnection, redraw: Redraw) -> None:
    """Docks every line that shows the connection at its ends' places; a line whose end isn't on its diagram goes."""
    found = ledger.unit.having(DIAGRAM_CONTENT, place.version_id, "drawn_ids", [connection.id])
    for content in ledger.unit.among(DIAGRAM_CONTENT, place.version_id, [id_ for _, id_ in found]):
        lines = [line for line in content.connections.values() if line.model_id == connection.id]
        moved = {line.id: _docked(content, connection, line, redraw) for line in lines}
        values: dict[str, Any] = {
            "$update": {id_: ends for id_, ends in moved.items() if ends},
            "$remove": [id_ for id_, ends in moved.items() if ends is None],
        }
        if values["$remove"] or any(values["$update"].values()):
            ledger.update(place, DIAGRAM_CONTENT, content.id, {"connections": values})


def _docked(
    content: DiagramContent, connection: ModelConnection, line: DiagramConnection, redraw: Redraw
) -> dict[str, Any] | None:
    """What changes about a line, or None when it can't be drawn here any more."""
    ends: dict[str, Any] = {}
    for field, old, wanted, connector in (
        ("origin", line.origin_id, connection.origin_id, redraw.origin_connector),
        ("target", line.target_id, connection.target_id, redraw.target_connector),
    ):
        placed = content.objects.get(old or "")
        if placed is None or placed.model_id != wanted:
            docks = [o for o in content.objects.values() if o.model_id == wanted]
            if not docks:
                return None
            ends[f"{field}Id"] = min(docks, key=lambda o: (o.shape != "box", o.id)).id
            ends[f"{field}Connector"] = None
        if connector is not None:
            ends[f"{field}Connector"] = connector
    return ends
