"""Work records: what was asked of a job, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import UNSET, UnsetType

from nunatak.core.diagram import DiagramExportImageOptions, DiagramType
from nunatak.core.fields import AuthType, Number, Own, Struct


class DiagramExportImageFileUrls(Struct, frozen=True, kw_only=True):
    """Where the files are; empty until the work is done. A stored record holds blob keys, an answer addresses."""

    png: str = ""
    svg: str = ""
    # One of these besides, as the options' `format` says: a PDF, whole or a page a step; a moving SVG; an archive.
    pdf: Own[str | UnsetType] = UNSET
    film: Own[str | UnsetType] = UNSET
    steps: Own[str | UnsetType] = UNSET


class DiagramExportImage(Struct, frozen=True, kw_only=True):
    """The work of turning a diagram into a picture. `error` is a sentence when it failed; `warnings`, an addition of
    ours, say what a reader should know of the picture; the files stay until `delete_at`."""

    id: str
    landscape_id: str
    version_id: str
    diagram_id: str
    options: DiagramExportImageOptions
    created_at: datetime
    delete_at: datetime
    completed_at: datetime | UnsetType = UNSET
    error: str | None = None
    file_urls: DiagramExportImageFileUrls = DiagramExportImageFileUrls()
    warnings: Own[list[str] | UnsetType] = UNSET


class DiagramThumbnail(Struct, frozen=True, kw_only=True):
    """A small picture of a diagram at an address that runs out."""

    id: str
    handle_id: str
    model_id: str
    name: str
    type: DiagramType
    index: Number
    url: str
    expires: datetime
    created_at: datetime
    updated_at: datetime


class FlowThumbnail(Struct, frozen=True, kw_only=True):
    """A small picture of a flow's diagram at an address that runs out."""

    id: str
    handle_id: str
    diagram_id: str
    name: str
    url: str
    expires: datetime
    created_at: datetime
    updated_at: datetime


LandscapeExportType = Literal["pdf", "markdown", "html", "llms", "json", "object-csv", "connection-csv"]
LandscapeExportSchema = Literal["v1", "v2"]
LandscapeExportOrientation = Literal["portrait", "landscape"]
LandscapeImportStatus = Literal["in-progress", "completed", "error"]
ImportEntityType = Literal["model-object", "model-connection", "tag", "tag-group"]


class LandscapeExportFilter(Struct, frozen=True, kw_only=True):
    """What part of a landscape an export holds; without it, all."""

    diagram_id: str | UnsetType = UNSET
    flow_id: str | UnsetType = UNSET
    include_diagrams: bool | UnsetType = UNSET
    include_flows: bool | UnsetType = UNSET
    model_object_id: str | UnsetType = UNSET


class LandscapeExportOptions(Struct, frozen=True, kw_only=True):
    """How an export is made: with a draft applied, in which schema (JSON) and orientation (PDF)."""

    draft_id: str | UnsetType = UNSET
    orientation: LandscapeExportOrientation | UnsetType = UNSET
    schema: LandscapeExportSchema | UnsetType = UNSET


class LandscapeExport(Struct, frozen=True, kw_only=True):
    """The work of writing a landscape into a file. A stored record holds a blob key as `file_url`, an answer an
    address."""

    id: str
    landscape_id: str
    version_id: str
    type: LandscapeExportType
    created_at: datetime
    delete_at: datetime
    file_url: str | None = None
    error: str | None = None
    completed_at: datetime | UnsetType = UNSET
    filter: LandscapeExportFilter | UnsetType = UNSET
    options: LandscapeExportOptions | UnsetType = UNSET


class LandscapeImportError(Struct, frozen=True, kw_only=True):
    """What is wrong with one entry of a file; the ids are the file's own."""

    message: str
    code: str | UnsetType = UNSET
    entity_id: str | UnsetType = UNSET
    entity_original_id: str | UnsetType = UNSET
    entity_type: ImportEntityType | UnsetType = UNSET


class LandscapeImport(Struct, frozen=True, kw_only=True):
    """The work of bringing a file into a landscape, all of it or nothing."""

    id: str
    landscape_id: str
    version_id: str
    status: LandscapeImportStatus
    created_at: datetime
    created_by: AuthType
    created_by_id: str
    delete_at: datetime
    completed_at: datetime | UnsetType = UNSET
    errors: list[LandscapeImportError] | UnsetType = UNSET
    prune: bool | UnsetType = UNSET
