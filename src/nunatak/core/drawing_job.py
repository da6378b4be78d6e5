"""The work of finding tags on drawings, and of drawing pages with the tags found."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from nunatak.core.fields import AuthType, PermissionType, Struct
from nunatak.core.file import InstanceId

DrawingWork = Literal["detect", "convert"]
DrawingStatus = Literal["Queued", "Running", "Completed", "Failed"]
ENDED: frozenset[str] = frozenset({"Completed", "Failed"})


class PageRange(Struct, frozen=True, kw_only=True):
    """Pages of a file, counted from 1, both ends included."""

    begin: int = 1
    end: int | None = None


class DrawingItem(Struct, frozen=True, kw_only=True):
    """A file of a job: its id, the names it has, and the pages that are wanted; all without a range."""

    file_id: int
    file_external_id: str | None = None
    file_instance_id: InstanceId | None = None
    page_range: PageRange | None = None


class DetectOptions(Struct, frozen=True, kw_only=True):
    """How tags are found, as the request said it."""

    search_field: str = "name"
    partial_match: bool = False
    min_tokens: int = 2
    pattern_mode: bool = False
    configuration: dict[str, Any] | None = None


class DrawingJob(Struct, frozen=True, kw_only=True):
    """A job over files. What it was given and what it found lie in blobs named by its id: they may be large. `detect`
    holds options where tags are looked for; a convert may do both in one pass. `done` counts files. `address` is
    the server's, for links; `permission` and `landscape_ids` (None: all) are those of whoever asked."""

    id: str
    organization_id: str
    type: DrawingWork
    status: DrawingStatus
    items: list[DrawingItem]
    created_at: datetime
    created_by: AuthType
    created_by_id: str
    started_at: datetime
    status_at: datetime
    delete_at: datetime
    detect: DetectOptions | None = None
    grayscale: bool = True
    done: int = 0
    failed: int = 0
    error: str | None = None
    address: str = ""
    permission: PermissionType = "read"
    landscape_ids: list[str] | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in ENDED
