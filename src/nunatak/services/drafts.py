"""Drafts applied: a version with a draft's tasks carried out, seen for as long as one looks and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec

from nunatak.core.access import Actor
from nunatak.core.change import Change, Stamp
from nunatak.core.draft import Draft, DraftTask
from nunatak.core.errors import Dangling, Invalid, NotFound, Refusal
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, DRAFT, DRAFT_TASK, MODEL_OBJECT, Kind, kind_named
from nunatak.core.task import change_of
from nunatak.services.changes import Ledger
from nunatak.services.places import Place
from nunatak.store.database import Database, undone
from nunatak.store.unit import Unit

_PARTS = ("objects", "connections", "comments")


def tasks_of(unit: Unit, place: Place, draft: Draft) -> list[DraftTask]:
    """A draft's tasks in their order."""
    found: list[DraftTask] = unit.every(DRAFT_TASK, place.version_id, {"draft_id": draft.id})
    return sorted(found, key=lambda task: task.index)


def require(unit: Unit, place: Place, draft_id: str | None) -> None:
    """Raises NotFound for a draft that a body asks for and that isn't there."""
    if draft_id is not None and unit.find(DRAFT, draft_id, place.version_id) is None:
        raise NotFound("Draft not found", (f"body.draftId: expected the id of a draft, got {draft_id!r}",))


@contextmanager
def opened(database: Database, draft_id: str | None) -> Iterator[Unit]:
    """A unit to look at a version with: one that only reads or, to apply a draft in, one that is never committed."""
    with database.read() if draft_id is None else database.trial() as unit:
        yield unit


def apply(unit: Unit, place: Place, draft_id: str | None, *, now: Callable[[], datetime]) -> None:
    """Carries out a draft's tasks in a unit that will never be committed, and only reads from here on; tasks that no
    longer can be carried out are left out. Raises NotFound for the draft."""
    if draft_id is not None:
        _apply(unit, place, draft_id, now)
        unit.only_read()


@contextmanager
def applied(unit: Unit, place: Place, draft_id: str | None, *, now: Callable[[], datetime]) -> Iterator[None]:
    """Within a unit that writes other things: the draft applied (None: the version as it is) and taken back."""
    if draft_id is None:
        yield
        return
    with undone(unit):
        _apply(unit, place, draft_id, now)
        yield


def _apply(unit: Unit, place: Place, draft_id: str, now: Callable[[], datetime]) -> None:
    """A merged draft has nothing to add to its version."""
    unit.lock(place.landscape_id)
    draft: Draft = unit.get(DRAFT, draft_id, place.version_id)
    if draft.status != "merged":
        ledger = preview(unit, draft, now=now)
        carry_out(ledger, place, tasks_of(unit, place, draft))
        ledger.settle()


def preview(unit: Unit, draft: Draft, *, now: Callable[[], datetime]) -> Ledger:
    """A ledger for what nobody keeps."""
    return Ledger(unit, Actor(kind=draft.created_by, id=draft.created_by_id), now=now)


def carry_out(ledger: Ledger, place: Place, tasks: Iterable[DraftTask]) -> None:
    """Carries out tasks as their writers and at their times, so that what is seen is the same at every look. All go in
    one run; only where a task is refused is each tried by itself."""
    tasks = list(tasks)
    try:
        with ledger.unit.savepoint():
            for task in tasks:
                _carry_out(ledger, place, task)
    except Refusal:
        for task in tasks:
            attempt(ledger, place, task)


def attempt(ledger: Ledger, place: Place, task: DraftTask) -> Refusal | None:
    """Carries out one task, or says why it can't be; nothing of it stays then."""
    try:
        with ledger.unit.savepoint():
            _carry_out(ledger, place, task)
    except Refusal as refusal:
        return refusal
    return None


def _carry_out(ledger: Ledger, place: Place, task: DraftTask) -> None:
    ledger.stamp = Stamp(at=task.created_at, by=task.created_by, by_id=task.created_by_id)
    perform(ledger, place, change_of(task.task))


def perform(ledger: Ledger, place: Place, change: Change) -> Any:
    """Writes a change as drafts may: roots stay with their domains, and objects keep their type and parent."""
    if change.kind == MODEL_OBJECT.name and change.verb in ("update", "delete"):
        _allowed(ledger.unit, place, change)
    return ledger.write(place, change)


def _allowed(unit: Unit, place: Place, change: Change) -> None:
    before = unit.get(MODEL_OBJECT, change.id, place.version_id)
    if change.verb == "delete" and before.type == "root":
        raise Invalid("A root goes with its domain", ("id: expected no root",))
    now = {"type": before.type, "parentId": before.parent_id}
    moved = [name for name, value in now.items() if change.values.get(name, value) != value]
    if moved:
        errors = tuple(f"body.{name}: a draft can't change it, expected {now[name]!r}" for name in moved)
        raise Invalid("The type and the parent of an object can't change in a draft", errors)


def values_of(unit: Unit, place: Place, change: Change) -> dict[str, Any] | None:
    """The entity that a change is about, by wire name, with a diagram's content; None where it isn't there."""
    kind = kind_named(change.kind)
    found = _values(unit, place, kind, change.id)
    if found is not None and kind is DIAGRAM:
        content = _values(unit, place, DIAGRAM_CONTENT, found["id"]) or {}
        found |= {name: content[name] for name in _PARTS if name in content}
    return found


def _values(unit: Unit, place: Place, kind: Kind, id_: str) -> dict[str, Any] | None:
    found = unit.find(kind, id_, place.version_id)
    return None if found is None else msgspec.to_builtins(found)


def missing(change: Change) -> Dangling:
    """The refusal of a change whose entity isn't there."""
    title = kind_named(change.kind).title
    expected = f"expected the id of a {title.lower()} of this version or draft"
    return Dangling(f"{title} not found", (f"id: {expected}, got {change.id!r}",))
