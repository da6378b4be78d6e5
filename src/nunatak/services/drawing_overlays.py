"""Pages drawn with the tags on them: SVG and PNG in the storage, links from tags to what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from nunatak.core.access import Actor
from nunatak.core.drawing_annotation import FoundAnnotation
from nunatak.core.drawing_job import DrawingJob
from nunatak.core.errors import NotFound
from nunatak.documents import overlay
from nunatak.documents.marks import Links, mark
from nunatak.services import drawing_jobs, drawing_objects
from nunatak.services.drawing_objects import Named, Target
from nunatak.services.drawing_pages import Pages
from nunatak.services.drawing_results import DrawnPage, result_of
from nunatak.services.page_making import guarded, readable
from nunatak.services.service import Service

PAGES = "pages"
PAGES_SECONDS = 7 * 24 * 3600


class Drawings:
    """What a job draws. All its pages lie side by side under one address, so that a hit on one sheet can link to
    another by name, and the bytes are the same on every run."""

    def __init__(self, service: Service, job: DrawingJob, objects: Mapping[Named, Target]) -> None:
        self._service = service
        self._job = job
        self._stems: dict[int, str] = {}
        files: dict[tuple[str, str], str] = {}
        taken: dict[int, int] = {}
        for at, item in enumerate(job.items):
            turn = taken[item.file_id] = taken.get(item.file_id, 0) + 1
            self._stems[at] = f"{item.file_id}" if turn == 1 else f"{item.file_id}.{turn}"
            files.setdefault(("id", str(item.file_id)), self._stems[at])
            if item.file_external_id:
                files.setdefault(("externalId", item.file_external_id), self._stems[at])
        addresses = {one: drawing_objects.address(job, target) for one, target in objects.items()}
        self._links = Links(files, lambda entity: addresses.get(drawing_objects.named(entity) or Named()))

    def page(self, pages: Pages, number: int, *, at: int, annotations: Sequence[FoundAnnotation]) -> DrawnPage:
        """Draws a page of the job's file at this place, with those of the annotations that are its own."""
        drawn = pages.drawn(number, grayscale=self._job.grayscale)
        found = [mark(one, self._links) for one in annotations if one.region.page == number]
        words, note = readable(pages.text, number)
        write = partial(overlay.svg, title=f"Page {number}")
        text = guarded(self._service.documents, self._service.jobs.check, write, drawn, words, found)
        name = f"{self._stems[at]}-{number}"
        self._service.blobs.put(drawing_jobs.key_of(self._job, f"{name}.svg"), text.encode())
        return DrawnPage(page=number, name=name, png=pages.raster(number), note=drawn.note or note)


def address(service: Service, job: DrawingJob, base_url: str) -> str:
    """The address, which runs out, that a job's pages lie under by their names."""
    token = service.tokens.seal(PAGES, [job.organization_id, job.id], seconds=PAGES_SECONDS)
    return f"{base_url}/files/pages/{token}"


def opened(service: Service, actor: Actor, organization_id: str, job_id: str, name: str) -> str:
    """The signed address, below the server's, of a job's page for somebody who may read; raises NotFound."""
    job = drawing_jobs.get(service, actor, organization_id, "convert", job_id)
    return f"{address(service, job, '')}/{name}.svg"


def fetched(service: Service, token: str, name: str) -> tuple[bytes, str]:
    """The bytes of a job's page, and their media type; raises NotFound for an address that has run out, and for a page
    that isn't the job's."""
    organization_id, job_id = service.tokens.unseal(PAGES, token)
    job = drawing_jobs.known(service, organization_id, job_id)
    stem, _, suffix = name.rpartition(".")
    result = result_of(service, job)
    drawn = [page for one in (result.files if result else ()) for page in one.pages or () if page.name == stem]
    if not drawn or suffix not in ("svg", "png"):
        raise NotFound("Page not found")
    if suffix == "png":
        return service.blobs.get(drawn[0].png), "image/png"
    return service.blobs.get(drawing_jobs.key_of(job, f"{stem}.svg")), "image/svg+xml"
