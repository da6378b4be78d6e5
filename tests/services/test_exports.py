"""Exports: a record and its job together, one drawing a picture, and every end told in the record."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from PIL import Image

from nunatak.core.access import Actor
from nunatak.core.diagram import DiagramExportImageOptions, ExportFormat
from nunatak.core.errors import Invalid, NotFound, TooLarge
from nunatak.core.kinds import DIAGRAM, DIAGRAM_EXPORT_IMAGE, DRAFT, MODEL_OBJECT
from nunatak.core.work import DiagramExportImage
from nunatak.drawing.errors import DrawingFailed
from nunatak.jobs.pool import WorkerDied
from nunatak.render.draw import Files
from nunatak.services import exports, versions, work
from nunatak.services.places import Path
from nunatak.services.service import Service
from tests.drafted import add, draft, new, task
from tests.make import World, beside, placed, step


class Painted:
    """The renderer, with a count of what it drew."""

    def __init__(self, service: Service) -> None:
        self.count = 0
        self._painter = service.painter

    def __call__(self, picture: bytes, options: bytes, output: bytes) -> Files:
        self.count += 1
        return self._painter(picture, options, output)


def diagram_of(world: World, **values: Any) -> Any:
    return world.diagram(objects={"a": placed(world.object(name="Ledger", **values))})


def asked(world: World, diagram: Any, service: Service | None = None, **options: Any) -> DiagramExportImage:
    given = DiagramExportImageOptions(**options)
    return exports.create(service or world.service, world.actor, world.path, diagram.id, given)


def payload(world: World, record: DiagramExportImage) -> dict[str, str]:
    return {"exportId": record.id, "versionId": world.version_id, "organizationId": world.organization_id}


def found(world: World, record: DiagramExportImage) -> DiagramExportImage:
    return exports.get(world.service, world.actor, world.path, record.diagram_id, record.id)


def done(world: World, diagram: Any, service: Service | None = None, **options: Any) -> DiagramExportImage:
    """The record of an export after its job."""
    record = asked(world, diagram, service, **options)
    exports.carry_out(service or world.service, payload(world, record))
    return found(world, record)


def test_an_export_is_a_record_and_a_waiting_job_of_the_same_id(drawing: World) -> None:
    record = asked(drawing, diagram_of(drawing))
    assert drawing.service.jobs.status(record.id) == "waiting"  # type: ignore[attr-defined]
    assert (found(drawing, record).error, record.file_urls.png) == (None, "")
    assert record.delete_at - record.created_at == drawing.service.keep_files


def test_when_the_job_cannot_be_queued_there_is_no_record_either(drawing: World) -> None:
    diagram = diagram_of(drawing)

    class Full:
        def enqueue(self, connection: Any, kind: str, payload: Any, *, job_id: str, asked_by: str) -> None:
            drawing.service.jobs.enqueue(connection, kind, payload, job_id=job_id)
            queued.append(job_id)
            raise TooLarge("The queue is full")

    queued: list[str] = []
    with pytest.raises(TooLarge):
        asked(drawing, diagram, replace(drawing.service, jobs=Full()))
    assert drawing.service.jobs.status(queued[0]) is None  # type: ignore[attr-defined]
    assert drawing.ids(DIAGRAM_EXPORT_IMAGE) == []


def test_the_job_draws_both_files_and_ends_the_record(drawing: World) -> None:
    ended = done(drawing, diagram_of(drawing), max_width=300, theme="dark")
    svg = drawing.service.blobs.get(ended.file_urls.svg).decode()
    png = Image.open(io.BytesIO(drawing.service.blobs.get(ended.file_urls.png)))
    assert ended.completed_at
    assert ended.error is None
    assert "Ledger" in svg
    assert png.width == 300


def test_a_job_done_twice_leaves_the_record_as_it_was(drawing: World) -> None:
    ended = done(drawing, diagram_of(drawing))
    exports.carry_out(drawing.service, payload(drawing, ended))
    exports.fail(drawing.service, payload(drawing, ended), "too late")
    assert found(drawing, ended) == ended


def test_the_same_picture_is_drawn_once_and_another_one_anew(drawing: World) -> None:
    painted = Painted(drawing.service)
    service = replace(drawing.service, painter=painted)
    diagram = diagram_of(drawing)
    first, second = done(drawing, diagram, service), done(drawing, diagram, service)
    assert (painted.count, first.file_urls) == (1, second.file_urls)
    dark = done(drawing, diagram, service, theme="dark")
    narrow = done(drawing, diagram, service, max_width=200)
    drawing.update(MODEL_OBJECT, drawing.ids(MODEL_OBJECT, type=["system"])[0], name="Renamed")
    renamed = done(drawing, diagram, service)
    assert painted.count == 4
    assert len({one.file_urls.svg for one in (first, dark, narrow, renamed)}) == 4


def test_a_warning_is_told_by_the_first_export_and_by_one_that_found_the_picture_drawn(drawing: World) -> None:
    one, two = drawing.object(), drawing.object()
    far = drawing.diagram(objects={"a": placed(one), "b": placed(two, 60_000)})
    first, second = done(drawing, far), done(drawing, far)
    assert first.warnings
    assert first.warnings == second.warnings


def test_a_diagram_deleted_before_its_job_is_refused_in_words(drawing: World) -> None:
    diagram = diagram_of(drawing)
    record = asked(drawing, diagram)
    drawing.delete(DIAGRAM, diagram.id)
    with pytest.raises(NotFound, match="deleted before it was drawn") as refused:
        exports.carry_out(drawing.service, payload(drawing, record))
    exports.fail(drawing.service, payload(drawing, record), exports.reason(refused.value))
    with drawing.service.reading() as unit:
        ended = unit.get(DIAGRAM_EXPORT_IMAGE, record.id, drawing.version_id)
    assert (ended.error, bool(ended.completed_at)) == ("The diagram was deleted before it was drawn", True)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TooLarge("It took too long"), "It took too long"),
        (DrawingFailed("2 GB of pixels"), "2 GB of pixels"),
        (WorkerDied("signal 9"), "The picture broke its drawing process, or needed more memory than one may have"),
        (ValueError("secret=1"), "The picture could not be drawn; the server's log says why"),
    ],
)
def test_a_failure_is_told_in_words_that_leak_nothing(error: Exception, words: str) -> None:
    assert exports.reason(error) == words


def test_a_record_is_found_under_its_own_diagram_alone(drawing: World) -> None:
    record, other = asked(drawing, diagram_of(drawing)), drawing.diagram()
    with pytest.raises(NotFound, match="Diagram export image not found"):
        exports.get(drawing.service, drawing.actor, drawing.path, other.id, record.id)


def test_another_organizations_key_exports_nothing(drawing: World) -> None:
    diagram = diagram_of(drawing)
    stranger = Actor(kind="api-key", id="s", permissions={"another": "admin"}, name="S")
    with pytest.raises(NotFound, match="Landscape not found"):
        exports.create(drawing.service, stranger, drawing.path, diagram.id, DiagramExportImageOptions())


@pytest.mark.parametrize(("option", "name"), [("draft_id", "Draft"), ("flow_id", "Flow")])
def test_a_draft_or_flow_that_is_not_there_is_told_at_once(drawing: World, option: str, name: str) -> None:
    with pytest.raises(NotFound, match=f"{name} not found"):
        asked(drawing, diagram_of(drawing), **{option: "x"})
    assert drawing.ids(DIAGRAM_EXPORT_IMAGE) == []


def test_a_flow_is_drawn_on_its_own_diagram_alone(drawing: World) -> None:
    diagram, other = diagram_of(drawing), drawing.diagram()
    flow = drawing.flow(diagram)
    assert done(drawing, diagram, flow_id=flow.id).error is None
    with pytest.raises(Invalid) as refused:
        asked(drawing, other, flow_id=flow.id)
    expected = f"body.flowId: expected a flow of diagram {other.id}, got one of {diagram.id}"
    assert refused.value.errors == (expected,)


def test_a_key_that_only_reads_may_export(drawing: World) -> None:
    reader = Actor(kind="api-key", id="r", permissions={drawing.organization_id: "read"}, name="R")
    path = Path(landscape_id=drawing.path.landscape_id, version_id="latest")
    diagram = diagram_of(drawing)
    assert (
        exports.create(drawing.service, reader, path, diagram.id, DiagramExportImageOptions()).diagram_id == diagram.id
    )


def test_an_export_with_a_draft_draws_it_and_leaves_the_version_alone(drawing: World) -> None:
    diagram = diagram_of(drawing)
    plain = done(drawing, diagram)
    draft_id = draft(drawing, new(drawing, "fresh"), task("update", "diagram", diagram.id, {"name": "Drafted"}))
    objects = {"b": {"modelId": "fresh", "type": "system", "shape": "box", "x": 400, "y": 0}}
    add(drawing, draft_id, task("update", "diagram-content", diagram.id, {"objects": {"$add": objects}}))
    drafted = done(drawing, diagram, draft_id=draft_id)
    assert drafted.error is None
    svg = drawing.service.blobs.get(drafted.file_urls.svg)
    assert b">fresh<" in svg
    assert b"Ledger" in svg
    assert done(drawing, diagram).file_urls == plain.file_urls


def test_a_diagram_that_only_a_draft_has_can_be_exported(drawing: World) -> None:
    props = {"name": "D", "type": "context-diagram", "modelId": drawing.root_id, "index": 0}
    draft_id = draft(drawing, task("create", "diagram", "drafted", props))
    options = DiagramExportImageOptions(draft_id=draft_id)
    record = exports.create(drawing.service, drawing.actor, drawing.path, "drafted", options)
    exports.carry_out(drawing.service, payload(drawing, record))
    assert found(drawing, record).file_urls.png
    with pytest.raises(NotFound, match="Diagram not found"):
        exports.create(drawing.service, drawing.actor, drawing.path, "drafted", DiagramExportImageOptions())


def test_a_draft_that_is_deleted_before_the_job_is_told_of(drawing: World) -> None:
    diagram = diagram_of(drawing)
    draft_id = draft(drawing, new(drawing, "fresh"))
    record = asked(drawing, diagram, draft_id=draft_id)
    drawing.delete(DRAFT, draft_id)
    with pytest.raises(NotFound, match="The diagram or its draft was deleted before it was drawn"):
        exports.carry_out(drawing.service, payload(drawing, record))


def test_a_pdf_is_a_third_file_where_it_is_asked_for(drawing: World) -> None:
    diagram = diagram_of(drawing)
    record = done(drawing, diagram, format="pdf", scale=1.0, embed_fonts=False, background="transparent")
    assert drawing.service.blobs.get(str(record.file_urls.pdf)).startswith(b"%PDF-")
    assert b"@font-face" not in drawing.service.blobs.get(record.file_urls.svg)
    assert not done(drawing, diagram).file_urls.pdf


@pytest.mark.parametrize(
    ("format", "address", "begins"),
    [("film", "film", b"<svg "), ("pages", "pdf", b"%PDF-"), ("steps", "steps", b"PK\x03\x04")],
)
def test_a_flows_film_pages_and_steps_are_a_third_file(
    drawing: World, format: ExportFormat, address: str, begins: bytes
) -> None:
    diagram = diagram_of(drawing)
    flow = drawing.flow(diagram, steps={"s": step(1, "self-action", originId="a", description="Counts")})
    record = done(drawing, diagram, format=format, flow_id=flow.id)
    assert drawing.service.blobs.get(str(getattr(record.file_urls, address))).startswith(begins)
    others = {"film", "pdf", "steps"} - {address}
    assert not any(getattr(record.file_urls, other) for other in others)
    assert drawing.service.blobs.get(record.file_urls.png)


@pytest.mark.parametrize("format", ["film", "pages", "steps"])
def test_a_film_without_a_flow_is_refused_by_its_field(drawing: World, format: ExportFormat) -> None:
    with pytest.raises(Invalid) as refused:
        asked(drawing, diagram_of(drawing), format=format)
    expected = f"body.format: expected with a flowId, got {format!r} without: it shows the steps of a flow"
    assert refused.value.errors == (expected,)


def test_what_a_draft_changes_is_marked_unless_it_is_not_wanted(drawing: World) -> None:
    diagram = diagram_of(drawing)
    added = placed(drawing.object(name="Journal"), 384)
    draft_id = draft(drawing, task("update", "diagram-content", diagram.id, {"objects": {"$add": {"b": added}}}))
    marked, plain = (done(drawing, diagram, draft_id=draft_id, marks=marks) for marks in (UNSET, False))
    texts = [drawing.service.blobs.get(one.file_urls.svg).decode() for one in (marked, plain)]
    assert ["Journal [System] (added)" in text for text in texts] == [True, False]
    assert ["Journal" in text for text in texts] == [True, True]
    assert "Unchanged" not in texts[0]


def test_two_versions_are_one_picture_with_words_on_both(drawing: World) -> None:
    diagram = diagram_of(drawing)
    given = {"name": "May", "notes": "As it was in May", "modelHandleId": None}
    may = versions.create(drawing.service, drawing.actor, drawing.path.landscape_id, given)
    drawing.update(MODEL_OBJECT, drawing.ids(MODEL_OBJECT, type=["system"])[0], name="Book")
    record = done(drawing, diagram, from_=may.id)
    text = drawing.service.blobs.get(record.file_urls.svg).decode()
    assert "Book [System] (changed: name)" in text
    assert "May, 2026-01-01 → Current" in text
    assert (record.options.from_, record.options.to) == (may.id, drawing.version_id)
    drawing.delete(DIAGRAM, diagram.id)
    gone = drawing.service.blobs.get(done(drawing, diagram, from_=may.id).file_urls.svg).decode()
    assert "(removed)" in gone
    with pytest.raises(NotFound) as refused:
        asked(drawing, diagram, from_="nothing")
    assert refused.value.errors == ("body.from: expected the id of a version of this landscape, got 'nothing'",)


def test_a_title_says_of_which_version_the_picture_is(drawing: World) -> None:
    diagram = diagram_of(drawing)
    live = drawing.service.blobs.get(done(drawing, diagram, title=True).file_urls.svg)
    assert b"Context diagram \xc2\xb7 Current" in live


def test_of_two_processes_that_end_an_export_the_first_says_how(drawing: World) -> None:
    record = asked(drawing, diagram_of(drawing))
    given = payload(drawing, record)
    with drawing.service.database.write() as unit:
        work.end(
            drawing.service, unit, DIAGRAM_EXPORT_IMAGE, given, lambda old: msgspec.structs.replace(old, error="a")
        )
        unit.flush()
        second = beside(lambda: exports.fail(drawing.service, given, "b"))
    second.join()
    assert found(drawing, record).error == "a"
