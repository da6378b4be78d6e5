"""Nodes of files: as much of instances as uploads by them need."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta

from nunatak.api.cognite.forms import MOST_ITEMS, told
from nunatak.api.cognite.operation import Call, Operations
from nunatak.core.fields import Struct
from nunatak.core.file import File, InstanceId
from nunatak.core.file_filter import milliseconds
from nunatak.services import file_nodes

OPERATIONS = Operations()
# What a file says, as its node's properties have it.
PROPERTIES = {"name": "name", "mimeType": "mimeType", "directory": "directory", "sourceId": "source"}


class Source(Struct, frozen=True, kw_only=True):
    """Properties that are written through a view or container, whichever it is."""

    properties: dict[str, Any] = {}
    source: dict[str, Any] = {}


class Node(InstanceId, frozen=True, kw_only=True):
    """A node and its properties."""

    instance_type: Literal["node"] = "node"
    sources: list[Source] | None = None


class ApplyBody(Struct, frozen=True, kw_only=True):
    """Nodes to be made or changed."""

    items: Annotated[list[Node], Meta(min_length=1, max_length=MOST_ITEMS)]


class NodesBody(Struct, frozen=True, kw_only=True):
    """Nodes by their names."""

    items: Annotated[list[InstanceId], Meta(min_length=1, max_length=MOST_ITEMS)]


@OPERATIONS.operation("POST", "/models/instances", body=ApplyBody, deed="write")
def apply(call: Call) -> dict[str, Any]:
    """Makes or changes files by their nodes."""
    nodes = [(InstanceId(space=one.space, external_id=one.external_id), _facts(one)) for one in call.body.items]
    written = file_nodes.write(call.service, call.actor, call.organization_id, nodes)
    return {"items": [{**_head(file), "version": 1, "wasModified": modified} for file, modified in written]}


@OPERATIONS.operation("POST", "/models/instances/byids", body=NodesBody)
def by_ids(call: Call) -> dict[str, Any]:
    """The nodes that are there."""
    found = file_nodes.find(call.service, call.actor, call.organization_id, call.body.items)
    items = [
        {**_head(file), "version": 1, "properties": {"cdf_cdm": {"CogniteFile/v1": _properties(file)}}}
        for file in found
    ]
    return {"items": items, "typing": {}}


@OPERATIONS.operation("POST", "/models/instances/delete", body=NodesBody, deed="write")
def delete(call: Call) -> dict[str, Any]:
    """Deletes the files of nodes that are there."""
    gone = file_nodes.delete(call.service, call.actor, call.organization_id, call.body.items)
    return {"items": [{name: value for name, value in _head(file).items() if name in _NAMES} for file in gone]}


_NAMES = ("instanceType", "space", "externalId")


def _facts(node: Node) -> dict[str, Any]:
    """What the properties say of a file; others than those of a file's own are nobody's here."""
    given: dict[str, Any] = {}
    for source in node.sources or ():
        given |= source.properties
    return {PROPERTIES[name]: value for name, value in given.items() if name in PROPERTIES and value is not None}


def _head(file: File) -> dict[str, Any]:
    assert file.instance_id is not None
    return {
        "instanceType": "node",
        "space": file.instance_id.space,
        "externalId": file.instance_id.external_id,
        "createdTime": milliseconds(file.created_at),
        "lastUpdatedTime": milliseconds(file.updated_at),
    }


def _properties(file: File) -> dict[str, Any]:
    facts = {"name": file.name, "mimeType": file.mime_type, "directory": file.directory, "sourceId": file.source}
    uploaded = None if file.uploaded_at is None else file.uploaded_at.isoformat(timespec="milliseconds")
    return told({**facts, "isUploaded": file.uploaded, "uploadedTime": uploaded})
