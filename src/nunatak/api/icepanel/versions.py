"""Versions of a landscape: snapshots of the live one, and reverts to them."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, UnsetType

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, asked, chosen, enveloped, given
from nunatak.core.kinds import VERSION, VERSION_REVERT
from nunatak.core.landscape import Version, VersionRevert
from nunatak.services import reverts, versions
from nunatak.services.pages import Page

OPERATIONS = Operations()
_LANDSCAPE = "/landscapes/{landscapeId}"
_VERSIONS = f"{_LANDSCAPE}/versions"
_VERSION = f"{_VERSIONS}/{{versionId}}"
_REVERTS = f"{_LANDSCAPE}/version/reverts"
_REVERT = f"{_REVERTS}/{{versionRevertId}}"

VersionAnswer = record("VersionAnswer", {"version": Version})
VersionsAnswer = record("VersionsAnswer", {"versions": list[Version], "next_cursor": str | UnsetType})
VersionLimit = Annotated[int, Meta(ge=1, le=1000)] | Annotated[float, Meta(ge=1, le=1000)]
VersionFilter = record(
    "VersionFilter",
    {"name": str | UnsetType, "tag": str | Annotated[list[str], Meta(min_length=1, max_length=30)] | UnsetType},
)
VersionsQuery = record(
    "VersionsQuery",
    {
        "filter": VersionFilter | UnsetType,
        "cursor": str | UnsetType,
        "limit": VersionLimit | UnsetType,
    },
)
RevertAnswer = record("VersionRevertAnswer", {"version_revert": VersionRevert})
RevertsAnswer = record("VersionRevertsAnswer", {"version_reverts": list[VersionRevert]})

operation = OPERATIONS.operation


@operation("versions.list", "GET", _VERSIONS, query=VersionsQuery, answer=VersionsAnswer)
def list_versions(call: Call[Any]) -> bytes:
    """A landscape's versions."""
    page = versions.listing(
        call.service,
        actor_of(call),
        call.path["landscapeId"],
        asked(call.query),
        cursor=chosen(call.query, "cursor"),
        limit=int(chosen(call.query, "limit", 0)) or None,
    )
    return enveloped(VERSION.many, page)


@operation("versions.create", "POST", _VERSIONS, body=bodies.VersionRequired, answer=VersionAnswer)
def create_version(call: Call[Any]) -> dict[str, Any]:
    """Makes a snapshot of the live version; it is complete when this answers."""
    made = versions.create(call.service, actor_of(call), call.path["landscapeId"], given(call.body))
    return {"version": made}


@operation("versions.get", "GET", _VERSION, answer=VersionAnswer)
def get_version(call: Call[Any]) -> dict[str, Any]:
    """One version, by id or the word `latest`."""
    landscape_id, id_ = call.path["landscapeId"], call.path["versionId"]
    return {"version": versions.get(call.service, actor_of(call), landscape_id, id_)}


@operation("versions.update", "PATCH", _VERSION, body=bodies.VersionUpdate, answer=VersionAnswer)
def update_version(call: Call[Any]) -> dict[str, Any]:
    """Changes a version's name and notes; what it holds stays as it is."""
    landscape_id, id_ = call.path["landscapeId"], call.path["versionId"]
    return {"version": versions.update(call.service, actor_of(call), landscape_id, id_, given(call.body))}


@operation("versions.delete", "DELETE", _VERSION, answer=Any)
def delete_version(call: Call[Any]) -> dict[str, Any]:
    """Deletes a snapshot; the live version goes with its landscape."""
    versions.delete(call.service, actor_of(call), call.path["landscapeId"], call.path["versionId"])
    return {}


@operation("versions.reverts.list", "GET", _REVERTS, answer=RevertsAnswer)
def list_reverts(call: Call[Any]) -> bytes:
    """A landscape's reverts."""
    texts = reverts.listing(call.service, actor_of(call), call.path["landscapeId"])
    return enveloped(VERSION_REVERT.many, Page(texts=texts, next_cursor=None))


@operation("versions.reverts.create", "POST", _REVERTS, body=bodies.VersionRevertRequired, answer=RevertAnswer)
def create_revert(call: Call[Any]) -> dict[str, Any]:
    """Reverts the live version to a snapshot, after a snapshot of what it was; it is done when this answers."""
    made = reverts.create(call.service, actor_of(call), call.path["landscapeId"], given(call.body))
    return {"versionRevert": made}


@operation("versions.reverts.get", "GET", _REVERT, answer=RevertAnswer)
def get_revert(call: Call[Any]) -> dict[str, Any]:
    """One revert."""
    landscape_id, id_ = call.path["landscapeId"], call.path["versionRevertId"]
    return {"versionRevert": reverts.get(call.service, actor_of(call), landscape_id, id_)}


@operation("versions.reverts.update", "PATCH", _REVERT, body=bodies.VersionRevertPartial, answer=RevertAnswer)
def update_revert(call: Call[Any]) -> dict[str, Any]:
    """Changes a revert's notes."""
    landscape_id, id_ = call.path["landscapeId"], call.path["versionRevertId"]
    return {"versionRevert": reverts.update(call.service, actor_of(call), landscape_id, id_, given(call.body))}
