"""Files: made, listed, searched, changed, deleted."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from nunatak.api.cognite.forms import MOST_ITEMS, Limit, Reference, References, file_of, given, told
from nunatak.api.cognite.operation import Call, Operations
from nunatak.core.fields import Struct
from nunatak.core.file import File, FileReference
from nunatak.core.file_filter import FileFilter
from nunatak.services import contents, drawing_files, file_lists

OPERATIONS = Operations()
FileBody = given("FileBody", File)


class CreateQuery(Struct, frozen=True, kw_only=True):
    """Whether a file of the same external id is to get the values."""

    overwrite: bool = False


class ListBody(Struct, frozen=True, kw_only=True):
    """Which files, how many at once, and where to go on. With a `partition` of `m/n` a list is read in parts."""

    filter: FileFilter | None = None
    limit: Limit = 100
    cursor: str | None = None
    partition: str | None = None


class SearchWords(Struct, frozen=True, kw_only=True):
    """The words of a name."""

    name: str | None = None


class SearchBody(Struct, frozen=True, kw_only=True):
    """Which files, by words and filter."""

    filter: FileFilter | None = None
    search: SearchWords | None = None
    limit: Limit = 100


class CountBody(Struct, frozen=True, kw_only=True):
    """Which files are counted."""

    filter: FileFilter | None = None
    aggregate: str | None = None


class FileUpdate(Reference, frozen=True, kw_only=True):
    """A file, and for each field what becomes of it."""

    update: dict[str, dict[str, Any]]


class UpdateBody(Struct, frozen=True, kw_only=True):
    """Files and their updates."""

    items: Annotated[list[FileUpdate], Meta(min_length=1, max_length=MOST_ITEMS)]


@OPERATIONS.operation("POST", "/files", body=FileBody, query=CreateQuery, deed="write", status=201)
def create(call: Call) -> dict[str, Any]:
    """A new file, and where its content is to be sent."""
    file = created(call, overwrite=call.query.overwrite)
    return {**file_of(file), "uploadUrl": contents.upload_address(call.service, call.actor, file, call.base_url)}


def created(call: Call, *, overwrite: bool) -> File:
    """The file of a body."""
    values = msgspec.to_builtins(call.body)
    return drawing_files.create(call.service, call.actor, call.organization_id, told(values), overwrite=overwrite)


@OPERATIONS.operation("GET", "/files/{}")
def get(call: Call) -> dict[str, Any]:
    """One file by its number."""
    names = [FileReference(id=int(call.id))]
    return file_of(drawing_files.find(call.service, call.actor, call.organization_id, names)[0])


@OPERATIONS.operation("POST", "/files/byids", body=References)
def by_ids(call: Call) -> dict[str, Any]:
    """Files by their names, in the order asked for."""
    ignore = call.body.ignore_unknown_ids
    found = drawing_files.find(call.service, call.actor, call.organization_id, call.body.items, ignore_unknown=ignore)
    return {"items": [file_of(file) for file in found]}


@OPERATIONS.operation("POST", "/files/list", body=ListBody)
def listing(call: Call) -> dict[str, Any]:
    """A page of the files that match."""
    asked, part = call.body, file_lists.Part.parsed(call.body.partition)
    found, cursor = file_lists.page(
        call.service,
        call.actor,
        call.organization_id,
        asked.filter or FileFilter(),
        limit=asked.limit,
        cursor=asked.cursor,
        part=part,
    )
    return told({"items": [file_of(file) for file in found], "nextCursor": cursor})


@OPERATIONS.operation("POST", "/files/search", body=SearchBody)
def search(call: Call) -> dict[str, Any]:
    """The files whose names hold the words, the nearest first."""
    words = (call.body.search.name if call.body.search else None) or ""
    asked = call.body.filter or FileFilter()
    found = file_lists.search(call.service, call.actor, call.organization_id, words, asked, limit=call.body.limit)
    return {"items": [file_of(file) for file in found]}


@OPERATIONS.operation("POST", "/files/aggregate", body=CountBody)
def count(call: Call) -> dict[str, Any]:
    """How many files match."""
    asked = call.body.filter or FileFilter()
    return {"items": [{"count": file_lists.count(call.service, call.actor, call.organization_id, asked)}]}


@OPERATIONS.operation("POST", "/files/update", body=UpdateBody, deed="write")
def update(call: Call) -> dict[str, Any]:
    """Files after their updates."""
    updates = [(one, one.update) for one in call.body.items]
    changed = drawing_files.update(call.service, call.actor, call.organization_id, updates)
    return {"items": [file_of(file) for file in changed]}


@OPERATIONS.operation("POST", "/files/delete", body=References, deed="write")
def delete(call: Call) -> dict[str, Any]:
    """Deletes files with their contents and annotations."""
    ignore = call.body.ignore_unknown_ids
    drawing_files.delete(call.service, call.actor, call.organization_id, call.body.items, ignore_unknown=ignore)
    return {}
