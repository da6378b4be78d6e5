"""The bodies of drafts and their tasks: the tasks' 28 variants are made from the forms of the things they change."""

from __future__ import annotations

from typing import Any, Union

import msgspec
from msgspec import UnsetType

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.forms import Form, extended, partial, record, required
from nunatak.core.draft import Draft
from nunatak.core.fields import Number

DraftRequired = required(Draft, "DraftRequired")
DraftUpsert = required(Draft, "DraftUpsert")
DraftPartial = extended(partial(Draft, "DraftChange"), "DraftPartial", {"handle_id": str | UnsetType})

# What a task names besides the entity.
_PATHS: dict[str, dict[str, Any]] = {"comment-reply": {"comment_id": str}}
# The kinds that tasks create, update and delete, by the form of each.
_FORMS: dict[str, tuple[Form, Form]] = {
    "comment": (bodies.CommentRequired, bodies.CommentPartial),
    "comment-reply": (bodies.CommentReplyRequired, bodies.CommentReplyPartial),
    "diagram": (bodies.DiagramCreate, bodies.DiagramUpsert),
    "diagram-group": (bodies.DiagramGroupRequired, bodies.DiagramGroupPartial),
    "model-object": (bodies.ModelObjectRequired, bodies.ModelObjectPartial),
    "model-connection": (bodies.ModelConnectionRequired, bodies.ModelConnectionPartial),
    "flow": (bodies.FlowRequired, bodies.FlowPartial),
    "tag": (bodies.TagRequired, bodies.TagPartial),
    "tag-group": (bodies.TagGroupRequired, bodies.TagGroupPartial),
}


def _variant(kind: str, verb: str, fields: dict[str, Any]) -> Form:
    name = "".join(word.capitalize() for word in (*kind.split("-"), verb))
    return msgspec.defstruct(
        f"DraftTask{name}",
        list({"entity_id": str, **_PATHS.get(kind, {}), **fields}.items()),
        module=__name__,
        frozen=True,
        kw_only=True,
        rename="camel",
        tag_field="type",
        tag=f"draft-{kind}-{verb}",
    )


def _update(kind: str, form: Form) -> Form:
    return _variant(kind, "update", {"props": form, "snapshot": form})


def _variants() -> list[Form]:
    found = [_update("diagram-content", bodies.DiagramContentPartial)]
    for kind, (whole, part) in _FORMS.items():
        found += [_variant(kind, "create", {"props": whole}), _update(kind, part), _variant(kind, "delete", {})]
    return found


DraftTask: Any = Union[tuple(_variants())]  # noqa: UP007 -- the members are computed
DraftTaskRequired = record("DraftTaskRequired", {"commit": Number | UnsetType, "task": DraftTask})
DraftTasksRequired = record("DraftTasksRequired", {"commit": Number | UnsetType, "tasks": list[DraftTask]})
