"""Drafts: what the table's verbs don't say, and their tasks and conflicts, which the contract leaves out."""

from __future__ import annotations

from typing import Any

from msgspec.structs import fields

from nunatak.api.icepanel.draft_bodies import DraftTask, DraftTaskRequired, DraftTasksRequired
from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, chosen, given, path_of
from nunatak.api.icepanel.table import DRAFTS, NOTHING
from nunatak.core import draft
from nunatak.core.conflict import DraftConflict
from nunatak.core.draft import Draft
from nunatak.services import draft_tasks, merging

OPERATIONS = Operations()
_ONE = DRAFTS.one_path
_TASKS = f"{_ONE}/tasks"

# A task as it is kept, with the union of the contract's tasks in it.
DraftTaskShown: Any = record(
    "DraftTaskShown",
    {field.name: DraftTask if field.name == "task" else field.type for field in fields(draft.DraftTask)},
)
DraftAnswer = record("DraftAnswer", {"draft": Draft})
TaskAnswer = record("DraftTaskAnswer", {"draft_task": DraftTaskShown})
TasksAnswer = record("DraftTasksAnswer", {"draft_tasks": list[DraftTaskShown]})
ConflictsAnswer = record("DraftConflictsAnswer", {"draft_conflicts": list[DraftConflict]})

operation = OPERATIONS.operation


@operation("drafts.merge", "POST", f"{_ONE}/merge", answer=DraftAnswer)
def merge(call: Call[Any]) -> dict[str, Any]:
    """Carries out a draft's tasks and makes a version; 409 while there are conflicts."""
    return {"draft": merging.merge(call.service, actor_of(call), path_of(call), call.path["draftId"])}


@operation("drafts.rebase", "POST", f"{_ONE}/rebase", answer=DraftAnswer)
def rebase(call: Call[Any]) -> dict[str, Any]:
    """Brings a draft's tasks up to date with its version."""
    return {"draft": merging.rebase(call.service, actor_of(call), path_of(call), call.path["draftId"])}


@operation("drafts.conflicts.list", "GET", f"{_ONE}/conflicts", answer=ConflictsAnswer, own=True)
def list_conflicts(call: Call[Any]) -> dict[str, Any]:
    """What stands between a draft and its version."""
    found = merging.conflicts(call.service, actor_of(call), path_of(call), call.path["draftId"])
    return {"draftConflicts": found}


@operation("drafts.tasks.list", "GET", _TASKS, answer=TasksAnswer, own=True)
def list_tasks(call: Call[Any]) -> dict[str, Any]:
    """A draft's tasks, in their order."""
    return {"draftTasks": draft_tasks.listing(call.service, actor_of(call), path_of(call), call.path["draftId"])}


@operation("drafts.tasks.create", "POST", _TASKS, body=DraftTaskRequired, answer=TaskAnswer, own=True)
def create_task(call: Call[Any]) -> dict[str, Any]:
    """Puts a task at a draft's end."""
    return {"draftTask": _added(call, [given(call.body)["task"]], "task")[0]}


@operation("drafts.tasks.createMany", "POST", f"{_TASKS}/batch", body=DraftTasksRequired, answer=TasksAnswer, own=True)
def create_tasks(call: Call[Any]) -> dict[str, Any]:
    """Puts tasks at a draft's end, all or none."""
    return {"draftTasks": _added(call, given(call.body)["tasks"], "tasks[{}]")}


def _added(call: Call[Any], tasks: list[dict[str, Any]], field: str) -> list[draft.DraftTask]:
    commit = chosen(call.body, "commit")
    return draft_tasks.add(
        call.service, actor_of(call), path_of(call), call.path["draftId"], tasks, commit=commit, field=field
    )


@operation("drafts.tasks.delete", "DELETE", f"{_TASKS}/{{draftTaskId}}", answer=NOTHING, own=True)
def delete_task(call: Call[Any]) -> dict[str, Any]:
    """Takes a task out of a draft."""
    draft_id, task_id = call.path["draftId"], call.path["draftTaskId"]
    draft_tasks.remove(call.service, actor_of(call), path_of(call), draft_id, task_id)
    return {}
