"""What stands between a draft and its version, and the two ways on: merging it, or bringing it up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.conflict import DraftConflict, conflicts_of, refused
from nunatak.core.draft import Draft, DraftTask
from nunatak.core.errors import Conflict, Refusal
from nunatak.core.kinds import DRAFT, DRAFT_TASK
from nunatak.core.task import Task, change_of, rebased
from nunatak.services import drafts, places, versions
from nunatak.services.changes import Ledger
from nunatak.services.draft_tasks import changeable, note_change, opened
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.database import undone
from nunatak.store.unit import Unit

_MOST_TOLD = 50
_NOTES = "Made by merging the draft"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A task that was carried out, or wasn't: the entity as it was before it (None: not there), and what stood
    against it."""

    task: DraftTask
    current: dict[str, Any] | None
    conflicts: list[DraftConflict]


def conflicts(service: Service, actor: Actor, path: Path, draft_id: str) -> list[DraftConflict]:
    """The conflicts of a draft as things are now, in the order of its tasks; none once it is merged."""
    with service.database.trial() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "read")
        unit.lock(place.landscape_id)
        draft: Draft = unit.get(DRAFT, draft_id, place.version_id)
        if draft.status == "merged":
            return []
        ledger = drafts.preview(unit, draft, now=service.clock)
        steps = _steps(ledger, place, drafts.tasks_of(unit, place, draft))
        return [conflict for step in steps for conflict in step.conflicts]


def merge(service: Service, actor: Actor, path: Path, draft_id: str) -> Draft:
    """Carries out a draft's tasks for good and makes a version of what they come to. Raises Conflict, and changes
    nothing, while there are conflicts, and for a draft that is merged or archived."""
    with service.writing(actor) as ledger:
        place = opened(ledger, actor, path)
        place.writable()
        draft = _in_progress(changeable(ledger, place, draft_id))
        with ledger.noting("draft-merge", place, draft.id, handle_id=draft.handle_id, context={"name": draft.name}):
            steps = _steps(ledger, place, drafts.tasks_of(ledger.unit, place, draft))
            _refuse([conflict for step in steps for conflict in step.conflicts])
            notes = f"{_NOTES} {draft.name}"
            made = versions.snapshot(
                ledger, place, {"name": draft.name or "Draft", "notes": notes, "modelHandleId": None}
            )
            by = ledger.stamp
            merged = {"mergedAt": by.at, "mergedBy": by.by, "mergedById": by.by_id, "headVersionId": made.id}
            after: Draft = ledger.update(place, DRAFT, draft.id, {"status": "merged", **merged})
            return after


def rebase(service: Service, actor: Actor, path: Path, draft_id: str) -> Draft:
    """Brings a draft's tasks up to date with its version: what was overwritten meanwhile is the draft's to say, and
    tasks whose entity is gone or that would change nothing are dropped."""
    with service.writing(actor) as ledger:
        place = opened(ledger, actor, path)
        draft = changeable(ledger, place, draft_id)
        before = drafts.tasks_of(ledger.unit, place, draft)
        with undone(ledger.unit):
            trial = drafts.preview(ledger.unit, draft, now=service.clock)
            wanted = list(_rebased(trial, place, before))
        kept = [_kept(ledger, place, task, each) for task, each in zip(before, wanted, strict=True)]
        after = [task for task in kept if task is not None]
        if after != before:
            note_change(ledger, place, draft, before, after)
        found: Draft = ledger.unit.get(DRAFT, draft.id, place.version_id)
        return found


def _in_progress(draft: Draft) -> Draft:
    if draft.status != "in-progress":
        raise Conflict(f"This draft is {draft.status}; take it up again first", ("draftId: expected one in progress",))
    return draft


def _refuse(found: list[DraftConflict]) -> None:
    if found:
        errors = tuple(f"{each.task_id}: {each.type}: {each.message}" for each in found[:_MOST_TOLD])
        raise Conflict("This draft has conflicts with its version", errors)


def _steps(ledger: Ledger, place: Place, tasks: Iterable[DraftTask]) -> Iterator[Step]:
    """Carries out tasks one by one, as far as they can be, and tells of each what stood against it."""
    tasks = list(tasks)
    base = _base(ledger.unit, place, tasks)
    for task in tasks:
        change = change_of(task.task)
        current = drafts.values_of(ledger.unit, place, change)
        found = conflicts_of(task.id, task.task, base=base.get((change.kind, change.id)), current=current)
        if all(conflict.type == "overwrite" for conflict in found):
            refusal = _attempt(ledger, place, task.task)
            found = found if refusal is None else [*found, refused(task.id, task.task, refusal)]
        yield Step(task=task, current=current, conflicts=found)


def _base(unit: Unit, place: Place, tasks: Iterable[DraftTask]) -> dict[tuple[str, str], dict[str, Any] | None]:
    changes = {(c.kind, c.id): c for c in (change_of(task.task) for task in tasks) if c.verb == "update"}
    return {key: drafts.values_of(unit, place, change) for key, change in changes.items()}


def _attempt(ledger: Ledger, place: Place, task: Task) -> Refusal | None:
    try:
        with ledger.unit.savepoint():
            drafts.perform(ledger, place, change_of(task))
    except Refusal as refusal:
        return refusal
    return None


def _rebased(trial: Ledger, place: Place, tasks: Iterable[DraftTask]) -> Iterator[Task | None]:
    """What each task comes to on what is there now; None for one to drop."""
    for task in tasks:
        change = change_of(task.task)
        if change.verb == "create":
            kept: Task | None = task.task
        else:
            current = drafts.values_of(trial.unit, place, change)
            kept = None if current is None else task.task if change.verb == "delete" else rebased(task.task, current)
        if kept is not None:
            _attempt(trial, place, kept)
        yield kept


def _kept(ledger: Ledger, place: Place, task: DraftTask, wanted: Task | None) -> DraftTask | None:
    if wanted is None:
        ledger.delete(place, DRAFT_TASK, task.id)
        return None
    if wanted == task.task:
        return task
    changed: DraftTask = ledger.update(place, DRAFT_TASK, task.id, {"task": wanted})
    return changed
