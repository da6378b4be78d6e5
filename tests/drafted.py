"""Drafts for tests: tasks in few words, and what a version holds with a draft applied."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from nunatak.core.draft import DraftTask
from nunatak.core.kinds import DRAFT, KINDS
from nunatak.services import draft_tasks, entities
from nunatak.services.places import Path
from nunatak.services.views import viewing
from tests.make import World

_STAMPS = ("createdAt", "createdBy", "createdById", "updatedAt", "updatedBy", "updatedById")


def task(verb: str, kind: str, entity_id: str, props: Any = None, **more: Any) -> dict[str, Any]:
    """A task's body; an update's writer saw nothing in particular."""
    given = {"create": {"props": props}, "update": {"props": props, "snapshot": {}}, "delete": {}}[verb]
    return {"type": f"draft-{kind}-{verb}", "entityId": entity_id, **given, **more}


def new(world: World, name: str, **values: Any) -> dict[str, Any]:
    """The task that creates a system; its name is its id too."""
    return task("create", "model-object", name, {"name": name, "type": "system", "parentId": world.root_id, **values})


def draft(world: World, *tasks: dict[str, Any], **values: Any) -> str:
    """The id of a new draft of these tasks."""
    given = {"name": "A draft", "status": "in-progress", **values}
    made = entities.create(world.service, world.actor, DRAFT, world.path, given)
    if tasks:
        add(world, made.id, *tasks)
    return str(made.id)


def add(world: World, draft_id: str, *tasks: dict[str, Any]) -> list[DraftTask]:
    """Puts tasks at a draft's end."""
    return draft_tasks.add(world.service, world.actor, world.path, draft_id, tasks)


def seen(world: World, draft_id: str) -> Path:
    """The path of the world's version with a draft applied."""
    return replace(world.path, draft_id=draft_id)


def state(world: World, draft_id: str | None = None) -> dict[str, list[Any]]:
    """Everything that a snapshot would hold, without who wrote it and when."""
    path = world.path if draft_id is None else seen(world, draft_id)
    with viewing(world.service, world.actor, path) as (unit, place):
        kinds = [kind for kind in KINDS if kind.in_snapshot]
        texts = {kind.name: list(unit.texts(kind, place.version_id, {})) for kind in kinds}
    return {kind: sorted((_bare(text) for text in found), key=lambda one: one["id"]) for kind, found in texts.items()}


def _bare(text: str) -> Any:
    found = json.loads(text)
    return {name: value for name, value in found.items() if name not in _STAMPS}
