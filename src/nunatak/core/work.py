"""Work records: what was asked of a job, and how it ended."""

from __future__ import annotations

from datetime import datetime

from msgspec import UNSET, UnsetType

from nunatak.core.diagram import DiagramExportImageOptions, DiagramType
from nunatak.core.fields import Number, Own, Struct


class DiagramExportImageFileUrls(Struct, frozen=True, kw_only=True):
    """Where the two files are; empty until the work is done. A stored record holds blob keys, an answer addresses."""

    png: str = ""
    svg: str = ""


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
