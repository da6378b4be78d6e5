"""Files at addresses that can't be guessed and run out: exports' pictures, and thumbnails made at the first look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.access import Actor
from nunatak.core.diagram import Diagram
from nunatak.core.errors import NotFound
from nunatak.core.kinds import DIAGRAM, DIAGRAM_EXPORT_IMAGE, LANDSCAPE
from nunatak.core.work import DiagramExportImage, DiagramExportImageFileUrls, DiagramThumbnail, LandscapeExport
from nunatak.exchange.press import FORMATS
from nunatak.render.options import Options, Output
from nunatak.services import drafts, exports
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.services.views import viewing
from nunatak.store.rows import entity

_THUMBNAIL = "thumbnail/"
_EXPORT = "export/"
# What an export's files are, by the names of their addresses.
_PICTURES = {
    "png": ("image/png", ".png"),
    "svg": ("image/svg+xml", ".svg"),
    "pdf": ("application/pdf", ".pdf"),
    "film": ("image/svg+xml", ".film.svg"),
    "steps": ("application/zip", ".zip"),
}
_THUMBNAIL_WIDTH = 640
_THUMBNAIL_STAYS = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class File:
    """A file's bytes and what it is."""

    data: bytes
    content_type: str
    name: str


def answered(service: Service, record: DiagramExportImage, base_url: str) -> DiagramExportImage:
    """The record with addresses in the place of blob keys; `base_url` is where this server's files are. What isn't
    drawn yet has an address already, for clients take nothing else: who opens it waits for the drawing."""
    asked = f"{_EXPORT}{record.version_id}/{record.id}/"
    addresses = {
        name: _address(service, base_url, key or asked + name, media, f"{record.diagram_id}{suffix}")
        for name, (media, suffix) in _PICTURES.items()
        if isinstance(key := getattr(record.file_urls, name), str)
    }
    return replace(record, file_urls=DiagramExportImageFileUrls(**addresses))


def addressed(service: Service, record: LandscapeExport, base_url: str) -> LandscapeExport:
    """A landscape export with an address in the place of its blob key."""
    if record.file_url is None:
        return record
    name = record.file_url.rpartition("/")[2]
    return replace(record, file_url=_address(service, base_url, record.file_url, FORMATS[record.type].media, name))


def _address(service: Service, base_url: str, key: str, content_type: str, name: str) -> str:
    return f"{base_url}/files/{service.tokens.sign(key, content_type, name)}" if key else ""


def thumbnail(service: Service, actor: Actor, path: Path, diagram_id: str, base_url: str) -> DiagramThumbnail:
    """A diagram's thumbnail, with the path's draft where it names one; raises NotFound for the diagram."""
    with viewing(service, actor, path) as (unit, place):
        return diagram_thumbnail(
            service, place, path.draft_id, unit.get(DIAGRAM, diagram_id, place.version_id), base_url
        )


def thumbnails(
    service: Service, actor: Actor, path: Path, asked: dict[str, Any], base_url: str
) -> dict[str, DiagramThumbnail]:
    """The thumbnails of the diagrams that match, by diagram id."""
    with viewing(service, actor, path) as (unit, place):
        found = [entity(DIAGRAM, text) for text in unit.texts(DIAGRAM, place.version_id, asked)]
    return {diagram.id: diagram_thumbnail(service, place, path.draft_id, diagram, base_url) for diagram in found}


def diagram_thumbnail(
    service: Service, place: Place, draft_id: str | None, diagram: Diagram, base_url: str
) -> DiagramThumbnail:
    """The thumbnail of a diagram that was found in this place."""
    return DiagramThumbnail(
        id=diagram.id,
        handle_id=diagram.handle_id,
        model_id=diagram.model_id,
        name=diagram.name,
        type=diagram.type,
        index=diagram.index,
        url=thumbnail_address(service, place, draft_id, base_url, diagram_id=diagram.id),
        expires=expiry(service.clock()),
        created_at=diagram.created_at,
        updated_at=diagram.updated_at,
    )


def thumbnail_address(
    service: Service, place: Place, draft_id: str | None, base_url: str, *, diagram_id: str, flow_id: str = ""
) -> str:
    """The address of a diagram's thumbnail or, with the flow's id, of the flow told over it."""
    where = (place.organization_id, place.landscape_id, place.version_id, diagram_id, draft_id or "", flow_id)
    return _address(service, base_url, _THUMBNAIL + "/".join(where), "image/png", f"{flow_id or diagram_id}.png")


def expiry(now: datetime) -> datetime:
    """When the address of a thumbnail runs out."""
    return now + _THUMBNAIL_STAYS


def read(service: Service, key: str, content_type: str, name: str) -> File:
    """The file a signed address names; raises NotFound when it is gone, Invalid where it can't be drawn."""
    with exports.refusing():
        if key.startswith(_THUMBNAIL):
            data = _drawn_thumbnail(service, key.removeprefix(_THUMBNAIL))
            return File(data=data, content_type=content_type, name=name)
        if key.startswith(_EXPORT):
            key = _exported(service, *key.removeprefix(_EXPORT).split("/"))
    return File(data=service.blobs.get(key), content_type=content_type, name=name)


def _exported(service: Service, version_id: str, export_id: str, name: str) -> str:
    """The blob key of an export's file, drawn now where no job has done it; raises NotFound for one that failed."""
    with service.reading() as unit:
        record: DiagramExportImage = unit.get(DIAGRAM_EXPORT_IMAGE, export_id, version_id)
        organization_id = unit.get(LANDSCAPE, record.landscape_id).organization_id
    if record.completed_at is UNSET:
        payload = {"exportId": export_id, "versionId": version_id, "organizationId": organization_id}
        exports.carry_out(service, payload)  # its job finds it done
        with service.reading() as unit:
            record = unit.get(DIAGRAM_EXPORT_IMAGE, export_id, version_id)
    key: str = getattr(record.file_urls, name)
    if not key:
        raise NotFound("This picture could not be drawn")
    return key


def _drawn_thumbnail(service: Service, path: str) -> bytes:
    organization_id, landscape_id, version_id, diagram_id, draft_id, flow_id = f"{path}//".split("/")[:6]
    place = Place(organization_id=organization_id, landscape_id=landscape_id, version_id=version_id, is_latest=True)
    with drafts.opened(service.database, draft_id or None) as unit:
        drafts.apply(unit, place, draft_id or None, now=service.clock)
        picture = exports.encoded(unit, place, diagram_id, flow_id or None)
    output = msgspec.json.encode(Output(max_width=_THUMBNAIL_WIDTH))
    parts = (picture, msgspec.json.encode(Options()), output)
    try:
        return service.blobs.get(f"{exports.drawn(service, *parts)[0]}.png")
    except NotFound:  # swept a moment ago, as old files are that no record names
        return service.blobs.get(f"{exports.drawn(service, *parts, again=True)[0]}.png")
