"""Landscape exports: files of whole versions, and the older ways to ask for them."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, chosen, in_organization, path_of
from nunatak.api.icepanel.table import VERSION_PATH
from nunatak.core.diagram import DiagramExportImageOptions, ExportTab, Theme
from nunatak.core.expanded import VersionExport
from nunatak.core.work import LandscapeExport, LandscapeExportFilter, LandscapeExportOptions, LandscapeExportType
from nunatak.services import files, landscape_exports, older_exports, takings
from nunatak.services.landscape_exports import Wish

OPERATIONS = Operations()
_EXPORT = f"{VERSION_PATH}/export"
_CSV = "text/plain"

_Ids = list[str] | UnsetType
_Text = str | UnsetType
ExportQuery = record("LandscapeExportQuery", {"type": LandscapeExportType, "filter": LandscapeExportFilter | UnsetType})
ExportAnswer = record("LandscapeExportAnswer", {"landscape_export": LandscapeExport})
PdfBody = record("LandscapeExportPdfBody", {"filename": _Text, "name": _Text})
UrlAnswer = record("ExportUrlAnswer", {"url": str})
DiagramExportPngOptions = record(
    "DiagramExportPngOptions",
    {
        "filename": _Text,
        "flow_id": _Text,
        "flow_parent_ids": _Ids,
        "flow_path_ids": _Ids,
        "name": _Text,
        "organization_id": _Text,
        "overlay_group_id": _Text,
        "overlay_ids_focused": _Ids,
        "overlay_ids_hidden": _Ids,
        "overlay_ids_pinned": _Ids,
        "overlay_tab": ExportTab | UnsetType,
        "theme": Theme | UnsetType,
    },
)
# What the older options are called in the newer ones.
_RENAMED = {
    "flow_id": "flow_id",
    "flow_path_ids": "flow_path_ids",
    "overlay_group_id": "group_id",
    "overlay_ids_focused": "focus_ids",
    "overlay_ids_hidden": "hide_ids",
    "overlay_ids_pinned": "pin_ids",
    "overlay_tab": "tab",
    "theme": "theme",
}

operation = OPERATIONS.operation


@operation(
    "landscapes.export.create",
    "POST",
    _EXPORT,
    query=ExportQuery,
    body=LandscapeExportOptions,
    body_optional=True,
    answer=ExportAnswer,
    readonly=True,
)
def create(call: Call[Any]) -> dict[str, Any]:
    """Asks for a version as a file; poll the answer's id until `completedAt`."""
    part = chosen(call.query, "filter", LandscapeExportFilter())
    wish = Wish(type=call.query.type, filter=part, options=call.body or LandscapeExportOptions())
    return _shown(call, landscape_exports.create(call.service, actor_of(call), path_of(call), wish))


@operation("landscapes.export.get", "GET", f"{_EXPORT}/{{landscapeExportId}}", answer=ExportAnswer, readonly=True)
def get(call: Call[Any]) -> dict[str, Any]:
    """An export, and where its file is once it is done."""
    id_ = call.path["landscapeExportId"]
    return _shown(call, landscape_exports.get(call.service, actor_of(call), path_of(call), id_))


def _shown(call: Call[Any], found: LandscapeExport) -> dict[str, Any]:
    return {"landscapeExport": files.addressed(call.service, found, call.base_url)}


def _pdf(call: Call[Any]) -> dict[str, Any]:
    """A version as PDF."""
    name = chosen(call.body, "filename", "") or chosen(call.body, "name", "")
    found = older_exports.landscape_pdf(call.service, actor_of(call), path_of(call), name=name.removesuffix(".pdf"))
    return {"url": files.addressed(call.service, found, call.base_url).file_url}


for _id, _path, _readonly in (
    ("landscapes.export.pdf", f"{_EXPORT}/pdf", True),
    ("organizations.landscapes.exportPdf", f"/organizations/{{organizationId}}{_EXPORT}/pdf", False),
):
    operation(_id, "POST", _path, body=PdfBody, answer=UrlAnswer, readonly=_readonly, deprecated=True)(
        _pdf if _readonly else in_organization(_pdf)
    )


@operation(
    "diagrams.export.png",
    "POST",
    f"{VERSION_PATH}/diagrams/{{diagramId}}/export/png",
    body=DiagramExportPngOptions,
    answer=UrlAnswer,
    readonly=True,
    deprecated=True,
)
def png(call: Call[Any]) -> dict[str, Any]:
    """A diagram as PNG."""
    given = {new: value for old, new in _RENAMED.items() if (value := getattr(call.body, old)) is not UNSET}
    options = DiagramExportImageOptions(**given)
    id_ = call.path["diagramId"]
    found = older_exports.diagram_png(call.service, actor_of(call), path_of(call), id_, options)
    return {"url": files.answered(call.service, found, call.base_url).file_urls.png}


@operation("versions.export.json", "GET", f"{_EXPORT}/json", answer=VersionExport, deprecated=True)
def version_json(call: Call[Any]) -> VersionExport:
    """A version's model and flows."""
    return landscape_exports.version_export(call.service, actor_of(call), path_of(call))


@operation("model.objects.export.csv", "GET", f"{VERSION_PATH}/model/objects/export/csv", answer=_CSV, deprecated=True)
def objects_csv(call: Call[Any]) -> bytes:
    """A version's objects as CSV."""
    table = landscape_exports.objects_csv(call.service, actor_of(call), path_of(call)).encode()
    takings.note_table(call.service, actor_of(call), path_of(call), "model-objects-export")
    return table


@operation(
    "model.connections.export.csv", "GET", f"{VERSION_PATH}/model/connections/export/csv", answer=_CSV, deprecated=True
)
def connections_csv(call: Call[Any]) -> bytes:
    """A version's connections as CSV."""
    table = landscape_exports.connections_csv(call.service, actor_of(call), path_of(call)).encode()
    takings.note_table(call.service, actor_of(call), path_of(call), "model-connections-export")
    return table
