"""What stands between a draft's task and the version it is to be merged into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import UNSET, UnsetType

from nunatak.core.errors import Dangling, NotFound, Refusal
from nunatak.core.fields import Struct
from nunatak.core.kinds import kind_named
from nunatak.core.task import Task, Values, change_of, found_at, resaw, same, seen_at, touches, vanished, without

ConflictType = Literal["overwrite", "invalid-entity", "invalid-entity-reference", "refused"]


class DraftReplacement(Struct, frozen=True, kw_only=True):
    """The tasks to write in a task's place so that the draft's value stands, or else the current one."""

    draft: list[dict[str, Any]]
    current: list[dict[str, Any]]


class DraftConflict(Struct, frozen=True, kw_only=True):
    """One reason why a task can't be merged. An `overwrite` has three values: what the writer saw, what is there now,
    and what the draft says; null stands for nothing. An `invalid-entity` is gone, or there already for a create; an
    `invalid-entity-reference` names something that is gone; `refused` is any other rule, in `message`."""

    type: ConflictType
    task_id: str
    entity_id: str
    message: str
    field_name: str | UnsetType = UNSET
    original_value: Any = None
    current_value: Any = None
    draft_value: Any = None
    replacement_tasks: DraftReplacement | UnsetType = UNSET


def conflicts_of(task_id: str, task: Task, *, base: Values | None, current: Values | None) -> list[DraftConflict]:
    """The conflicts of a task that its values tell. `base` is the entity as it is without the draft, `current` as the
    draft's earlier tasks left it; None for nothing."""
    change = change_of(task)
    kind = kind_named(change.kind)
    if change.verb == "create":
        return [_invalid(task_id, task, f"{kind.title} {change.id} is there already")] if current else []
    if current is None:
        return [_invalid(task_id, task, f"{kind.title} {change.id} is gone")]
    if change.verb == "delete":
        return []
    gone = [_gone(task_id, task, name, key) for name, key in vanished(task, current)]
    return gone or list(_overwrites(task_id, task, base=base, current=current))


def refused(task_id: str, task: Task, refusal: Refusal) -> DraftConflict:
    """The conflict of a task that a rule turns down."""
    error = refusal.errors[0] if refusal.errors else ""
    field = error.partition(":")[0].removeprefix("body.") if error.startswith("body.") else ""
    error = error.removeprefix("body.")
    if isinstance(refusal, Dangling | NotFound):
        return _reference(task_id, task, field, error or refusal.message)
    conflict = DraftConflict(
        type="refused", task_id=task_id, entity_id=task["entityId"], message=error or refusal.message
    )
    return conflict if not field else _named(conflict, task, field)


def _overwrites(task_id: str, task: Task, *, base: Values | None, current: Values) -> Iterator[DraftConflict]:
    """The values that somebody else has changed since the writer saw them, and not into the draft's own."""
    for touch in touches(task):
        seen, now = seen_at(task, touch.path), found_at(current, touch.path)
        if same(now, seen) or same(now, touch.value):
            continue
        there = now if base is None else found_at(base, touch.path)
        if base is None or same(there, seen):
            continue  # only the draft itself has written it
        left = without(task, [touch.path])
        yield DraftConflict(
            type="overwrite",
            task_id=task_id,
            entity_id=task["entityId"],
            message=f"{'.'.join(touch.path)} has been changed since the draft's writer saw it",
            field_name=".".join(touch.path),
            original_value=_shown(seen),
            current_value=_shown(there),
            draft_value=_shown(touch.value),
            replacement_tasks=DraftReplacement(
                draft=[resaw(task, touch.path, there)], current=[] if left is None else [left]
            ),
        )


def _gone(task_id: str, task: Task, name: str, key: str) -> DraftConflict:
    """The conflict of an entry that isn't there to be changed."""
    path = (name, "$update", key)
    return DraftConflict(
        type="invalid-entity-reference",
        task_id=task_id,
        entity_id=task["entityId"],
        message=f"{name}.{key} is gone",
        field_name=f"{name}.{key}",
        original_value=_shown(found_at(task.get("snapshot"), path)),
        draft_value=_shown(found_at(task["props"], path)),
    )


def _invalid(task_id: str, task: Task, message: str) -> DraftConflict:
    return DraftConflict(type="invalid-entity", task_id=task_id, entity_id=task["entityId"], message=message)


def _reference(task_id: str, task: Task, field: str, message: str) -> DraftConflict:
    conflict = DraftConflict(
        type="invalid-entity-reference", task_id=task_id, entity_id=task["entityId"], message=message
    )
    return _named(conflict, task, field) if field else conflict


def _named(conflict: DraftConflict, task: Task, field: str) -> DraftConflict:
    """The conflict with the field it speaks of, and what the draft says there."""
    top = field.partition(".")[0].partition("[")[0]
    value = (task.get("props") or {}).get(top)
    return DraftConflict(
        type=conflict.type,
        task_id=conflict.task_id,
        entity_id=conflict.entity_id,
        message=conflict.message,
        field_name=field,
        original_value=_shown(seen_at(task, (top,))),
        draft_value=value,
    )


def _shown(value: Any) -> Any:
    return None if value is UNSET else value
