"""Image exports: asked for in one transaction with their job, carried out by the job, answered as a record."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from nunatak.core.access import Actor
from nunatak.core.diagram import Diagram, DiagramExportImageOptions, ExportFormat
from nunatak.core.errors import Busy, Invalid, NotFound, Refusal
from nunatak.core.kinds import DIAGRAM, DIAGRAM_EXPORT_IMAGE, FLOW
from nunatak.core.work import DiagramExportImage, DiagramExportImageFileUrls
from nunatak.drawing.errors import DrawingFailed
from nunatak.jobs.pool import WorkerDied
from nunatak.render.draw import Files
from nunatak.render.options import Options, Output
from nunatak.render.picture import Picture
from nunatak.services import blob_names, bounds, comparisons, drafts, pictures, places, work
from nunatak.services.changes import Ledger, new_id
from nunatak.services.comparisons import States
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit

JOB = "render-image"
# How the file ends that a format adds.
SUFFIXES: dict[ExportFormat, str] = {"pdf": ".pdf", "pages": ".pdf", "film": ".film.svg", "steps": ".zip"}
_ENCODER = msgspec.json.Encoder(order="deterministic")


def create(
    service: Service, actor: Actor, path: Path, diagram_id: str, options: DiagramExportImageOptions
) -> DiagramExportImage:
    """Records the work and queues its job, both or neither; raises NotFound for a diagram, draft or flow that isn't
    there."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "read")
        compared = _states(ledger.unit, actor, path, options)
        diagram = _wanted(service, ledger.unit, compared, diagram_id, options)
        if comparisons.are_versions(options):  # as they are now, whatever `latest` will be
            options = replace(options, from_=compared.before.version_id, to=compared.after.version_id)
        record = DiagramExportImage(
            id=new_id(),
            landscape_id=place.landscape_id,
            version_id=place.version_id,
            diagram_id=diagram.id,
            options=options,
            created_at=ledger.stamp.at,
            delete_at=ledger.stamp.at + service.keep_files,
        )
        ledger.unit.add(DIAGRAM_EXPORT_IMAGE, record)
        payload = {"exportId": record.id, "versionId": place.version_id, "organizationId": place.organization_id}
        bounds.queue(service, ledger.unit, JOB, payload, job_id=record.id)
        _note(ledger, place, diagram, options)
        return record


def _note(ledger: Ledger, place: Place, diagram: Diagram, options: DiagramExportImageOptions) -> None:
    """Tells the log."""
    version = places.version(ledger.unit, place.landscape_id, place.version_id)
    context = {"diagramName": diagram.name, "diagramType": diagram.type, "versionName": version.name}
    props = {"versionId": version.id, "filename": "", "bucketPath": "", "options": msgspec.to_builtins(options)}
    ledger.note("diagram-export", place, diagram.id, handle_id=diagram.handle_id, context=context, props=props)


def _states(unit: Unit, actor: Actor, path: Path, options: DiagramExportImageOptions) -> States:
    """The versions that are compared, the path's where none is named."""
    before, after = options.from_ or None, options.to or None
    draft_id = draft_of(options)
    return comparisons.states(unit, actor, path, before=before, after=after, draft_id=draft_id, sent="body")


def _wanted(
    service: Service, unit: Unit, compared: States, diagram_id: str, options: DiagramExportImageOptions
) -> Diagram:
    """The diagram as it is with the draft that is asked for, or else as it was; raises NotFound for it, the draft and
    the flow."""
    draft_id, place = compared.draft_id, compared.after
    drafts.require(unit, place, draft_id)
    with drafts.applied(unit, place, draft_id, now=service.clock):
        found: Diagram | None = unit.find(DIAGRAM, diagram_id, place.version_id)
        if found is not None:
            _told_over(unit, place, found, options)
            return found
    gone: Diagram = unit.get(DIAGRAM, diagram_id, compared.before.version_id)
    return gone


def draft_of(options: DiagramExportImageOptions) -> str | None:
    """The draft that is to be applied first."""
    return None if options.draft_id is UNSET else options.draft_id


def _told_over(unit: Unit, place: Place, diagram: Diagram, options: DiagramExportImageOptions) -> None:
    """Raises NotFound for a flow that isn't there, Invalid for one of another diagram and for a format that needs
    one."""
    flow_id = options.flow_id
    if flow_id is UNSET:
        if options.format in ("film", "pages", "steps"):
            expected = f"expected with a flowId, got {options.format!r} without: it shows the steps of a flow"
            raise Invalid("There is no flow to show", (f"body.format: {expected}",))
        require_flow(options, "body")
        return
    if options.sequence and options.format in ("film", "pages", "steps"):
        expected = f"expected 'pdf' or none with sequence, got {options.format!r}"
        raise Invalid("A sequence has no moving or paged form", (f"body.format: {expected}",))
    flow = unit.find(FLOW, flow_id, place.version_id)
    if flow is None:
        raise NotFound("Flow not found", (f"body.flowId: expected the id of a flow, got {flow_id!r}",))
    if flow.diagram_id != diagram.id:
        expected = f"expected a flow of diagram {diagram.id}, got one of {flow.diagram_id}"
        raise Invalid("The flow is told over another diagram", (f"body.flowId: {expected}",))


def require_flow(options: DiagramExportImageOptions, sent: str) -> None:
    """Raises Invalid for a sequence of no flow."""
    if options.sequence and not options.flow_id:
        raise Invalid("There is no flow to show", (f"{sent}.sequence: expected with a flowId, got none",))


def get(service: Service, actor: Actor, path: Path, diagram_id: str, export_id: str) -> DiagramExportImage:
    """The record of the work; raises NotFound."""
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "read")
        record: DiagramExportImage = unit.get(DIAGRAM_EXPORT_IMAGE, export_id, place.version_id)
        if record.diagram_id not in (diagram_id, _id(unit, place, diagram_id)):
            raise NotFound("Diagram export image not found")
        return record


def _id(unit: Unit, place: Place, diagram_id: str) -> str | None:
    """The id of a diagram that may be named by its handle; None for one that only a draft has, or that is gone."""
    found = unit.find(DIAGRAM, diagram_id, place.version_id)
    return None if found is None else str(found.id)


def carry_out(service: Service, payload: dict[str, str]) -> None:
    """The job: draws the picture unless the same one lies there already, and completes the record. Done twice, it
    writes the same bytes again."""
    with service.reading() as unit:
        record: DiagramExportImage | None = work.waiting(unit, DIAGRAM_EXPORT_IMAGE, payload)
    if record is None:
        return
    picture = _encoded(service, record, payload["organizationId"])
    parts = (picture, rendering(record.options), output_of(record.options))
    for again in (False, True, True):  # the files may have been swept a moment ago
        if _completed(service, payload, record, drawn(service, *parts, again=again)):
            return
    raise Busy("The picture's files are removed while they are made; try again")


def _completed(
    service: Service, payload: dict[str, str], record: DiagramExportImage, made: tuple[str, tuple[str, ...]]
) -> bool:
    """Completes the record with what was drawn, unless its files are gone; whether they are there."""
    key, warnings = made
    urls = replace(DiagramExportImageFileUrls(png=f"{key}.png", svg=f"{key}.svg"), **_more(key, record.options))
    with service.database.write() as unit:
        if not blob_names.safe(unit, service.blobs, blob_names.of_urls(urls)):
            return False
        told = list(warnings) or UNSET
        work.end(service, unit, DIAGRAM_EXPORT_IMAGE, payload, lambda old: replace(old, file_urls=urls, warnings=told))
        return True


def _more(key: str, options: DiagramExportImageOptions) -> dict[str, str]:
    """Under which name of the addresses the file lies that was asked for besides, and its blob key."""
    if options.format is UNSET:
        return {}
    name = "pdf" if options.format == "pages" else options.format
    return {name: f"{key}{SUFFIXES[options.format]}"}


def fail(service: Service, payload: dict[str, str], message: str) -> None:
    """Ends the record with the reason in words."""
    work.fail(service, DIAGRAM_EXPORT_IMAGE, payload, message)


def _encoded(service: Service, record: DiagramExportImage, organization_id: str) -> bytes:
    place = work.place_of(record, organization_id)
    draft_id, options = draft_of(record.options), record.options
    try:
        if comparisons.are_versions(options) or (draft_id is not None and options.marks is not False):
            compared = States(before=_other(place, options.from_), after=_other(place, options.to), draft_id=draft_id)
            return json_of(comparisons.picture(service, compared, record.diagram_id, options))
        with drafts.opened(service.database, draft_id) as unit:
            drafts.apply(unit, place, draft_id, now=service.clock)
            titled = bool(options.title)
            return encoded(unit, place, record.diagram_id, options.flow_id or None, titled=titled)
    except NotFound:
        gone = "The diagram" if draft_id is None else "The diagram or its draft"
        raise NotFound(f"{gone} was deleted before it was drawn") from None


def _other(place: Place, version_id: str | UnsetType) -> Place:
    return place if version_id is UNSET else dataclasses.replace(place, version_id=version_id)


def encoded(unit: Unit, place: Place, diagram_id: str, flow_id: str | None = None, *, titled: bool = False) -> bytes:
    """A diagram's picture, with a flow told over it and words on its version for a title, as JSON: the same bytes for
    the same picture."""
    return json_of(pictures.load(unit, place, diagram_id, flow_id, titled=titled))


def json_of(picture: Picture) -> bytes:
    """A picture as it is drawn from."""
    return _ENCODER.encode(picture)


def drawn(
    service: Service, picture: bytes, options: bytes, output: bytes, *, again: bool = False, raster: bool = True
) -> tuple[str, tuple[str, ...]]:
    """The blob key, without its suffix, under which a picture's files lie, drawing them if they don't yet, or `again`
    in any case; and what a reader should know of them. Without `raster` the SVG alone is drawn: the PNG is most of the
    work of a large picture. The key is the digest of all that the bytes depend on."""
    parts = (service.renderer.encode(), picture, options, output)
    key = f"{blob_names.PICTURES}/{hashlib.sha256(b'|'.join(parts)).hexdigest()}"
    if not again:
        with suppress(NotFound):
            warnings = tuple(msgspec.json.decode(service.blobs.get(f"{key}.json")))
            service.meters.picture(found=True)
            return key, warnings
    wanted = msgspec.json.decode(output, type=Output)
    if not raster and wanted.raster:
        return drawn(service, picture, options, _ENCODER.encode(replace(wanted, raster=False)), again=again)
    service.meters.picture(found=False)
    with service.meters.render():
        files = service.painter(picture, options, output)
    _put(service, key, files, wanted)
    return key, files.warnings


def _put(service: Service, key: str, files: Files, wanted: Output) -> None:
    """Writes a picture's files; the last one says that the others are there."""
    service.blobs.put(f"{key}.svg", files.svg)
    if files.png:
        service.blobs.put(f"{key}.png", files.png)
    if files.more:
        service.blobs.put(f"{key}{SUFFIXES[wanted.format or 'pdf']}", files.more)
    service.blobs.put(f"{key}.json", _ENCODER.encode(files.warnings))


def rendering(options: DiagramExportImageOptions) -> bytes:
    """The renderer's options of an export's, as JSON."""
    given = {name: value for name, value in msgspec.structs.asdict(options).items() if value is not UNSET}
    wanted = {name: given[name] for name in Options.__struct_fields__ if name in given}
    lists = {name: tuple(value) for name, value in wanted.items() if isinstance(value, list)}
    clear = {"transparent": True} if options.background == "transparent" else {}
    return _ENCODER.encode(replace(Options(), **wanted | lists | clear))


def output_of(options: DiagramExportImageOptions) -> bytes:
    """The files that were asked for, as JSON."""
    output = Output(
        max_width=options.max_width or None,
        scale=options.scale or None,
        format=options.format or None,
        embed_fonts=options.embed_fonts is not False,
    )
    return _ENCODER.encode(output)


@contextmanager
def refusing() -> Iterator[None]:
    """Drawing that fails is refused in words, for somebody who waits for the answer; of a job's its record tells."""
    try:
        yield
    except (DrawingFailed, WorkerDied) as error:
        raise Invalid(reason(error)) from error


def reason(error: BaseException) -> str:
    """A failure in words that tell a caller something and leak nothing."""
    if isinstance(error, Refusal):
        return error.message
    if isinstance(error, DrawingFailed):
        return str(error)
    if isinstance(error, WorkerDied):
        return "The picture broke its drawing process, or needed more memory than one may have"
    return "The picture could not be drawn; the server's log says why"
