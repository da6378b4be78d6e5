"""The tasks of a draft: added once they are known to fit, listed, and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET

from nunatak.core.access import Actor
from nunatak.core.draft import Draft, DraftChangeSummary, DraftTask
from nunatak.core.errors import Conflict, Dangling, Invalid, NotFound, Refusal
from nunatak.core.kinds import DRAFT, DRAFT_TASK
from nunatak.core.summary import summary
from nunatak.core.task import Task, change_of, completed_create, filled
from nunatak.services import drafts, places
from nunatak.services.changes import Ledger, new_id
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.database import undone

MOST_TASKS = 2000


def listing(service: Service, actor: Actor, path: Path, draft_id: str) -> list[DraftTask]:
    """A draft's tasks in their order; raises NotFound for the draft."""
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "read")
        return drafts.tasks_of(unit, place, unit.get(DRAFT, draft_id, place.version_id))


def add(
    service: Service,
    actor: Actor,
    path: Path,
    draft_id: str,
    tasks: Sequence[Task],
    *,
    commit: float | None = None,
    field: str = "task",
) -> list[DraftTask]:
    """Puts tasks at a draft's end, all or none, once the whole draft has been tried with them. `commit` is the draft's,
    as the writer saw it; `field` is where the body has a task ("tasks[{}]" for one of several), to name in refusals.
    Raises Conflict for a merged draft and a stale commit, Invalid for a task that doesn't fit what the draft makes."""
    with service.writing(actor) as ledger:
        place = opened(ledger, actor, path)
        draft = changeable(ledger, place, draft_id)
        if commit is not None and commit != draft.commit:
            error = f"body.commit: expected {draft.commit}, got {commit}"
            raise Conflict(f"Draft {draft.id} has moved on: the commit is {draft.commit}", (error,))
        before = drafts.tasks_of(ledger.unit, place, draft)
        if len(before) + len(tasks) > MOST_TASKS:
            raise Invalid(
                f"A draft holds at most {MOST_TASKS:,} tasks",
                (f"body: expected at most {MOST_TASKS - len(before)} more",),
            )
        fitting = _fitting(service, ledger, place, draft, before, tasks, field)
        start = before[-1].index + 1 if before else 0
        made = [_made(ledger, place, draft, start + at, task) for at, task in enumerate(fitting)]
        note_change(ledger, place, draft, before, [*before, *made])
        return made


def remove(service: Service, actor: Actor, path: Path, draft_id: str, task_id: str) -> None:
    """Takes a task out of a draft; those that build on it become conflicts. Raises NotFound, Conflict for a merged
    draft."""
    with service.writing(actor) as ledger:
        place = opened(ledger, actor, path)
        draft = changeable(ledger, place, draft_id)
        before = drafts.tasks_of(ledger.unit, place, draft)
        if task_id not in {task.id for task in before}:
            raise NotFound("Draft task not found")
        ledger.delete(place, DRAFT_TASK, task_id)
        note_change(ledger, place, draft, before, [task for task in before if task.id != task_id])


def opened(ledger: Ledger, actor: Actor, path: Path) -> Place:
    """The place of a write, which no other write of the landscape reaches meanwhile."""
    place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
    ledger.unit.lock(place.landscape_id)
    return place


def changeable(ledger: Ledger, place: Place, draft_id: str) -> Draft:
    """The draft; raises NotFound, and Conflict where it is merged."""
    draft: Draft = ledger.unit.get(DRAFT, draft_id, place.version_id)
    if draft.status == "merged":
        raise Conflict(
            "This draft is merged and can't be changed any more", ("draftId: expected a draft that isn't merged",)
        )
    return draft


def note_change(
    ledger: Ledger, place: Place, draft: Draft, before: Sequence[DraftTask], after: Sequence[DraftTask]
) -> None:
    """Stamps that a draft's tasks are others now, and sums them up, unless somebody has summed them up in their own
    words."""
    now = ledger.stamp.at
    old = draft.change_summary
    values: dict[str, Any] = {"summaryDirtiedAt": now}
    if old is UNSET or old.summary == summary(task.task for task in before):
        made = now if old is UNSET else old.created_at
        told = DraftChangeSummary(summary=summary(task.task for task in after), created_at=made, updated_at=now)
        values["changeSummary"] = {"summary": told.summary, "createdAt": told.created_at, "updatedAt": told.updated_at}
    ledger.update(place, DRAFT, draft.id, values)


def _made(ledger: Ledger, place: Place, draft: Draft, index: float, task: Task) -> DraftTask:
    made: DraftTask = ledger.create(place, DRAFT_TASK, {"draftId": draft.id, "index": index, "task": task})
    return made


def _fitting(
    service: Service,
    ledger: Ledger,
    place: Place,
    draft: Draft,
    before: Sequence[DraftTask],
    tasks: Sequence[Task],
    field: str,
) -> list[Task]:
    """The tasks completed with what their writer left out, each tried on what the draft makes of the version."""
    with undone(ledger.unit):
        trial = drafts.preview(ledger.unit, draft, now=service.clock)
        drafts.carry_out(trial, place, before)
        found = []
        for index, task in enumerate(tasks):
            try:
                found.append(_tried(trial, place, task))
            except Refusal as refusal:
                raise _named(refusal, field.format(index)) from None
        return found


def _tried(trial: Ledger, place: Place, task: Task) -> Task:
    change = change_of(task)
    if change.verb == "create":
        task = completed_create(task, new_id(10))
    else:
        current = drafts.values_of(trial.unit, place, change)
        if current is None:
            raise drafts.missing(change)
        _of_comment(task, current)
        task = {**task, "entityId": current["id"]}
        task = filled(task, current) if change.verb == "update" else task
    drafts.perform(trial, place, change_of(task))
    return task


def _of_comment(task: Task, reply: dict[str, Any]) -> None:
    """Refuses a reply's task that names another comment than the reply is for."""
    if "commentId" in task and task["commentId"] != reply["commentId"]:
        expected = f"body.commentId: expected {reply['commentId']!r}, which the reply is for, got {task['commentId']!r}"
        raise Dangling("The reply is for another comment", (expected,))


def _named(refusal: Refusal, field: str) -> Refusal:
    """The refusal of a task's change in the words of the task's body."""
    errors = tuple(_renamed(error, field) for error in refusal.errors) or (f"body.{field}: {refusal.message}",)
    return type(refusal)(refusal.message, errors)


def _renamed(error: str, field: str) -> str:
    if error.startswith("id:"):
        return f"body.{field}.entityId{error.removeprefix('id')}"
    if error.startswith("body.commentId:"):  # it stands beside the entity's id
        return f"body.{field}.{error.removeprefix('body.')}"
    return f"body.{field}.props.{error.removeprefix('body.')}" if error.startswith("body.") else error
