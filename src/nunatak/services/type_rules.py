"""What a model object's change of type must fit, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nunatak.core.diagram import DIAGRAM_MODELS
from nunatak.core.errors import Invalid
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, MODEL_OBJECT
from nunatak.core.model import PARENTS, ModelObject
from nunatak.services.places import Place
from nunatak.store.unit import Unit

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger


def check_type(ledger: Ledger, place: Place, after: ModelObject) -> None:
    """Raises Invalid when what stands below an object, is a member of it or belongs to it doesn't fit its new type."""
    reasons = tuple(_misfits(ledger.unit, place.version_id, after))
    if reasons:
        raise Invalid(f"{after.name[:200]!r} can't be of type {after.type}: {reasons[0]}", tuple(map(_named, reasons)))


def _named(reason: str) -> str:
    return f"body.type: expected a type that fits what the object holds: {reason}"


def _misfits(unit: Unit, scope: str, after: ModelObject) -> Iterator[str]:
    below = [id_ for _, id_ in unit.with_column(MODEL_OBJECT, scope, "parent_id", [after.id])]
    for child in unit.among(MODEL_OBJECT, scope, below):
        if after.type not in PARENTS[child.type]:
            yield f"the {child.type} {child.id} stands below it"
    for _, id_ in unit.having(MODEL_OBJECT, scope, "group_ids", [after.id]) if after.type != "group" else ():
        yield f"object {id_} is a member of it"
    owned = [id_ for _, id_ in unit.with_column(DIAGRAM, scope, "model_id", [after.id])]
    for diagram in unit.among(DIAGRAM, scope, owned):
        if after.type not in DIAGRAM_MODELS[diagram.type]:
            yield f"the {diagram.type} {diagram.id} belongs to it"


def place_type(ledger: Ledger, place: Place, after: ModelObject) -> None:
    """Gives an object's places on all diagrams its new type."""
    found = ledger.unit.having(DIAGRAM_CONTENT, place.version_id, "placed_ids", [after.id])
    for content in ledger.unit.among(DIAGRAM_CONTENT, place.version_id, {id_ for _, id_ in found}):
        shape = {"shape": "area"} if after.type == "group" else {}
        placed = {o.id: {"type": after.type, **shape} for o in content.objects.values() if o.model_id == after.id}
        ledger.update(place, DIAGRAM_CONTENT, content.id, {"objects": {"$update": placed}})
