"""The older ways to export, which answer when all is done: the same records and jobs, carried out at once."""

from __future__ import annotations

from nunatak.core.access import Actor
from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.work import DiagramExportImage, LandscapeExport
from nunatak.services import exports, landscape_exports, places
from nunatak.services.landscape_exports import Wish
from nunatak.services.places import Path
from nunatak.services.service import Service


def landscape_pdf(service: Service, actor: Actor, path: Path, *, name: str) -> LandscapeExport:
    """A version as PDF, called `name` or as its landscape. Raises the refusal for which it can't be written."""
    record = landscape_exports.create(service, actor, path, Wish(type="pdf", name=name))
    payload = _payload(service, actor, path, record.id) | {"name": name}
    with exports.refusing():
        landscape_exports.carry_out(service, payload)  # its job finds it done
    return landscape_exports.get(service, actor, path, record.id)


def diagram_png(
    service: Service, actor: Actor, path: Path, diagram_id: str, options: DiagramExportImageOptions
) -> DiagramExportImage:
    """A diagram's picture. Raises the refusal for which it can't be drawn."""
    record = exports.create(service, actor, path, diagram_id, options)
    with exports.refusing():
        exports.carry_out(service, _payload(service, actor, path, record.id))
    return exports.get(service, actor, path, record.diagram_id, record.id)


def _payload(service: Service, actor: Actor, path: Path, export_id: str) -> dict[str, str]:
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "read")
    return {"exportId": export_id, "versionId": place.version_id, "organizationId": place.organization_id}
