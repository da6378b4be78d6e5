"""Work on a drawing's pages that starts when it is uploaded, so that it is done when somebody asks for it."""

from __future__ import annotations

from typing import Any

import structlog

from nunatak.core.errors import Refusal
from nunatak.core.file import FileContent
from nunatak.core.kinds import FILE
from nunatak.services.changes import new_id
from nunatak.services.drawing_pages import Pages, opened
from nunatak.services.service import Service
from nunatak.store.unit import Unit

JOB = "read-drawing"
_AHEAD = 50  # pages that are worked on before anybody asks
_log: Any = structlog.get_logger("nunatak.drawings")


def queue(service: Service, unit: Unit, organization_id: str, file_id: str, content: FileContent) -> None:
    """Queues the work on a content that is a drawing's, in the transaction that stores it."""
    if content.media_type is not None:
        payload = {"organizationId": organization_id, "fileId": file_id}
        service.jobs.enqueue(unit.connection, JOB, payload, job_id=f"read-{file_id}-{new_id()}")


def carry_out(service: Service, payload: dict[str, str]) -> None:
    """The job: reads and draws the first pages, all texts before the first picture. What can't be read is told to
    whoever asks for it, not here."""
    with service.reading() as unit:
        file = unit.find(FILE, payload["fileId"], payload["organizationId"])
    if file is None or file.content is None:
        return
    try:
        with opened(service, file.content) as pages:
            done = _worked(pages)
        _log.info("drawing read", file=file.id, pages=done)
    except Refusal as refusal:
        _log.info("drawing not read", file=file.id, reason=refusal.message)


def fail(service: Service, payload: dict[str, str], message: str) -> None:
    """Nobody waits for this work: whoever asks for a page has it done then."""


def _worked(pages: Pages) -> int:
    numbers = [page.number for page in pages.document().pages[:_AHEAD]]
    for number in numbers:
        pages.text(number)
    for number in numbers:
        pages.raster(number)
        pages.drawn(number, grayscale=True)
    return len(numbers)
