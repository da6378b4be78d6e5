"""Landscape exports: asked for in one transaction with their job, carried out by the job, answered as a record."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.access import Actor
from nunatak.core.errors import NotFound
from nunatak.core.expanded import VersionExport
from nunatak.core.kinds import DIAGRAM, FLOW, LANDSCAPE, LANDSCAPE_EXPORT, MODEL_OBJECT, Kind
from nunatak.core.work import LandscapeExport, LandscapeExportFilter, LandscapeExportOptions, LandscapeExportType
from nunatak.exchange import csv, version_json
from nunatak.exchange.landscape import LandscapeParts
from nunatak.exchange.press import FORMATS, PICTURED, pressed
from nunatak.exchange.selection import selected
from nunatak.render.draw import outlined
from nunatak.render.options import Options
from nunatak.services import blob_names, bounds, drafts, exports, landscape_parts, places, work
from nunatak.services.changes import new_id
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.services.views import viewing
from nunatak.store.unit import Unit

JOB = "landscape-export"
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 80
_NAMED: tuple[tuple[str, Kind, str], ...] = (
    ("model_object_id", MODEL_OBJECT, "modelObjectId"),
    ("diagram_id", DIAGRAM, "diagramId"),
    ("flow_id", FLOW, "flowId"),
)
_ENCODER = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What an export should be: its type, the part of the landscape, and how; `name` is what its file should be called,
    where the landscape's own name won't do."""

    type: LandscapeExportType
    filter: LandscapeExportFilter = field(default_factory=LandscapeExportFilter)
    options: LandscapeExportOptions = field(default_factory=LandscapeExportOptions)
    name: str = ""

    @property
    def draft_id(self) -> str | None:
        return None if self.options.draft_id is UNSET else self.options.draft_id


def create(service: Service, actor: Actor, path: Path, wish: Wish) -> LandscapeExport:
    """Records the work and queues its job, both or neither; raises NotFound for what it names and isn't there."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "read")
        part = _known(service, ledger.unit, place, wish)
        record = LandscapeExport(
            id=new_id(),
            landscape_id=place.landscape_id,
            version_id=place.version_id,
            type=wish.type,
            created_at=ledger.stamp.at,
            delete_at=ledger.stamp.at + service.keep_files,
            filter=UNSET if part == LandscapeExportFilter() else part,
            options=UNSET if wish.options == LandscapeExportOptions() else wish.options,
        )
        ledger.unit.add(LANDSCAPE_EXPORT, record)
        payload = {
            "exportId": record.id,
            "versionId": place.version_id,
            "organizationId": place.organization_id,
            "name": wish.name,
        }
        bounds.queue(service, ledger.unit, JOB, payload, job_id=record.id)
        _note(ledger, place, record)
        return record


def _note(ledger: Any, place: Place, record: LandscapeExport) -> None:
    """Tells the log."""
    told = {"type": record.type, "versionId": record.version_id, "filename": "", "bucketPath": ""}
    told |= {
        name: msgspec.to_builtins(value)
        for name, value in (("filter", record.filter), ("options", record.options))
        if value is not UNSET
    }
    names = {
        "landscapeName": ledger.unit.get(LANDSCAPE, place.landscape_id).name,
        "versionName": places.version(ledger.unit, place.landscape_id, place.version_id).name,
    }
    ledger.note("landscape-export", place, place.landscape_id, context=names, props=told)


def _known(service: Service, unit: Unit, place: Place, wish: Wish) -> LandscapeExportFilter:
    """The filter with ids where it had handles, as they are with the draft that is asked for."""
    drafts.require(unit, place, wish.draft_id)
    part = wish.filter
    with drafts.applied(unit, place, wish.draft_id, now=service.clock):
        for name, kind, wire in _NAMED:
            given = getattr(part, name)
            if given is not UNSET:
                part = replace(part, **{name: _id(unit, kind, given, place.version_id, wire)})
    return part


def _id(unit: Unit, kind: Kind, given: str, scope: str, wire: str) -> str:
    found = unit.find(kind, given, scope)
    if found is None:
        expected = f"query.filter.{wire}: expected the id of a {kind.title.lower()}, got {given!r}"
        raise NotFound(f"{kind.title} not found", (expected,))
    return str(found.id)


def get(service: Service, actor: Actor, path: Path, export_id: str) -> LandscapeExport:
    """The record of the work; raises NotFound."""
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "read")
        found: LandscapeExport = unit.get(LANDSCAPE_EXPORT, export_id, place.version_id)
        return found


def carry_out(service: Service, payload: dict[str, str]) -> None:
    """The job: loads the version, draws its diagrams, writes the file and completes the record. Done twice, it writes
    the same bytes again."""
    with service.reading() as unit:
        record: LandscapeExport | None = work.waiting(unit, LANDSCAPE_EXPORT, payload)
    if record is None:
        return
    data, name = _made(service, record, payload["organizationId"], payload.get("name", ""))
    key = f"{blob_names.LANDSCAPE_EXPORTS}/{hashlib.sha256(data).hexdigest()}/{name}"
    service.blobs.put(key, data)
    with service.database.write() as unit:
        if not blob_names.safe(unit, service.blobs, [key]):  # an older one's, and swept a moment ago
            service.blobs.put(key, data)
        work.end(service, unit, LANDSCAPE_EXPORT, payload, lambda old: replace(old, file_url=key))


def fail(service: Service, payload: dict[str, str], message: str) -> None:
    """Ends the record with the reason in words."""
    work.fail(service, LANDSCAPE_EXPORT, payload, message)


def _made(service: Service, record: LandscapeExport, organization_id: str, name: str) -> tuple[bytes, str]:
    """The file's bytes and its name."""
    place = work.place_of(record, organization_id)
    options = LandscapeExportOptions() if record.options is UNSET else record.options
    draft_id = None if options.draft_id is UNSET else options.draft_id
    with drafts.opened(service.database, draft_id) as unit:
        drafts.apply(unit, place, draft_id, now=service.clock)
        whole = landscape_parts.load(unit, place)
        parts = whole if record.filter is UNSET else selected(whole, record.filter)
        themes = PICTURED.get(record.type, ())
        pictures = {view.diagram.id: exports.encoded(unit, place, view.diagram.id) for view in parts.diagrams if themes}
    scenes = {(id_, theme): _outlined(service, picture, theme) for id_, picture in pictures.items() for theme in themes}
    data = service.apart(pressed, _ENCODER.encode(parts), record.type, _ENCODER.encode(options), scenes)
    return data, file_name(name or parts.name, record.type)


def _outlined(service: Service, picture: bytes, theme: Any) -> bytes:
    return service.apart(outlined, picture, _ENCODER.encode(Options(theme=theme)))


def file_name(title: str, kind: LandscapeExportType) -> str:
    """What a file is called: plain letters, the title's as far as they go."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    stem = _NOT_IN_NAMES.sub("-", plain).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{stem or 'landscape'}{FORMATS[kind].suffix}"


def version_export(service: Service, actor: Actor, path: Path) -> VersionExport:
    """A version's model and flows, as schema v1 has them."""
    return version_json.version_export(_parts(service, actor, path))


def objects_csv(service: Service, actor: Actor, path: Path) -> str:
    """A version's objects as CSV."""
    return csv.write_objects(_parts(service, actor, path))


def connections_csv(service: Service, actor: Actor, path: Path) -> str:
    """A version's connections as CSV."""
    return csv.write_connections(_parts(service, actor, path))


def _parts(service: Service, actor: Actor, path: Path) -> LandscapeParts:
    with viewing(service, actor, path) as (unit, place):
        return landscape_parts.load(unit, place)
