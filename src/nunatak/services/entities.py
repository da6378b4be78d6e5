"""The verbs that all kinds of a landscape version share: list, get, create, update, replace, delete."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.errors import Invalid
from nunatak.core.kinds import MODEL_OBJECT, Kind, kind_named
from nunatak.services import places
from nunatak.services.changes import Ledger, new_id
from nunatak.services.expansion import expanded
from nunatak.services.pages import Page, page_of
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.services.views import viewing
from nunatak.store.rows import Texts


def page(
    service: Service,
    actor: Actor,
    kind: Kind,
    path: Path,
    *,
    asked: Mapping[str, Any],
    cursor: str | None = None,
    limit: int | None = None,
    expand: Collection[str] = (),
) -> Page:
    """The entities that match, in the order of their creation; all of them without a limit."""
    with viewing(service, actor, path) as (unit, place):
        found = page_of(unit, kind, place.version_id, asked, cursor=cursor, limit=limit)
        return replace(found, texts=expanded(unit, place, found.texts, expand))


def get(service: Service, actor: Actor, kind: Kind, path: Path, id_: str) -> Any:
    """The entity with this id or handle; raises NotFound."""
    with viewing(service, actor, path) as (unit, place):
        return unit.get(kind, id_, place.version_id)


def text(service: Service, actor: Actor, kind: Kind, path: Path, id_: str, *, expand: Collection[str] = ()) -> str:
    """The JSON text of the entity with this id or handle; raises NotFound."""
    with viewing(service, actor, path) as (unit, place):
        return expanded(unit, place, Texts("", [unit.text(kind, id_, place.version_id)]), expand).joined()


def create(service: Service, actor: Actor, kind: Kind, path: Path, values: dict[str, Any]) -> Any:
    """A new entity; its writer's `commit` means nothing yet."""
    return write(
        service, actor, path, Change(verb="create", kind=kind.name, id=new_id(), values=without_commit(values))
    )


def update(service: Service, actor: Actor, kind: Kind, path: Path, id_: str, values: dict[str, Any]) -> Any:
    """The entity with the given values laid over its own; raises Conflict for a stale `commit`."""
    return write(service, actor, path, updating(kind, id_, values))


def upsert(service: Service, actor: Actor, kind: Kind, path: Path, id_: str, values: dict[str, Any]) -> Any:
    """The entity made of the given values, at the caller's own id, whether it was there or not."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        there = ledger.unit.find(kind, id_, place.version_id)
        return written(ledger, place, upsertion(kind, there, id_, values))


def updating(kind: Kind, id_: str, values: Mapping[str, Any]) -> Change:
    """The change of an update's body."""
    return Change(verb="update", kind=kind.name, id=id_, values=without_commit(values), commit=values.get("commit"))


def upsertion(kind: Kind, there: Any, id_: str, values: Mapping[str, Any]) -> Change:
    """The change of an upsert's body: a replace of what is there, or else a create."""
    return Change(
        verb="replace" if there else "create",
        kind=kind.name,
        id=there.id if there else id_,
        values=without_commit(values),
        commit=values.get("commit"),
    )


def delete(service: Service, actor: Actor, kind: Kind, path: Path, id_: str) -> tuple[Any, dict[str, list[str]]]:
    """Deletes an entity with all that belongs to it; gives what it was, and the ids of all that is gone by kind."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        return deleted(ledger, place, kind, id_), ledger.deleted


def deleted(ledger: Ledger, place: Place, kind: Kind, id_: str, *, commit: float | None = None) -> Any:
    """Deletes an entity by id or handle with all that belongs to it, and gives what it was; raises Conflict for a stale
    `commit`."""
    before = ledger.unit.get(kind, id_, place.version_id)
    if kind is MODEL_OBJECT and before.type == "root":
        raise Invalid("A root goes with its domain: delete the domain", ("modelObjectId: expected no root",))
    return ledger.write(place, Change(verb="delete", kind=kind.name, id=before.id, commit=commit))


def write(service: Service, actor: Actor, path: Path, change: Change) -> Any:
    """One change in a transaction of its own; gives the entity as it is after everything that followed."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        return written(ledger, place, change)


def written(ledger: Ledger, place: Place, change: Change) -> Any:
    """A change carried out, and the entity as it is after everything that followed."""
    made = ledger.write(place, change)
    ledger.settle()
    return ledger.unit.get(kind_named(change.kind), made.id, place.version_id)


def without_commit(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without the state their writer saw, which isn't a value."""
    return {name: value for name, value in values.items() if name != "commit"}
