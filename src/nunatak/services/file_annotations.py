"""Annotations of files: written by who found or reviewed something, listed by file, looked up from what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from nunatak.core import annotation_data
from nunatak.core.access import Actor, require
from nunatak.core.annotation import Annotation, AnnotationFilter, resource_word
from nunatak.core.change import Change
from nunatak.core.errors import Invalid, Missing
from nunatak.core.field_update import Operators, updated
from nunatak.core.kinds import ANNOTATION, FILE
from nunatak.services.changes import new_number
from nunatak.services.pages import cursor_at, place_of
from nunatak.services.service import Service
from nunatak.store.rows import entity
from nunatak.store.unit import Unit

_CHANGEABLE = frozenset({"data", "status", "annotationType"})
_READ_AT_ONCE = 1000
_LONGEST_ID = 19  # digits of what 64 bits hold


def create(
    service: Service, actor: Actor, organization_id: str, given: Sequence[Mapping[str, Any]]
) -> list[Annotation]:
    """New annotations of these values (by wire name), all or none; raises Missing for files that aren't there."""
    require(actor, "write", organization_id)
    for at, one in enumerate(given):
        annotation_data.check(one["annotationType"], one["data"], f"body.items[{at}].data")
    with service.writing(actor) as ledger:
        ids = {str(one["annotatedResourceId"]) for one in given if one["annotatedResourceType"] == "file"}
        there = ledger.unit.lookup(FILE, organization_id, ids, "id")
        missing = sorted(int(id_) for id_ in ids - there.keys())
        if missing:
            raise Missing("Files to annotate not found", tuple({"id": id_} for id_ in missing))
        head = {"organizationId": organization_id}
        return [
            ledger.found(Change(verb="create", kind=ANNOTATION.name, id=new_number(), values=dict(one)), head)
            for one in given
        ]


def page(
    service: Service,
    actor: Actor,
    organization_id: str,
    asked: AnnotationFilter,
    *,
    limit: int,
    cursor: str | None = None,
) -> tuple[list[Annotation], str | None]:
    """At most `limit` annotations in the order of their creation, and the cursor of the next page, if there is one."""
    require(actor, "read", organization_id)
    found: list[Annotation] = []
    with service.reading() as unit:
        for one in matching(unit, organization_id, asked, after=place_of(cursor) if cursor else None):
            if len(found) == limit:
                return found, cursor_at(unit.position(ANNOTATION, organization_id, found[-1].id), found[-1].id)
            found.append(one)
    return found, None


def matching(
    unit: Unit, organization_id: str, asked: AnnotationFilter, *, after: tuple[int, str] | None = None
) -> Iterator[Annotation]:
    """The annotations that match, in the order of their creation."""
    narrowed: dict[str, Any] = {"status": asked.status, "annotation_type": asked.annotation_type}
    if asked.annotated_resource_ids is not None:
        narrowed["resource_id"] = [
            resource_word(asked.annotated_resource_type, one.id) for one in asked.annotated_resource_ids
        ]
    narrowed = {name: value for name, value in narrowed.items() if value is not None}
    while True:
        texts = list(unit.texts(ANNOTATION, organization_id, narrowed, after=after, limit=_READ_AT_ONCE))
        found = [entity(ANNOTATION, text) for text in texts]
        yield from (one for one in found if asked.holds(one))
        if len(found) < _READ_AT_ONCE:
            return
        after = (unit.position(ANNOTATION, organization_id, found[-1].id), found[-1].id)


def find(service: Service, actor: Actor, organization_id: str, ids: Sequence[int]) -> list[Annotation]:
    """The annotations of these ids, in their order; raises Missing with those that aren't there."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        return _found(unit, organization_id, ids)


def update(
    service: Service, actor: Actor, organization_id: str, updates: Sequence[tuple[int, Mapping[str, Operators]]]
) -> list[Annotation]:
    """The annotations after their updates, all or none; raises Missing, and Invalid naming a field."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        _found(ledger.unit, organization_id, [id_ for id_, _ in updates])
        changed = []
        for at, (id_, asked) in enumerate(updates):
            before = msgspec.to_builtins(ledger.held(ANNOTATION, str(id_), organization_id))
            values = updated(before, asked, _CHANGEABLE)
            if "data" in values:
                type_ = values.get("annotationType", before["annotationType"])
                annotation_data.check(str(type_), _object(values["data"]), f"body.items[{at}].update.data")
            change = Change(verb="update", kind=ANNOTATION.name, id=str(id_), values=values)
            changed.append(ledger.found(change))
        return changed


def _object(value: Any) -> Mapping[str, Any]:
    """The value, if it is an object; what it is otherwise is refused by its kind."""
    return value if isinstance(value, Mapping) else {}


def delete(service: Service, actor: Actor, organization_id: str, ids: Sequence[int]) -> None:
    """Deletes annotations, all or none; raises Missing."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        for one in {one.id: one for one in _found(ledger.unit, organization_id, ids)}.values():
            ledger.found(Change(verb="delete", kind=ANNOTATION.name, id=one.id))


def annotated(
    service: Service,
    actor: Actor,
    organization_id: str,
    asked: AnnotationFilter,
    *,
    limit: int,
    cursor: str | None = None,
) -> tuple[list[dict[str, Any]], str | None]:
    """The files that have annotations which match, each once: id and, where it has one, external id."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        ids = sorted({one.annotated_resource_id for one in matching(unit, organization_id, asked)})
        start = _start(cursor) if cursor else 0
        part = [id_ for id_ in ids if id_ > start]
        names = {file.id: file.external_id for file in unit.among(FILE, organization_id, map(str, part[:limit]))}
    found = []
    for id_ in part[:limit]:
        name = names.get(str(id_))
        found.append({"id": id_} if name is None else {"id": id_, "externalId": name})
    return found, str(part[limit - 1]) if len(part) > limit else None


def _start(cursor: str) -> int:
    """The file that a page comes after; raises Invalid for a cursor that no page had."""
    if not cursor.isdecimal() or len(cursor) > _LONGEST_ID:
        expected = "body.cursor: expected a nextCursor that this list has answered"
        raise Invalid("The cursor is none of this list's", (expected,))
    return int(cursor)


def _found(unit: Unit, organization_id: str, ids: Sequence[int]) -> list[Annotation]:
    there = {one.id: one for one in unit.among(ANNOTATION, organization_id, map(str, ids))}
    missing = tuple({"id": id_} for id_ in ids if str(id_) not in there)
    if missing:
        raise Missing("Annotations not found: the ids of some are unknown", missing)
    return [there[str(id_)] for id_ in ids]
