"""Files at signed addresses: exports' pictures and thumbnails, for as long as the address holds."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import NotFound
from nunatak.core.kinds import DIAGRAM, DRAFT, MODEL_OBJECT
from nunatak.services import exports, files
from tests.drafted import draft, seen, task
from tests.make import World, placed

BASE = "https://pictures.example.org"


def read(world: World, url: str) -> files.File:
    signed = world.service.tokens.read(url.removeprefix(f"{BASE}/files/"))  # type: ignore[attr-defined]
    return files.read(world.service, signed.key, signed.content_type, signed.name)


def thumbnail(world: World, diagram_id: str) -> files.DiagramThumbnail:
    return files.thumbnail(world.service, world.actor, world.path, diagram_id, BASE)


def test_an_exports_addresses_lead_to_its_files_once_it_is_done(drawing: World) -> None:
    diagram = drawing.diagram(objects={"a": placed(drawing.object())})
    record = exports.create(
        drawing.service, drawing.actor, drawing.path, diagram.id, DiagramExportImageOptions(max_width=200)
    )
    early = files.answered(drawing.service, record, BASE).file_urls
    payload = {
        "exportId": record.id,
        "versionId": drawing.version_id,
        "organizationId": drawing.organization_id,
    }
    exports.carry_out(drawing.service, payload)
    done = exports.get(drawing.service, drawing.actor, drawing.path, diagram.id, record.id)
    urls = files.answered(drawing.service, done, BASE).file_urls
    png, svg = read(drawing, urls.png), read(drawing, urls.svg)
    assert (png.content_type, png.name, Image.open(io.BytesIO(png.data)).width) == (
        "image/png",
        f"{diagram.id}.png",
        200,
    )
    assert (svg.content_type, svg.name, svg.data[:4]) == ("image/svg+xml", f"{diagram.id}.svg", b"<svg")
    assert (read(drawing, early.png), read(drawing, early.svg)) == (png, svg)  # addresses of before lead there too


def test_who_opens_an_exports_address_before_its_job_gets_the_picture(drawing: World) -> None:
    diagram = drawing.diagram(objects={"a": placed(drawing.object(name="Early"))})
    given = (drawing.service, drawing.actor, drawing.path, diagram.id)
    record = exports.create(*given, DiagramExportImageOptions())
    urls = files.answered(drawing.service, record, BASE).file_urls
    assert b"Early" in read(drawing, urls.svg).data
    assert read(drawing, urls.png).data[:4] == b"\x89PNG"
    assert exports.get(*given, record.id).completed_at


def test_an_export_that_failed_has_no_picture_at_its_address(drawing: World) -> None:
    diagram = drawing.diagram()
    given = (drawing.service, drawing.actor, drawing.path, diagram.id)
    record = exports.create(*given, DiagramExportImageOptions())
    exports.fail(drawing.service, {"exportId": record.id, "versionId": drawing.version_id}, "No")
    url = files.answered(drawing.service, exports.get(*given, record.id), BASE).file_urls.png
    with pytest.raises(NotFound, match="could not be drawn"):
        read(drawing, url)
    drawing.delete(DIAGRAM, diagram.id)
    with pytest.raises(NotFound):
        read(drawing, url)


def test_a_thumbnail_is_drawn_at_its_first_look_and_shows_the_diagram_as_it_is_then(drawing: World) -> None:
    model = drawing.object(name="Before")
    diagram = drawing.diagram(objects={"a": placed(model)})
    shown = thumbnail(drawing, diagram.id)
    first = read(drawing, shown.url).data
    assert Image.open(io.BytesIO(first)).width == 640
    assert read(drawing, shown.url).data == first
    drawing.update(MODEL_OBJECT, model.id, name="Afterwards")
    assert read(drawing, shown.url).data != first


def test_a_diagram_has_its_thumbnail_by_handle_too(drawing: World) -> None:
    diagram = drawing.diagram(handleId="my-diagram")
    assert thumbnail(drawing, "my-diagram").id == diagram.id
    with pytest.raises(NotFound, match="Diagram not found"):
        thumbnail(drawing, "nothing")


def test_thumbnails_are_those_of_the_diagrams_that_match(drawing: World) -> None:
    one = drawing.diagram(name="Overview")
    drawing.diagram(name="Other")
    found = files.thumbnails(drawing.service, drawing.actor, drawing.path, {"name": "over"}, BASE)
    assert {id_: shown.name for id_, shown in found.items()} == {one.id: "Overview"}


def test_an_address_outlives_neither_its_diagram_nor_its_time(drawing: World) -> None:
    diagram = drawing.diagram()
    shown = thumbnail(drawing, diagram.id)
    token = shown.url.rpartition("/")[2]
    tokens = drawing.service.tokens
    with pytest.raises(NotFound):
        tokens.read(token, max_age=-1)  # type: ignore[attr-defined]
    drawing.delete(DIAGRAM, diagram.id)
    with pytest.raises(NotFound):
        read(drawing, shown.url)


def test_a_thumbnail_with_a_draft_shows_it(drawing: World) -> None:
    model = drawing.object(name="Stored")
    diagram = drawing.diagram(objects={"a": placed(model)})
    draft_id = draft(drawing, task("update", "model-object", model.id, {"name": "Drafted", "external": True}))
    drafted = files.thumbnail(drawing.service, drawing.actor, seen(drawing, draft_id), diagram.id, BASE)
    assert read(drawing, drafted.url).data != read(drawing, thumbnail(drawing, diagram.id).url).data
    several = files.thumbnails(drawing.service, drawing.actor, seen(drawing, draft_id), {}, BASE)
    assert read(drawing, several[diagram.id].url).data == read(drawing, drafted.url).data
    drawing.delete(DRAFT, draft_id)
    with pytest.raises(NotFound):
        read(drawing, drafted.url)
