"""Bulk writes: a list of changes of one landscape version, all carried out or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.errors import Refusal
from nunatak.core.kinds import Kind, kind_named
from nunatak.services import entities, places
from nunatak.services.changes import Ledger
from nunatak.services.places import Path, Place
from nunatak.services.service import Service

MOST = 10_000
# What an error of a change may begin with, and where that is in a list of changes.
_PLACES = {"body.commit": "commit", "body.": "values.", "id": "id"}


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a change made, changed or deleted, and the commit it was left with."""

    id: str
    kind: str
    commit: float | int


def carry_out(service: Service, actor: Actor, path: Path, changes: Sequence[Change]) -> list[Done]:
    """Carries the changes out in their order, in one transaction: later ones may use the ids that earlier ones chose.
    A `replace` makes what isn't there. The refusal of a change is the refusal of all, and its errors say which."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        return [_one(ledger, place, index, change) for index, change in enumerate(changes)]


def _one(ledger: Ledger, place: Place, index: int, change: Change) -> Done:
    kind = kind_named(change.kind)
    try:
        made = _written(ledger, place, kind, change)
    except Refusal as refusal:
        where = f"body.changes[{index}]"
        errors = tuple(_at(where, error) for error in refusal.errors)
        refusal.errors = errors or (f"{where}: {refusal.message}",)
        raise
    return Done(id=made.id, kind=kind.name, commit=made.commit + (change.verb == "delete"))


def _written(ledger: Ledger, place: Place, kind: Kind, change: Change) -> Any:
    if change.verb == "delete":
        return entities.deleted(ledger, place, kind, change.id, commit=change.commit)
    if change.verb == "replace":
        there = ledger.unit.find(kind, change.id, place.version_id)
        change = entities.upsertion(kind, there, change.id, {**change.values, "commit": change.commit})
    return ledger.write(place, change)


def _at(where: str, error: str) -> str:
    """An error of a change, as one of the list that it is in."""
    for begin, place in _PLACES.items():
        if error.startswith(begin):
            return f"{where}.{place}{error.removeprefix(begin)}"
    return f"{where}: {error}"
