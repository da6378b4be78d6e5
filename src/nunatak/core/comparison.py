"""Comparisons of a diagram in two states: what differs, each thing with its fields; additions of ours."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, UnsetType

from nunatak.core.fields import Struct

ComparedKind = Literal[
    "diagram", "diagram-object", "diagram-connection", "diagram-comment", "model-object", "model-connection"
]
ChangeSort = Literal["added", "removed", "moved", "changed"]


class FieldChange(Struct, frozen=True, kw_only=True):
    """A field in both states; it is left out of the state in which there was none."""

    field: str
    before: Any = UNSET
    after: Any = UNSET


class DiagramChange(Struct, frozen=True, kw_only=True):
    """Something of the diagram, or of the model behind it, that differs. `handle_id` is that of the model object,
    connection or comment; a line that `moved` takes another course."""

    kind: ComparedKind
    id: str
    handle_id: str | None
    name: str
    change: ChangeSort
    fields: list[FieldChange] = []


class DiagramDiff(Struct, frozen=True, kw_only=True):
    """All that differs between two states of a diagram, in the order of kind, name and id."""

    diagram_id: str
    from_version_id: str
    to_version_id: str
    changes: list[DiagramChange]
    draft_id: str | UnsetType = UNSET
