"""Landscape imports: asked for in one transaction with their job, carried out whole by the job or not at all."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from nunatak.core.access import Actor
from nunatak.core.errors import Invalid, Refusal
from nunatak.core.import_file import LandscapeImportData
from nunatak.core.kinds import API_KEY, LANDSCAPE, LANDSCAPE_IMPORT, USER, VERSION
from nunatak.core.work import LandscapeImport, LandscapeImportError
from nunatak.services import bounds, places
from nunatak.services.blob_names import of_import
from nunatak.services.changes import Ledger, new_id
from nunatak.services.import_changes import BadEntries, bring, told
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit
from nunatak.store.waits import alone

JOB = "landscape-import"


def create(
    service: Service, actor: Actor, path: Path, data: LandscapeImportData, *, prune: bool | UnsetType
) -> LandscapeImport:
    """Records the work, keeps its file and queues its job, both or neither. Raises Conflict for a snapshot."""
    id_ = new_id()
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        place.writable()
        record = LandscapeImport(
            id=id_,
            landscape_id=place.landscape_id,
            version_id=place.version_id,
            status="in-progress",
            created_at=ledger.stamp.at,
            created_by=ledger.stamp.by,
            created_by_id=ledger.stamp.by_id,
            delete_at=ledger.stamp.at + service.keep_files,
            prune=prune,
        )
        ledger.unit.add(LANDSCAPE_IMPORT, record)
        service.blobs.put(of_import(id_), msgspec.json.encode(data))
        payload = {"importId": id_, "versionId": place.version_id, "organizationId": place.organization_id}
        bounds.queue(service, ledger.unit, JOB, payload, job_id=id_)
        return record


def get(service: Service, actor: Actor, path: Path, import_id: str) -> LandscapeImport:
    """The record of the work; raises NotFound."""
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "read")
        record: LandscapeImport = unit.get(LANDSCAPE_IMPORT, import_id, place.version_id)
        return record


def carry_out(service: Service, payload: dict[str, str]) -> None:
    """The job: brings the file in, and completes the record in the same transaction. Done twice, it does nothing the
    second time."""
    with service.reading() as unit:
        record: LandscapeImport | None = unit.find(LANDSCAPE_IMPORT, payload["importId"], payload["versionId"])
        if record is None or record.completed_at is not UNSET:
            return
        actor = _writer(unit, record, payload["organizationId"])
    data = msgspec.json.decode(service.blobs.get(of_import(record.id)), type=LandscapeImportData)
    try:
        with service.writing(actor) as ledger:
            place = places.place(ledger.unit, actor, record.landscape_id, record.version_id, "write")
            ledger.enter(place)
            if _has_ended(ledger.unit, record):  # another process had taken this one for dead
                return
            _bring(ledger, place, record.id, data, prune=record.prune)
            ended = replace(record, status="completed", completed_at=service.clock())
            ledger.unit.put(LANDSCAPE_IMPORT, ended)
    except BadEntries as bad:
        _end(service, payload, bad.errors)


def _has_ended(unit: Unit, record: LandscapeImport) -> bool:
    """Whether the work came to an end since its record was read, or the record was removed."""
    now: LandscapeImport | None = unit.find(LANDSCAPE_IMPORT, record.id, record.version_id)
    return now is None or now.completed_at is not UNSET


def at_once(service: Service, actor: Actor, path: Path, data: LandscapeImportData, *, prune: bool) -> None:
    """Brings a file in without a job or a record, for a caller who waits. Raises Invalid naming every bad entry."""
    try:
        with service.writing(actor) as ledger:
            place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
            _bring(ledger, place, new_id(), data, prune=prune)
    except BadEntries as bad:
        errors = tuple(f"{one.entity_type} {one.entity_id}: {one.message}" for one in bad.errors)
        raise Invalid(f"{bad}; nothing of the file was taken", errors) from None


def _bring(ledger: Ledger, place: Place, id_: str, data: LandscapeImportData, *, prune: bool | UnsetType) -> None:
    """Brings a file in, and tells the log: all that it changes follows from it."""
    with ledger.noting("landscape-import", place, id_, **_about(ledger, place, id_, data, prune=prune)):
        bring(ledger, place, data, prune=prune is True)


def fail(service: Service, payload: dict[str, str], message: str) -> None:
    """Ends the record with the reason in words."""
    _end(service, payload, [LandscapeImportError(message=message)])


def reason(error: BaseException) -> str:
    """A failure in words that tell a caller something and leak nothing."""
    return error.message if isinstance(error, Refusal) else "The import could not be done; the server's log says why"


def _end(service: Service, payload: dict[str, str], errors: list[LandscapeImportError]) -> None:
    """Stores what was wrong, unless the work has ended before or its version is gone."""
    with service.database.write() as unit:
        alone(unit, LANDSCAPE_IMPORT, payload["importId"])
        old = unit.find(LANDSCAPE_IMPORT, payload["importId"], payload["versionId"])
        if old is not None and old.completed_at is UNSET:
            unit.put(LANDSCAPE_IMPORT, replace(old, status="error", errors=errors, completed_at=service.clock()))


def _writer(unit: Unit, record: LandscapeImport, organization_id: str) -> Actor:
    """Who asked for the import, under their name, as the log tells it."""
    kinds = {"api-key": (API_KEY, organization_id), "user": (USER, "")}
    kind, scope = kinds.get(record.created_by, (USER, ""))
    known: Any = unit.find(kind, record.created_by_id, scope)
    name = getattr(known, "name", "") or ""
    return Actor(kind=record.created_by, id=record.created_by_id, permissions={organization_id: "write"}, name=name)


def _about(
    ledger: Ledger, place: Place, id_: str, data: LandscapeImportData, *, prune: bool | UnsetType
) -> dict[str, Any]:
    """What the log tells of the import."""
    land = ledger.unit.get(LANDSCAPE, place.landscape_id)
    state = ledger.unit.get(VERSION, place.version_id, place.landscape_id)
    asked = {} if prune is UNSET else {"prune": prune}
    return {
        "context": {"landscapeName": land.name, "versionName": state.name},
        "props": {"bucketPath": of_import(id_), "versionId": place.version_id, **asked, **told(data)},
    }
