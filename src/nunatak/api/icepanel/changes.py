"""Bulk writes, an extension of ours: many changes of a version in one request, all or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from nunatak.api.icepanel.forms import Form, record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, path_of
from nunatak.api.icepanel.table import FAMILIES, VERSION_PATH, Family
from nunatak.api.wire.faults import MOST_FAULTS, faults
from nunatak.core.change import Change, Verb
from nunatak.core.errors import Invalid
from nunatak.core.fields import Number
from nunatak.services import bulk
from nunatak.services.changes import new_id

OPERATIONS = Operations()
WRITABLE: dict[str, Family] = {family.kind.name: family for family in FAMILIES if family.kind.versioned}
_KindName: Any = Literal[tuple(WRITABLE)]

BulkChange = record(
    "BulkChange",
    {
        "verb": Verb,
        "kind": _KindName,
        "id": str | UnsetType,
        "values": dict[str, Any] | UnsetType,
        "commit": Number | UnsetType,
    },
    doc="One change: `values` is the body of the single operation; only a create may go without an id.",
)
BulkChanges = record(
    "BulkChanges",
    {"changes": Annotated[list[BulkChange], Meta(min_length=1, max_length=bulk.MOST)]},  # type: ignore[valid-type]
)
BulkDone = record("BulkDone", {"id": str, "kind": str, "commit": Number})
BulkAnswer = record("BulkAnswer", {"changes": list[BulkDone]})  # type: ignore[valid-type]


@OPERATIONS.operation(
    "changes.create", "POST", f"{VERSION_PATH}/changes", body=BulkChanges, answer=BulkAnswer, own=True
)
def create(call: Call[Any]) -> dict[str, Any]:
    """Carries out a list of changes in its order, all of them or none."""
    changes = _checked(call.body.changes)
    return {"changes": bulk.carry_out(call.service, actor_of(call), path_of(call), changes)}


def _checked(given: Sequence[Any]) -> list[Change]:
    """The changes with values that fit their kind's body; raises Invalid naming all that don't."""
    found = tuple(islice(_faults(given), MOST_FAULTS))
    if found:
        raise Invalid(found[0], found)
    return [_change(each) for each in given]


def _faults(given: Sequence[Any]) -> Iterator[str]:
    for index, each in enumerate(given):
        where = f"body.changes[{index}]"
        if each.verb != "create" and not each.id:
            yield f"{where}.id: required to {each.verb}"
        form = _form(each)
        if form is not None:
            yield from faults({} if each.values is UNSET else each.values, form, f"{where}.values")


def _form(each: Any) -> Form | None:
    """The body of the single operation that a change stands for."""
    family = WRITABLE[each.kind]
    forms: dict[Verb, Form | None]
    forms = {"create": family.required, "update": family.partial, "replace": family.upsert, "delete": None}
    verb: Verb = each.verb
    return forms[verb]


def _change(each: Any) -> Change:
    form = _form(each)
    values: dict[str, Any] = {}
    if form is not None:
        values = msgspec.to_builtins(msgspec.convert({} if each.values is UNSET else each.values, form))
    commit = values.pop("commit", None) if each.commit is UNSET else each.commit
    values.pop("commit", None)
    commit = None if each.verb == "create" else commit
    return Change(verb=each.verb, kind=each.kind, id=each.id or new_id(), values=values, commit=commit)
