"""Diagrams and their contents: what the table's verbs don't say."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import DRAFTED, Deleted, actor_of, asked, chosen, given, path_of
from nunatak.api.icepanel.table import DIAGRAMS
from nunatak.core.comparison import DiagramDiff
from nunatak.core.diagram import Diagram, DiagramContent, DiagramExportImageOptions
from nunatak.core.errors import Invalid
from nunatak.core.fields import Struct
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT
from nunatak.core.work import DiagramExportImage, DiagramThumbnail
from nunatak.services import comparisons, diagrams, entities, exports, files, looks

OPERATIONS = Operations()
_ONE = DIAGRAMS.one_path
_CONTENT = f"{_ONE}/content"
_IMAGE = f"{_ONE}/export/image"
_DIFF = f"{_ONE}/export/diff"

Viewed = record("ViewedQuery", {"update_viewed_at": bool | UnsetType})
Seen = record("SeenQuery", {"update_viewed_at": bool | UnsetType, **DRAFTED})
DiagramAnswer = record("DiagramAnswer", {"diagram": Diagram})
DiagramMade = record("DiagramMade", {"diagram": Diagram, "diagram_content": DiagramContent})
DiagramChanged = record("DiagramChanged", {"diagram": Diagram, "diagram_content": DiagramContent | UnsetType})
ContentAnswer = record("DiagramContentAnswer", {"diagram_content": DiagramContent})
ImageAnswer = record("DiagramExportImageAnswer", {"diagram_export_image": DiagramExportImage})
DiffAnswer = record("DiagramDiffAnswer", {"diagram_diff": DiagramDiff})
ThumbnailAnswer = record("DiagramThumbnailAnswer", {"thumbnail": DiagramThumbnail})
ThumbnailsAnswer = record("DiagramThumbnailsAnswer", {"thumbnails": dict[str, DiagramThumbnail]})
ThumbnailQuery = record("DiagramThumbnailQuery", DRAFTED)
ThumbnailsQuery = record("DiagramThumbnailsQuery", {"filter": DIAGRAMS.filter | UnsetType, **DRAFTED})


class DiffQuery(Struct, frozen=True, kw_only=True):
    """Which states are compared; the one that isn't named is the path's version."""

    from_: str | UnsetType = msgspec.field(name="from", default=UNSET)
    to: str | UnsetType = UNSET
    draft_id: str | UnsetType = UNSET


operation = OPERATIONS.operation


def _view(call: Call[Any], diagram_id: str) -> None:
    path = path_of(call)
    if chosen(call.query, "update_viewed_at", False) and path.draft_id is None:
        looks.look(call.service, actor_of(call), path, DIAGRAM, diagram_id)


@operation("diagrams.create", "POST", DIAGRAMS.path, body=bodies.DiagramCreate, query=Viewed, answer=DiagramMade)
def create(call: Call[Any]) -> dict[str, Any]:
    """Makes a diagram with its content."""
    diagram = entities.create(call.service, actor_of(call), DIAGRAM, path_of(call), given(call.body))
    _view(call, diagram.id)
    return {"diagram": diagram, "diagramContent": _content(call, diagram.id)}


@operation("diagrams.get", "GET", _ONE, query=Seen, answer=DiagramAnswer)
def get(call: Call[Any]) -> dict[str, Any]:
    """One diagram."""
    id_ = call.path["diagramId"]
    found = entities.get(call.service, actor_of(call), DIAGRAM, path_of(call), id_)
    _view(call, found.id)
    return {"diagram": found}


@operation("diagrams.exists", "HEAD", _ONE, query=Viewed)
def exists(call: Call[Any]) -> None:
    """Whether a diagram is there."""
    get(call)


@operation("diagrams.delete", "DELETE", _ONE, query=Viewed, answer=Deleted)
def delete(call: Call[Any]) -> dict[str, Any]:
    """Deletes a diagram with its content."""
    before, _ = entities.delete(call.service, actor_of(call), DIAGRAM, path_of(call), call.path["diagramId"])
    return {"commit": before.commit + 1}


@operation("diagrams.upsert", "PUT", _ONE, body=bodies.DiagramCreate, query=Viewed, answer=DiagramChanged)
def upsert(call: Call[Any]) -> dict[str, Any]:
    """Makes or replaces a diagram at the caller's id."""
    id_ = call.path["diagramId"]
    diagram = entities.upsert(call.service, actor_of(call), DIAGRAM, path_of(call), id_, given(call.body))
    _view(call, diagram.id)
    return _changed(call, diagram)


@operation("diagrams.update", "PATCH", _ONE, body=bodies.DiagramUpsert, query=Viewed, answer=DiagramChanged)
def update(call: Call[Any]) -> dict[str, Any]:
    """Changes a diagram, its content, or both."""
    id_ = call.path["diagramId"]
    diagram = entities.update(call.service, actor_of(call), DIAGRAM, path_of(call), id_, given(call.body))
    _view(call, diagram.id)
    return _changed(call, diagram)


def _changed(call: Call[Any], diagram: Diagram) -> dict[str, Any]:
    sent = any(getattr(call.body, part) is not UNSET for part in ("objects", "connections", "comments"))
    return {"diagram": diagram} | ({"diagramContent": _content(call, diagram.id)} if sent else {})


def _content(call: Call[Any], id_: str) -> DiagramContent:
    found: DiagramContent = entities.get(call.service, actor_of(call), DIAGRAM_CONTENT, path_of(call), id_)
    return found


@operation("diagrams.content.get", "GET", _CONTENT, query=Seen, answer=ContentAnswer)
def get_content(call: Call[Any]) -> dict[str, Any]:
    """What is on a diagram."""
    _view(call, call.path["diagramId"])
    return {"diagramContent": _content(call, call.path["diagramId"])}


@operation(
    "diagrams.content.replace", "PUT", _CONTENT, body=bodies.DiagramContentRequired, query=Viewed, answer=ContentAnswer
)
def replace_content(call: Call[Any]) -> dict[str, Any]:
    """Replaces all that is on a diagram."""
    return _written(call, "replace")


@operation(
    "diagrams.content.update", "PATCH", _CONTENT, body=bodies.DiagramContentPartial, query=Viewed, answer=ContentAnswer
)
def update_content(call: Call[Any]) -> dict[str, Any]:
    """Changes what is on a diagram."""
    return _written(call, "update")


def _written(call: Call[Any], verb: Any) -> dict[str, Any]:
    id_ = call.path["diagramId"]
    content = diagrams.write_content(call.service, actor_of(call), path_of(call), id_, verb, given(call.body))
    _view(call, content.id)
    return {"diagramContent": content}


@operation("diagrams.export.create", "POST", _IMAGE, body=DiagramExportImageOptions, answer=ImageAnswer, readonly=True)
def create_export(call: Call[Any]) -> dict[str, Any]:
    """Asks for a diagram as SVG and PNG; poll the answer's id until `completedAt`."""
    record = exports.create(call.service, actor_of(call), path_of(call), call.path["diagramId"], call.body)
    return {"diagramExportImage": files.answered(call.service, record, call.base_url)}


@operation("diagrams.export.get", "GET", f"{_IMAGE}/{{diagramExportImageId}}", answer=ImageAnswer, light=True)
def get_export(call: Call[Any]) -> dict[str, Any]:
    """An export, and where its files are once it is done."""
    diagram_id, id_ = call.path["diagramId"], call.path["diagramExportImageId"]
    record = exports.get(call.service, actor_of(call), path_of(call), diagram_id, id_)
    return {"diagramExportImage": files.answered(call.service, record, call.base_url)}


@operation(
    "diagrams.export.diff", "POST", _DIFF, body=DiagramExportImageOptions, answer=ImageAnswer, readonly=True, own=True
)
def create_diff(call: Call[Any]) -> dict[str, Any]:
    """Asks for two states of a diagram as one picture with the differences marked: versions `from` and `to`, or a
    version and a draft on it. Poll the answer's id as an export's of an image."""
    body: DiagramExportImageOptions = call.body
    if body.from_ is UNSET and body.to is UNSET:
        if body.draft_id is UNSET:
            raise _nothing_to_compare("body")
        body = msgspec.structs.replace(body, from_=call.path["versionId"])
    record = exports.create(call.service, actor_of(call), path_of(call), call.path["diagramId"], body)
    return {"diagramExportImage": files.answered(call.service, record, call.base_url)}


@operation("diagrams.diff", "GET", _DIFF, query=DiffQuery, answer=DiffAnswer, own=True)
def get_diff(call: Call[Any]) -> dict[str, Any]:
    """What differs between two states of a diagram, in the same order every time."""
    query, path = call.query, path_of(call)
    before, after = (chosen(query, name, None) for name in ("from_", "to"))
    if before is None and after is None and path.draft_id is None:
        raise _nothing_to_compare("query")
    found = comparisons.difference(
        call.service, actor_of(call), path, call.path["diagramId"], before=before, after=after
    )
    return {"diagramDiff": found}


def _nothing_to_compare(sent: str) -> Invalid:
    expected = "expected the id of a version or the word latest, or else a draftId"
    return Invalid("There is nothing to compare", (f"{sent}.from: {expected}",))


@operation("diagrams.getThumbnail", "GET", f"{_ONE}/thumbnail", query=ThumbnailQuery, answer=ThumbnailAnswer)
def get_thumbnail(call: Call[Any]) -> dict[str, Any]:
    """A diagram's thumbnail."""
    id_ = call.path["diagramId"]
    return {"thumbnail": files.thumbnail(call.service, actor_of(call), path_of(call), id_, call.base_url)}


@operation(
    "diagrams.listThumbnails", "GET", f"{DIAGRAMS.path}/thumbnails", query=ThumbnailsQuery, answer=ThumbnailsAnswer
)
def list_thumbnails(call: Call[Any]) -> dict[str, Any]:
    """The thumbnails of the diagrams that match, by diagram id."""
    found = files.thumbnails(call.service, actor_of(call), path_of(call), asked(call.query), call.base_url)
    return {"thumbnails": found}
