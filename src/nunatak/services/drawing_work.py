"""What jobs over drawings do: find the tags on pages, and draw pages with their tags; one bad file sinks no job."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import msgspec
import structlog
from msgspec.structs import replace

from nunatak.core.detect_terms import terms
from nunatak.core.drawing_annotation import FoundAnnotation
from nunatak.core.drawing_job import DrawingItem, DrawingJob
from nunatak.core.errors import Busy, Refusal
from nunatak.core.fields import Struct
from nunatak.core.file import File
from nunatak.core.kinds import FILE
from nunatak.documents import detected
from nunatak.documents.detected import Answer
from nunatak.documents.errors import Unreadable
from nunatak.documents.match import Options
from nunatak.documents.page import PageText
from nunatak.services import drawing_jobs, drawing_links, drawing_objects
from nunatak.services.drawing_links import Appearances
from nunatak.services.drawing_overlays import Drawings
from nunatak.services.drawing_pages import Pages, opened, plain
from nunatak.services.drawing_results import DrawnPage, Outcome, Result
from nunatak.services.service import Service

T = TypeVar("T")
_TOLD = 5  # pages of a file whose errors are told
_AT_ONCE = 2  # files of a job that are worked on side by side
_log: Any = structlog.get_logger("nunatak.drawings")


class _Read(Struct, frozen=True, kw_only=True):
    """The texts of a file's pages, and why some or all are missing."""

    texts: list[PageText] = []
    page_count: int | None = None
    error: str | None = None


def begin(service: Service, job: DrawingJob) -> None:
    """Begins a job at once where there is room: its turn in the queue comes later, and finds it done."""
    payload = {"organizationId": job.organization_id, "jobId": job.id}
    service.ahead(lambda: carry_out(service, payload))


def carry_out(service: Service, payload: dict[str, str]) -> None:
    """The job of either sort, in one thread at a time; one that has ended is left as it is."""
    with service.turns.on(f"job {payload['jobId']}"):
        _carry_out(service, payload)


def _carry_out(service: Service, payload: dict[str, str]) -> None:
    job = drawing_jobs.change(
        service, payload["organizationId"], payload["jobId"], status="Running", started_at=service.clock(), done=0
    )
    if job is None:
        return
    _log.info("drawing job started", job=job.id, type=job.type, files=len(job.items))
    result = _detected(service, job) if job.detect is not None else Result(files=[Outcome() for _ in job.items])
    if job.type == "convert":
        result = _converted(service, job, result)
    _end(service, job, result)


def fail(service: Service, payload: dict[str, str], message: str) -> None:
    """Ends the job with the reason in words."""
    drawing_jobs.change(service, payload["organizationId"], payload["jobId"], status="Failed", error=message)


def reason(error: BaseException) -> str:
    """A failure in words that tell a caller something and leak nothing."""
    return error.message if isinstance(error, Refusal) else "The work could not be done; the server's log says why"


def _end(service: Service, job: DrawingJob, result: Result) -> None:
    """Stores what came of a job: failed is one of which nothing came."""
    service.blobs.put(drawing_jobs.key_of(job, "result.json"), plain(result))
    errors = [one.error_message for one in result.files if one.error_message is not None]
    failed = sum(one.lost for one in result.files)
    lost = failed == len(job.items)
    status = "Failed" if lost else "Completed"
    error = "; ".join(dict.fromkeys(errors)) if lost else None
    done = len(job.items) - failed
    drawing_jobs.change(service, job.organization_id, job.id, status=status, error=error, done=done, failed=failed)
    _log.info("drawing job ended", job=job.id, type=job.type, status=status, failed=failed)


def _each(service: Service, job: DrawingJob, work: Callable[[int, DrawingItem], Any]) -> list[Any]:
    """Does the work for each file, some side by side, and counts what is done."""
    found: list[Any] = []
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix=f"drawing-{job.type}") as threads:
        for one in threads.map(work, range(len(job.items)), job.items):
            found.append(one)
            if len(job.items) > 1:
                drawing_jobs.change(service, job.organization_id, job.id, done=len(found))
    return found


def _detected(service: Service, job: DrawingJob) -> Result:
    """Reads all texts, which are there since the upload or made now, and matches them in one call."""
    assert job.detect is not None
    read: list[_Read] = _each(service, job, lambda _at, item: _texts(service, job, item))
    options = Options(
        search_field=job.detect.search_field,
        partial_match=job.detect.partial_match,
        min_tokens=job.detect.min_tokens,
        pattern_mode=job.detect.pattern_mode,
        configuration=job.detect.configuration or {},
    )
    entities = service.blobs.get(drawing_jobs.key_of(job, "entities.json"))
    answer = service.documents(detected.found, plain([one.texts for one in read]), entities, options)
    found = msgspec.json.decode(answer, type=Answer)
    files = [
        Outcome(page_count=one.page_count, error_message=one.error, found=part if one.texts or not one.error else None)
        for one, part in zip(read, found.files, strict=True)
    ]
    return Result(files=files, warnings=found.warnings)


def _texts(service: Service, job: DrawingJob, item: DrawingItem) -> _Read:
    try:
        with opened(service, _file(service, job, item).content) as pages:
            source = terms(job.detect.configuration if job.detect else None).reading
            texts, error = _every(_numbers(pages, item), partial(pages.text, source=source))
            return _Read(texts=texts, page_count=len(pages.document().pages), error=error)
    except Refusal as refusal:
        return _Read(error=_words(refusal))


def _every(numbers: Iterable[int], make: Callable[[int], T]) -> tuple[list[T], str | None]:
    """What is made of each page, and in words what keeps the others from it: one bad page sinks no file."""
    made, errors = list[T](), list[str]()
    for number in numbers:
        try:
            made.append(make(number))
        except Refusal as refusal:
            errors.append(f"Page {number}: {_words(refusal)}")
    more = [f"{len(errors) - _TOLD:,} more pages"] if len(errors) > _TOLD else []
    return made, ", ".join(errors[:_TOLD] + more) or None


def _converted(service: Service, job: DrawingJob, before: Result) -> Result:
    """Draws all pages, with the annotations given or, in one pass, with those just found; then the model objects that
    these name get their links."""
    text = service.blobs.get(drawing_jobs.key_of(job, "annotations.json"))
    given = msgspec.json.decode(text, type=list[list[FoundAnnotation] | None])
    found = [[] if one.found is None else one.found.annotations for one in before.files]
    annotations = [one or msgspec.convert(own, list[FoundAnnotation]) for one, own in zip(given, found, strict=True)]
    entities = [entity for one in annotations for each in one for entity in each.entities or ()]
    objects = drawing_objects.resolved(service, job, entities)
    drawings = Drawings(service, job, objects)

    def draw(at: int, item: DrawingItem) -> Outcome:
        return _drawn(service, job, item, before.files[at], partial(drawings.page, at=at, annotations=annotations[at]))

    files: list[Outcome] = _each(service, job, draw)
    appearances = Appearances(objects)
    for item, own, outcome in zip(job.items, annotations, files, strict=True):
        appearances.add(item.file_id, outcome.pages or (), own)
    drawing_links.write(service, job, appearances)
    return Result(files=files, warnings=before.warnings)


def _drawn(
    service: Service, job: DrawingJob, item: DrawingItem, before: Outcome, draw: Callable[[Pages, int], DrawnPage]
) -> Outcome:
    """What came of a file after its pages were drawn."""
    try:
        with opened(service, _file(service, job, item).content) as pages:
            drawn, error = _every(_numbers(pages, item), partial(draw, pages))
            count = len(pages.document().pages)
    except Refusal as refusal:
        return replace(before, error_message=_words(refusal))
    return replace(before, pages=drawn, page_count=count, error_message=before.error_message or error)


def _file(service: Service, job: DrawingJob, item: DrawingItem) -> File:
    with service.reading() as unit:
        file: File | None = unit.find(FILE, str(item.file_id), job.organization_id)
    if file is None:
        raise Unreadable("The file was deleted before its turn came")
    return file


def _numbers(pages: Pages, item: DrawingItem) -> range:
    """The numbers of the pages that are wanted; raises Unreadable for a range that begins behind the last page."""
    count, wanted = len(pages.document().pages), item.page_range
    begin, end = (1, count) if wanted is None else (wanted.begin, min(wanted.end or count, count))
    if begin > count:
        raise Unreadable(f"The page range begins at page {begin}, and the file has {count} pages")
    return range(begin, end + 1)


def _words(refusal: Refusal) -> str:
    """A refusal as a file's error. A storage or a pool that is away is no file's fault: the job is tried again."""
    if isinstance(refusal, Busy):
        raise refusal
    return refusal.message.replace(";", ",")  # clients part the errors of a job at semicolons
