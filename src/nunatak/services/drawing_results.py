"""What came of jobs over drawings, as it lies in the storage."""

from __future__ import annotations

import msgspec

from nunatak.core.drawing_job import DrawingJob
from nunatak.core.fields import Struct
from nunatak.documents.detected import Found
from nunatak.services import drawing_jobs
from nunatak.services.service import Service


class DrawnPage(Struct, frozen=True, kw_only=True):
    """A page that was drawn: its name within the job's addresses, and the blob of its PNG."""

    page: int
    name: str
    png: str
    note: str = ""


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of one file: pages read, what was found on them, pages drawn, and why some or all are missing."""

    page_count: int | None = None
    error_message: str | None = None
    found: Found | None = None
    pages: list[DrawnPage] | None = None

    @property
    def lost(self) -> bool:
        """Whether nothing came of it."""
        return self.error_message is not None and self.found is None and not self.pages


class Result(Struct, frozen=True, kw_only=True):
    """What came of a job, file by file."""

    files: list[Outcome]
    warnings: list[str] = []


def result_of(service: Service, job: DrawingJob) -> Result | None:
    """What came of a job, if it has ended with anything."""
    text = drawing_jobs.result(service, job)
    return None if text is None else msgspec.json.decode(text, type=Result)
