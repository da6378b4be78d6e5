"""Flows: their exports and pictures, and who looked at flows, diagrams and drafts."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Handler, Operations
from nunatak.api.icepanel.resource import DRAFTED, actor_of, asked, path_of
from nunatak.api.icepanel.table import DIAGRAMS, FLOWS, NOTHING, VERSION_PATH
from nunatak.core.kinds import DIAGRAM, DRAFT, FLOW, Kind
from nunatak.core.work import FlowThumbnail
from nunatak.services import flows, looks, thumbnails

OPERATIONS = Operations()
_ONE = FLOWS.one_path

ExportQuery = record("FlowExportQuery", DRAFTED)
ThumbnailQuery = record("FlowThumbnailQuery", DRAFTED)
# The flows of the diagrams that match.
ThumbnailsQuery = record("FlowThumbnailsQuery", {"filter": DIAGRAMS.filter | UnsetType, **DRAFTED})
ActionQuery = record("DiagramActionQuery", {"action": Literal["initial-load", "load", "zoom"] | UnsetType})
ThumbnailAnswer = record("FlowThumbnailAnswer", {"thumbnail": FlowThumbnail})
ThumbnailsAnswer = record("FlowThumbnailsAnswer", {"thumbnails": dict[str, FlowThumbnail]})

operation = OPERATIONS.operation


@operation("flows.listThumbnails", "GET", f"{FLOWS.path}/thumbnails", query=ThumbnailsQuery, answer=ThumbnailsAnswer)
def list_thumbnails(call: Call[Any]) -> dict[str, Any]:
    """The thumbnails of the flows whose diagrams match, by flow id."""
    found = thumbnails.of_flows(call.service, actor_of(call), path_of(call), asked(call.query), call.base_url)
    return {"thumbnails": found}


@operation("flows.getThumbnail", "GET", f"{_ONE}/thumbnail", query=ThumbnailQuery, answer=ThumbnailAnswer)
def get_thumbnail(call: Call[Any]) -> dict[str, Any]:
    """A flow's thumbnail."""
    id_ = call.path["flowId"]
    return {"thumbnail": thumbnails.of_flow(call.service, actor_of(call), path_of(call), id_, call.base_url)}


def _exporting(language: str) -> Handler:
    def export(call: Call[Any]) -> bytes:
        told = flows.export(call.service, actor_of(call), path_of(call), call.path["flowId"], language)
        return told.encode()

    return export


for _language, _title in (
    ("text", "A flow as text, a line a step."),
    ("code", "A flow as a PlantUML sequence diagram."),
    ("mermaid", "A flow as a Mermaid sequence diagram."),
):
    operation(
        f"flows.export.{_language}",
        "GET",
        f"{_ONE}/export/{_language}",
        query=ExportQuery,
        answer="text/plain",
        title=_title,
    )(_exporting(_language))


def _seen(call: Call[Any], kind: Kind, *, noted: bool) -> dict[str, Any]:
    looks.look(call.service, actor_of(call), path_of(call), kind, call.path[f"{kind.one}Id"], noted=noted)
    return {}


@operation("flows.emitView", "POST", f"{_ONE}/view", answer=NOTHING, readonly=True)
def view_flow(call: Call[Any]) -> dict[str, Any]:
    """Tells that the caller looks at a flow."""
    return _seen(call, FLOW, noted=True)


@operation("diagrams.emitView", "POST", f"{DIAGRAMS.one_path}/view", answer=NOTHING, readonly=True)
def view_diagram(call: Call[Any]) -> dict[str, Any]:
    """Tells that the caller looks at a diagram."""
    return _seen(call, DIAGRAM, noted=True)


@operation(
    "diagrams.emitAction", "POST", f"{DIAGRAMS.one_path}/action", query=ActionQuery, answer=NOTHING, readonly=True
)
def act_on_diagram(call: Call[Any]) -> dict[str, Any]:
    """Tells that the caller opened a diagram, or came closer."""
    return _seen(call, DIAGRAM, noted=False)


@operation("drafts.emitView", "POST", f"{VERSION_PATH}/drafts/{{draftId}}/view", answer=NOTHING, readonly=True)
def view_draft(call: Call[Any]) -> dict[str, Any]:
    """Tells that the caller looks at a draft."""
    return _seen(call, DRAFT, noted=True)
