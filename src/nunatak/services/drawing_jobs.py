"""Jobs over drawings: asked for in one transaction with their durable work, looked at while they last, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec

from nunatak.core.access import Actor, require
from nunatak.core.drawing_annotation import FoundAnnotation
from nunatak.core.drawing_job import DetectOptions, DrawingItem, DrawingJob, DrawingWork, PageRange
from nunatak.core.errors import Missing, NotFound
from nunatak.core.file import File, FileReference
from nunatak.core.kinds import DRAWING_JOB
from nunatak.services import bounds, drawing_files
from nunatak.services.changes import new_number
from nunatak.services.service import Service
from nunatak.store.unit import Unit
from nunatak.store.waits import alone

JOBS: dict[DrawingWork, str] = {"detect": "detect-tags", "convert": "convert-drawing"}
KEPT = timedelta(days=30)
_ENCODER = msgspec.json.Encoder()
Annotations = list[FoundAnnotation] | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A file that a job is asked for: its name, and the pages."""

    name: FileReference
    page_range: PageRange | None = None

    @property
    def told(self) -> dict[str, Any]:
        """The name as a job's request has it."""
        return {f"file{word[0].upper()}{word[1:]}": value for word, value in self.name.told().items()}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a job is to do. `entities` is the JSON of a list of objects, to be found as `detect` says; `annotations` are
    those that pages are to be drawn with, file by file; `address` is the server's, for links."""

    type: DrawingWork
    asked: Sequence[Asked]
    detect: DetectOptions | None = None
    entities: bytes = b""
    annotations: Sequence[Annotations] = ()
    grayscale: bool = True
    address: str = ""


def create(service: Service, actor: Actor, organization_id: str, wish: Wish) -> DrawingJob:
    """Records the job and queues its work, both or neither; raises Missing for files that aren't there."""
    require(actor, "read", organization_id)
    with service.writing(actor) as ledger:
        names = [one.name for one in wish.asked]
        files = drawing_files.found(ledger.unit, organization_id, names, told=[one.told for one in wish.asked])
        at = ledger.stamp.at
        job = DrawingJob(
            id=new_number(),
            organization_id=organization_id,
            type=wish.type,
            status="Queued",
            items=[_item(file, one) for file, one in zip(files, wish.asked, strict=True)],
            created_at=at,
            created_by=ledger.stamp.by,
            created_by_id=ledger.stamp.by_id,
            started_at=at,
            status_at=at,
            delete_at=at + KEPT,
            detect=wish.detect,
            grayscale=wish.grayscale,
            address=wish.address,
            permission=actor.permissions[organization_id],
            landscape_ids=sorted(limits) if (limits := actor.limits.get(organization_id)) is not None else None,
        )
        _put_request(service, job, wish)
        ledger.unit.add(DRAWING_JOB, job)
        payload = {"organizationId": organization_id, "jobId": job.id}
        bounds.queue(service, ledger.unit, JOBS[job.type], payload, job_id=f"{job.type}-{job.id}")
        return job


def _item(file: File, asked: Asked) -> DrawingItem:
    return DrawingItem(
        file_id=int(file.id),
        file_external_id=file.external_id,
        file_instance_id=file.instance_id,
        page_range=asked.page_range,
    )


def _put_request(service: Service, job: DrawingJob, wish: Wish) -> None:
    """What the job was given, which may be large, lies beside the database."""
    if wish.detect is not None:
        service.blobs.put(key_of(job, "entities.json"), wish.entities)
    if wish.type == "convert":
        service.blobs.put(key_of(job, "annotations.json"), _ENCODER.encode(list(wish.annotations)))


def get(service: Service, actor: Actor, organization_id: str, type_: DrawingWork, id_: str) -> DrawingJob:
    """A job of this sort; raises NotFound."""
    require(actor, "read", organization_id)
    job = known(service, organization_id, id_)
    if job.type != type_:
        raise NotFound(f"There is no {type_} job {id_}")
    return job


def known(service: Service, organization_id: str, id_: str) -> DrawingJob:
    """A job of an organization; raises NotFound for one whose result is no longer kept, too."""
    with service.reading() as unit:
        found: DrawingJob | None = unit.find(DRAWING_JOB, id_, organization_id)
    if found is None or found.delete_at <= service.clock():
        raise NotFound(f"There is no job {id_}, or its result is no longer kept")
    return found


def several(service: Service, actor: Actor, organization_id: str, type_: DrawingWork, ids: Sequence[str]
            ) -> list[DrawingJob]:  # fmt: skip
    """The jobs of these ids, in their order; raises Missing with those that aren't there."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        jobs = {job.id: job for job in unit.among(DRAWING_JOB, organization_id, ids) if job.type == type_}
    missing = [{"jobId": int(id_)} for id_ in ids if id_ not in jobs]
    if missing:
        raise Missing("Jobs not found: the ids of some are unknown", tuple(missing))
    return [jobs[id_] for id_ in ids]


def result(service: Service, job: DrawingJob) -> bytes | None:
    """The JSON of what came of a job, if it has ended with anything."""
    try:
        return service.blobs.get(key_of(job, "result.json")) if job.ended else None
    except NotFound:
        return None


def key_of(job: DrawingJob, name: str) -> str:
    """The blob of a job that is called this."""
    return f"drawing-jobs/{job.id}/{name}"


def change(service: Service, organization_id: str, id_: str, **values: Any) -> DrawingJob | None:
    """Stores how a job goes on; None for one that has ended or is gone."""
    with service.database.write() as unit:
        return changed(service, unit, organization_id, id_, **values)


def changed(service: Service, unit: Unit, organization_id: str, id_: str, **values: Any) -> DrawingJob | None:
    """Stores how a job goes on, within a transaction; another process may have taken it for left over, and end it."""
    alone(unit, DRAWING_JOB, id_)
    found: DrawingJob | None = unit.find(DRAWING_JOB, id_, organization_id)
    if found is None or found.ended:
        return None
    if values.get("status", found.status) != found.status:
        values["status_at"] = service.clock()
    after = msgspec.structs.replace(found, **values)
    unit.put(DRAWING_JOB, after)
    return after
