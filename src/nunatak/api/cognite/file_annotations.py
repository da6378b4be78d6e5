"""Annotations: stored, listed by file, reviewed, looked up."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from nunatak.api.cognite.forms import MOST_ITEMS, Limit, given, told
from nunatak.api.cognite.operation import Call, Operations
from nunatak.core.annotation import Annotation, AnnotationFilter
from nunatak.core.errors import Invalid
from nunatak.core.fields import Struct
from nunatak.core.file import Number
from nunatak.core.file_filter import milliseconds
from nunatak.services import file_annotations

OPERATIONS = Operations()
AnnotationBody = given("AnnotationBody", Annotation)
Items = Annotated[list[AnnotationBody], Meta(min_length=1, max_length=MOST_ITEMS)]  # type: ignore[valid-type]


class CreateBody(Struct, frozen=True, kw_only=True):
    """New annotations."""

    items: Items


class Id(Struct, frozen=True, kw_only=True):
    """An annotation."""

    id: Number


class Ids(Struct, frozen=True, kw_only=True):
    """Annotations."""

    items: Annotated[list[Id], Meta(min_length=1, max_length=MOST_ITEMS)]


class AnnotationUpdate(Id, frozen=True, kw_only=True):
    """An annotation, and for each field what becomes of it."""

    update: dict[str, dict[str, Any]]


class UpdateBody(Struct, frozen=True, kw_only=True):
    """Annotations and their updates."""

    items: Annotated[list[AnnotationUpdate], Meta(min_length=1, max_length=MOST_ITEMS)]


class ListBody(Struct, frozen=True, kw_only=True):
    """Which annotations, how many at once, and where to go on."""

    filter: AnnotationFilter
    limit: Limit = 100
    cursor: str | None = None


@OPERATIONS.operation("POST", "/annotations", body=CreateBody, deed="write", status=201)
def create(call: Call) -> dict[str, Any]:
    """Stores annotations."""
    items = [msgspec.to_builtins(one) for one in call.body.items]
    return _items(file_annotations.create(call.service, call.actor, call.organization_id, items))


@OPERATIONS.operation("POST", "/annotations/suggest", body=CreateBody, deed="write", status=201)
def suggest(call: Call) -> dict[str, Any]:
    """Stores annotations that somebody is still to approve."""
    items = [{**msgspec.to_builtins(one), "status": "suggested"} for one in call.body.items]
    return _items(file_annotations.create(call.service, call.actor, call.organization_id, items))


@OPERATIONS.operation("POST", "/annotations/list", body=ListBody)
def listing(call: Call) -> dict[str, Any]:
    """A page of the annotations of some files."""
    asked = call.body
    if not asked.filter.annotated_resource_ids:
        raise Invalid("No file is named", ("body.filter.annotatedResourceIds: expected at least one",))
    found, cursor = file_annotations.page(
        call.service, call.actor, call.organization_id, asked.filter, limit=asked.limit, cursor=asked.cursor
    )
    return told({**_items(found), "nextCursor": cursor})


@OPERATIONS.operation("POST", "/annotations/byids", body=Ids)
def by_ids(call: Call) -> dict[str, Any]:
    """Annotations by their ids, in the order asked for."""
    ids = [one.id for one in call.body.items]
    return _items(file_annotations.find(call.service, call.actor, call.organization_id, ids))


@OPERATIONS.operation("GET", "/annotations/{}")
def get(call: Call) -> dict[str, Any]:
    """One annotation."""
    return annotation_of(file_annotations.find(call.service, call.actor, call.organization_id, [int(call.id)])[0])


@OPERATIONS.operation("POST", "/annotations/update", body=UpdateBody, deed="write")
def update(call: Call) -> dict[str, Any]:
    """Annotations after their updates."""
    updates = [(one.id, one.update) for one in call.body.items]
    return _items(file_annotations.update(call.service, call.actor, call.organization_id, updates))


@OPERATIONS.operation("POST", "/annotations/delete", body=Ids, deed="write")
def delete(call: Call) -> dict[str, Any]:
    """Deletes annotations."""
    file_annotations.delete(call.service, call.actor, call.organization_id, [one.id for one in call.body.items])
    return {}


@OPERATIONS.operation("POST", "/annotations/reverselookup", body=ListBody)
def reverse_lookup(call: Call) -> dict[str, Any]:
    """The files that have annotations which match."""
    asked = call.body
    found, cursor = file_annotations.annotated(
        call.service, call.actor, call.organization_id, asked.filter, limit=asked.limit, cursor=asked.cursor
    )
    return told({"items": found, "nextCursor": cursor})


def _items(found: list[Annotation]) -> dict[str, Any]:
    return {"items": [annotation_of(one) for one in found]}


def annotation_of(one: Annotation) -> dict[str, Any]:
    """An annotation as answers have it: every key, `creatingUser` with null for a service's."""
    return {
        "id": int(one.id),
        "createdTime": milliseconds(one.created_at),
        "lastUpdatedTime": milliseconds(one.updated_at),
        "annotatedResourceType": one.annotated_resource_type,
        "annotatedResourceId": one.annotated_resource_id,
        "annotationType": one.annotation_type,
        "creatingApp": one.creating_app,
        "creatingAppVersion": one.creating_app_version,
        "creatingUser": one.creating_user,
        "data": one.data,
        "status": one.status,
    }
