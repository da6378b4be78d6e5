"""The drawings among a model object's links: written when a job has drawn the object's tag, gone when its results go.

An object has one link for each drawing, named by the drawing's file, so that drawing it again adds none; it leads to
the first page of the newest job on which the object was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
import structlog

from nunatak.core.access import Where, may
from nunatak.core.drawing_annotation import FoundAnnotation
from nunatak.core.drawing_job import DrawingJob
from nunatak.core.errors import NotFound, Refusal
from nunatak.core.fields import Struct
from nunatak.core.kinds import DRAWING_JOB, FILE, MODEL_OBJECT
from nunatak.services import drawing_jobs, keys
from nunatak.services.changes import Ledger
from nunatak.services.drawing_objects import Named, Target, asker, named
from nunatak.services.drawing_results import DrawnPage
from nunatak.services.places import Place
from nunatak.services.service import Service

_KEPT = "links.json"
_BATCH = 200  # objects in one transaction
_MOST_PAGES = 10  # that a link's name tells
_log: Any = structlog.get_logger("nunatak.drawings")


class Link(Struct, frozen=True, kw_only=True):
    """A link that a job has written."""

    landscape_id: str
    version_id: str
    object_id: str
    id: str
    url: str
    name: str


@dataclass
class Appearances:
    """On which pages of which files the objects were drawn, by file and object."""

    targets: Mapping[Named, Target]
    found: defaultdict[tuple[int, Target], dict[int, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, file_id: int, pages: Iterable[DrawnPage], annotations: Iterable[FoundAnnotation]) -> None:
        """Notes what stands on a file's pages that were drawn."""
        names = {page.page: page.name for page in pages}
        for one in annotations:
            for entity in one.entities or () if one.region.page in names else ():
                target = self.targets.get(named(entity) or Named())
                if target is not None:
                    self.found[file_id, target][one.region.page] = names[one.region.page]


def write(service: Service, job: DrawingJob, appearances: Appearances) -> None:
    """Writes the links as whoever asked for the job, in the landscapes where they may write. Done twice, it writes
    nothing the second time; an object that is gone or refuses is passed over."""
    actor = asker(job)
    links = [
        link
        for link in _links(service, job, appearances)
        if may(actor, "write", Where(organization_id=job.organization_id, landscape_id=link.landscape_id)) is None
    ]
    if not links:
        return
    service.blobs.put(drawing_jobs.key_of(job, _KEPT), msgspec.json.encode(links))
    for start in range(0, len(links), _BATCH):
        with service.writing(actor) as ledger:
            for link in links[start : start + _BATCH]:
                with suppress(Refusal):
                    _put(ledger, job.organization_id, link)
    _log.info("drawings linked", job=job.id, links=len(links))


def forget(service: Service, now: datetime) -> int:
    """Removes the jobs whose time has come, each with the links that it wrote, and says how many."""
    with service.reading() as unit:
        gone: list[DrawingJob] = [job for job in unit.every(DRAWING_JOB, None) if job.delete_at <= now]
    for job in gone:
        with service.writing(keys.operator([job.organization_id])) as ledger:
            for link in _written(service, job):
                with suppress(Refusal):
                    _take(ledger, job.organization_id, link)
            ledger.unit.remove(DRAWING_JOB, job.organization_id, [job.id])
    return len(gone)


def _links(service: Service, job: DrawingJob, appearances: Appearances) -> list[Link]:
    with service.reading() as unit:
        ids = {str(file_id) for file_id, _ in appearances.found}
        names = {file.id: file.name for file in unit.among(FILE, job.organization_id, ids)}
    ordered = sorted(appearances.found.items(), key=lambda item: (item[0][0], item[0][1].id))
    return [
        Link(
            landscape_id=target.landscape_id,
            version_id=target.version_id,
            object_id=target.id,
            id=f"drawing-{file_id}",
            url=f"{job.address}/files/drawings/{job.organization_id}/{job.id}/{pages[min(pages)]}",
            name=f"{names.get(str(file_id), 'Drawing')}, {_told(sorted(pages))}",
        )
        for (file_id, target), pages in ordered
    ]


def _told(pages: Sequence[int]) -> str:
    more = f" and {len(pages) - _MOST_PAGES} more" if len(pages) > _MOST_PAGES else ""
    return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(map(str, pages[:_MOST_PAGES]))}{more}"


def _put(ledger: Ledger, organization_id: str, link: Link) -> None:
    before = ledger.unit.get(MODEL_OBJECT, link.object_id, link.version_id)
    there = before.links.get(link.id)
    if there is not None and (there.url, there.custom_name) == (link.url, link.name):
        return
    told = {"url": link.url, "customName": link.name, "index": len(before.links) if there is None else there.index}
    ledger.update(_place(organization_id, link), MODEL_OBJECT, link.object_id, {"links": {"$add": {link.id: told}}})


def _take(ledger: Ledger, organization_id: str, link: Link) -> None:
    """Removes a link, unless a newer job has given it another address."""
    before = ledger.unit.get(MODEL_OBJECT, link.object_id, link.version_id)
    if link.id in before.links and before.links[link.id].url == link.url:
        ledger.update(_place(organization_id, link), MODEL_OBJECT, link.object_id, {"links": {"$remove": [link.id]}})


def _written(service: Service, job: DrawingJob) -> list[Link]:
    try:
        return msgspec.json.decode(service.blobs.get(drawing_jobs.key_of(job, _KEPT)), type=list[Link])
    except NotFound:
        return []


def _place(organization_id: str, link: Link) -> Place:
    return Place(
        organization_id=organization_id, landscape_id=link.landscape_id, version_id=link.version_id, is_latest=True
    )
