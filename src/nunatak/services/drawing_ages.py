"""What of drawings has run out: jobs after thirty days, uploads that never ended, and blobs that nothing names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from nunatak.core.kinds import DRAWING_JOB, FILE, FILE_PART
from nunatak.store import ages

if TYPE_CHECKING:
    from nunatak.services.service import Service

CONTENTS, PAGES, JOBS = "contents", "pages", "drawing-jobs"
_UPLOADS = timedelta(days=7)  # an address to send a part to lasts as long
_GRACE = timedelta(days=1)  # for blobs that are written before the record that names them
_UNUSED_PAGES = timedelta(days=30)  # whoever uploads the same drawing again finds its pages
_BATCH = 500


def forget_parts(service: Service, now: datetime) -> int:
    """Removes the parts of uploads that never ended, and says how many; their blobs are swept after."""
    total, gone = 0, _BATCH
    while gone == _BATCH:
        with service.database.write() as unit:
            spots = ages.older_anywhere(unit, FILE_PART, before=ages.place(now - _UPLOADS), limit=_BATCH)
            gone = ages.remove(unit, FILE_PART, spots)
        total += gone
    return total


def sweep(service: Service, now: datetime) -> int:
    """Removes contents, pages and jobs' blobs that no record names any more, and says how many. A name is never given
    to a second record, so what nobody names stays so."""
    with service.reading() as unit:
        files, parts = unit.every(FILE, None), unit.every(FILE_PART, None)
        jobs = {job.id for job in unit.every(DRAWING_JOB, None)}
    keys = {piece.key for file in files if file.content for piece in file.content.pieces}
    keys |= {part.key for part in parts}
    digests = {file.content.digest for file in files if file.content}
    return (
        _swept(service, CONTENTS, now - _GRACE, lambda key: key in keys)
        + _swept(service, PAGES, now - _UNUSED_PAGES, lambda key: key.split("/")[1].partition("-")[0] in digests)
        + _swept(service, JOBS, now - _GRACE, lambda key: key.split("/")[1] in jobs)
    )


def _swept(service: Service, prefix: str, before: datetime, is_named: Callable[[str], bool]) -> int:
    old = [key for key, written in service.blobs.dated(prefix) if written < before and not is_named(key)]
    for key in old:
        service.blobs.delete(key)
    return len(old)
