"""Diagrams: tags found on drawings, and drawings drawn with their tags, as jobs that clients ask for until they end."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from nunatak.api.cognite.forms import MOST_ITEMS, DrawingReference, told
from nunatak.api.cognite.operation import Call, Later, Operations, Told
from nunatak.core import detect_terms
from nunatak.core.drawing_annotation import FoundAnnotation
from nunatak.core.drawing_job import DetectOptions, DrawingJob, DrawingWork, PageRange
from nunatak.core.errors import Invalid
from nunatak.core.fields import Struct
from nunatak.core.file import Number
from nunatak.core.file_filter import milliseconds
from nunatak.services import drawing_jobs, drawing_overlays, drawing_results, drawing_work
from nunatak.services.drawing_jobs import Asked, Wish
from nunatak.services.drawing_results import Outcome, Result

OPERATIONS = Operations()
MOST_FILES, MOST_ENTITIES, MOST_ANNOTATIONS = 50, 500_000, 10_000
_TOKEN = "X-Job-Token"
Entities = Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=MOST_ENTITIES)]
Annotations = Annotated[list[FoundAnnotation], Meta(max_length=MOST_ANNOTATIONS)]


class Pages(Struct, frozen=True, kw_only=True):
    """Pages from one to another, both included, counted from 1."""

    begin: Annotated[int, Meta(ge=1)] = 1
    end: Annotated[int, Meta(ge=1)] | None = None


class DetectItem(DrawingReference, frozen=True, kw_only=True):
    """A file to look for tags on."""

    page_range: Pages | None = None


class ConvertItem(DrawingReference, frozen=True, kw_only=True):
    """A file to draw, with the annotations that its pages are to have."""

    page_range: Pages | None = None
    annotations: Annotations | None = None


class DetectBody(Struct, frozen=True, kw_only=True):
    """Files, the entities to look for, and how."""

    items: Annotated[list[DetectItem], Meta(min_length=1, max_length=MOST_FILES)]
    entities: Entities
    search_field: Annotated[str, Meta(min_length=1)] = "name"
    partial_match: bool = False
    min_tokens: Annotated[int, Meta(ge=1, le=100)] = 2
    pattern_mode: bool = False
    configuration: dict[str, Any] | None = None


class ConvertBody(Struct, frozen=True, kw_only=True):
    """Files to draw. With `entities`, an addition of ours, files without annotations get those that are found."""

    items: Annotated[list[ConvertItem], Meta(min_length=1, max_length=MOST_FILES)]
    grayscale: bool = True
    entities: Entities | None = None
    search_field: Annotated[str, Meta(min_length=1)] = "name"
    partial_match: bool = False
    min_tokens: Annotated[int, Meta(ge=1, le=100)] = 2
    pattern_mode: bool = False
    configuration: dict[str, Any] | None = None


class JobIds(Struct, frozen=True, kw_only=True):
    """Jobs."""

    items: Annotated[list[Number], Meta(min_length=1, max_length=MOST_ITEMS)]


@OPERATIONS.operation("POST", "/context/diagram/detect", body=DetectBody)
def detect(call: Call) -> Told:
    """Starts to look for tags."""
    wish = Wish(type="detect", asked=_asked(call.body.items), detect=_options(call.body), entities=_entities(call.body))
    return _started(call, drawing_jobs.create(call.service, call.actor, call.organization_id, wish))


@OPERATIONS.operation("GET", "/context/diagram/detect/{}")
def detected(call: Call) -> Any:
    """What was found so far, or all."""
    return _looked_at(call, "detect")


@OPERATIONS.operation("POST", "/context/diagram/detect/status", body=JobIds)
def statuses(call: Call) -> Any:
    """How several jobs stand."""
    ids = [str(id_) for id_ in call.body.items]
    jobs = drawing_jobs.several(call.service, call.actor, call.organization_id, "detect", ids)
    answer = {"items": [_job(call, job, None) for job in jobs]}
    return answer if all(job.ended for job in jobs) else Later(body=answer)


@OPERATIONS.operation("POST", "/context/diagram/convert", body=ConvertBody)
def convert(call: Call) -> Told:
    """Starts to draw files with their annotations."""
    body: ConvertBody = call.body
    given = [one.annotations for one in body.items]
    if body.entities is not None and any(given):
        raise Invalid("Annotations are given and looked for", ("body.entities: expected none beside annotations",))
    wish = Wish(
        type="convert",
        asked=_asked(body.items),
        annotations=given,
        grayscale=body.grayscale,
        detect=None if body.entities is None else _options(body),
        entities=_entities(body),
        address=call.base_url,
    )
    return _started(call, drawing_jobs.create(call.service, call.actor, call.organization_id, wish))


@OPERATIONS.operation("GET", "/context/diagram/convert/{}")
def converted(call: Call) -> Any:
    """What was drawn."""
    return _looked_at(call, "convert")


def _asked(items: list[Any]) -> list[Asked]:
    found = []
    for at, one in enumerate(items):
        pages: Pages | None = one.page_range
        if pages is not None and pages.end is not None and pages.end < pages.begin:
            error = f"body.items[{at}].pageRange.end: expected at least {pages.begin}, got {pages.end}"
            raise Invalid("The page range ends before it begins", (error,))
        span = None if pages is None else PageRange(begin=pages.begin, end=pages.end)
        found.append(Asked(name=one.name, page_range=span))
    return found


def _options(body: DetectBody | ConvertBody) -> DetectOptions:
    detect_terms.terms(body.configuration)  # raises Invalid for what isn't as documented
    return DetectOptions(
        search_field=body.search_field,
        partial_match=body.partial_match,
        min_tokens=body.min_tokens,
        pattern_mode=body.pattern_mode,
        configuration=body.configuration,
    )


def _entities(body: DetectBody | ConvertBody) -> bytes:
    """The entities as they came, never made into objects here: there may be half a million."""
    raws = body.entities or []
    wrong = next((at for at, raw in enumerate(raws) if not bytes(raw).lstrip().startswith(b"{")), None)
    if wrong is not None:
        error = f"body.entities[{wrong}]: expected an object"
        raise Invalid(error, (error,))
    return msgspec.json.encode(raws)


def _started(call: Call, job: DrawingJob) -> Told:
    token = call.service.tokens.seal(
        "job", [job.organization_id, job.id], seconds=int(drawing_jobs.KEPT.total_seconds())
    )
    drawing_work.begin(call.service, job)
    return Told(body=_job(call, job, None), headers={_TOKEN: token})


def _looked_at(call: Call, type_: DrawingWork) -> Any:
    job = drawing_jobs.get(call.service, call.actor, call.organization_id, type_, call.id)
    if not job.ended:
        return Later(body=_job(call, job, None))
    return _job(call, job, drawing_results.result_of(call.service, job))


def _job(call: Call, job: DrawingJob, result: Result | None) -> dict[str, Any]:
    """A job as answers have it, from the first to the last."""
    outcomes: list[Outcome | None] = list(result.files) if result else [None] * len(job.items)
    address = drawing_overlays.address(call.service, job, call.base_url) if job.type == "convert" else ""
    return {
        "jobId": int(job.id),
        "status": job.status,
        "createdTime": milliseconds(job.created_at),
        "startTime": milliseconds(job.started_at),
        "statusTime": milliseconds(job.status_at),
        "errorMessage": job.error,
        "numFiles": len(job.items),
        "statusCount": {"completed": job.done, "failed": job.failed},
        **_asked_for(job),
        **({"warnings": result.warnings} if result and result.warnings else {}),
        "items": [_item(job, at, outcome, address) for at, outcome in enumerate(outcomes)],
    }


def _asked_for(job: DrawingJob) -> dict[str, Any]:
    """What the request said, repeated."""
    found: dict[str, Any] = {} if job.detect is None else told(msgspec.to_builtins(job.detect))
    return found | ({"grayscale": job.grayscale} if job.type == "convert" else {})


def _item(job: DrawingJob, at: int, outcome: Outcome | None, address: str) -> dict[str, Any]:
    """A file of a job. Clients take `results` to be there from the start."""
    item = told(msgspec.to_builtins(job.items[at]))
    if "pageRange" in item:
        item["pageRange"] = told(item["pageRange"])
    if job.type == "convert":
        item["results"] = _results(outcome, address)
    if outcome is None:
        return item
    item |= told({"errorMessage": outcome.error_message, "pageCount": outcome.page_count})
    if job.detect is not None:
        found = outcome.found
        item["annotations"] = found.annotations if found else []
        item |= {"unmatched": found.unmatched, "ambiguous": found.ambiguous} if found else {}
    return item


def _results(outcome: Outcome | None, address: str) -> list[dict[str, Any]]:
    pages = (outcome.pages if outcome else None) or []
    return [
        {
            "page": one.page,
            "svgUrl": f"{address}/{one.name}.svg",
            "pngUrl": f"{address}/{one.name}.png",
            **({"note": one.note} if one.note else {}),
        }
        for one in pages
    ]
