"""Addresses: where contents of files are sent to, in one request or in parts, and where they are fetched."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from nunatak.api.cognite.files import CreateQuery, FileBody, created
from nunatak.api.cognite.forms import Reference, file_of
from nunatak.api.cognite.operation import Call, Operations
from nunatak.core.errors import Invalid
from nunatak.core.fields import Struct
from nunatak.core.file import ExternalId, File, FileReference, InstanceId, Number
from nunatak.services import contents, drawing_files

OPERATIONS = Operations()
_MOST_LINKS = 100
Items = Annotated[list[Reference], Meta(min_length=1, max_length=_MOST_LINKS)]


class PartsQuery(CreateQuery, frozen=True, kw_only=True):
    """In how many parts the content will come."""

    parts: int = 1


class OneOrItems(FileReference, frozen=True, kw_only=True):
    """Files by their names: a list of them or, as documents have it, one that is the body itself."""

    items: Items | None = None

    @property
    def names(self) -> list[FileReference]:
        """The names; raises Invalid for none."""
        if self.items:
            return list(self.items)
        if not self.told():
            raise Invalid("A file has no name", ("body.items: required",))
        return [FileReference(id=self.id, external_id=self.external_id, instance_id=self.instance_id)]


class DownloadQuery(Struct, frozen=True, kw_only=True):
    """Whether the address is to last an hour."""

    extended_expiration: bool = False


class DownloadBody(Struct, frozen=True, kw_only=True):
    """Whose contents."""

    items: Items
    ignore_unknown_ids: bool = False


class CompleteBody(Struct, frozen=True, kw_only=True):
    """The file and the upload that has ended."""

    upload_id: str
    id: Number | None = None
    external_id: ExternalId | None = None
    instance_id: InstanceId | None = None


@OPERATIONS.operation("POST", "/files/initmultipartupload", body=FileBody, query=PartsQuery, deed="write", status=201)
def init_multipart(call: Call) -> dict[str, Any]:
    """A new file, and where the parts of its content are to be sent."""
    return _flat_and_listed([_parted(call, created(call, overwrite=call.query.overwrite))])


@OPERATIONS.operation("POST", "/files/multiuploadlink", body=OneOrItems, query=PartsQuery, deed="write")
def multi_upload_link(call: Call) -> dict[str, Any]:
    """Where the parts of the contents of files that are there are to be sent."""
    return _flat_and_listed([_parted(call, file) for file in _named(call)])


@OPERATIONS.operation("POST", "/files/uploadlink", body=OneOrItems, deed="write")
def upload_link(call: Call) -> dict[str, Any]:
    """Where the contents of files that are there are to be sent."""
    items = [
        {**file_of(file), "uploadUrl": contents.upload_address(call.service, call.actor, file, call.base_url)}
        for file in _named(call)
    ]
    return _flat_and_listed(items)


@OPERATIONS.operation("POST", "/files/completemultipartupload", body=CompleteBody, deed="write")
def complete(call: Call) -> dict[str, Any]:
    """Makes the parts that have arrived the file's content."""
    name = FileReference(id=call.body.id, external_id=call.body.external_id, instance_id=call.body.instance_id)
    contents.complete(call.service, call.actor, call.organization_id, name, call.body.upload_id)
    return {}


@OPERATIONS.operation("POST", "/files/downloadlink", body=DownloadBody, query=DownloadQuery)
def download_link(call: Call) -> dict[str, Any]:
    """Where contents can be fetched, each under the name that it was asked by."""
    extended = call.query.extended_expiration
    names = call.body.items
    files = drawing_files.find(call.service, call.actor, call.organization_id, names)
    items = [
        {
            **name.told(),
            "downloadUrl": contents.download_address(call.service, file, call.base_url, extended=extended),
        }
        for name, file in zip(names, files, strict=True)
    ]
    return {"items": items}


def _named(call: Call) -> list[File]:
    return drawing_files.find(call.service, call.actor, call.organization_id, call.body.names)


def _parted(call: Call, file: File) -> dict[str, Any]:
    upload_id, addresses = contents.part_addresses(call.service, call.actor, file, call.base_url, call.query.parts)
    return {**file_of(file), "uploadId": upload_id, "uploadUrls": addresses}


def _flat_and_listed(items: list[dict[str, Any]]) -> dict[str, Any]:
    """What clients read from the answer itself and what they read from its list: some read the one, some the other."""
    return {**(items[0] if len(items) == 1 else {}), "items": items}
