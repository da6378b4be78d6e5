"""The older ways to export: everything is done when they answer."""

from __future__ import annotations

import pytest

from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import NotFound
from nunatak.services import landscape_exports, older_exports
from tests.make import World, placed


def test_a_pdf_is_done_and_called_as_was_asked(drawing: World) -> None:
    record = older_exports.landscape_pdf(drawing.service, drawing.actor, drawing.path, name="My file")
    assert str(record.file_url).endswith("/my-file.pdf")
    assert drawing.service.blobs.get(str(record.file_url)).startswith(b"%PDF")


def test_a_pdfs_job_finds_it_done(drawing: World) -> None:
    record = older_exports.landscape_pdf(drawing.service, drawing.actor, drawing.path, name="")
    ids = {"exportId": record.id, "versionId": drawing.version_id, "organizationId": drawing.organization_id}
    landscape_exports.carry_out(drawing.service, ids)
    assert landscape_exports.get(drawing.service, drawing.actor, drawing.path, record.id) == record


def test_a_picture_is_done(drawing: World) -> None:
    diagram = drawing.diagram(objects={"a": placed(drawing.object())})
    options = DiagramExportImageOptions(theme="dark")
    record = older_exports.diagram_png(drawing.service, drawing.actor, drawing.path, diagram.id, options)
    assert drawing.service.blobs.get(record.file_urls.png).startswith(b"\x89PNG")


def test_a_diagram_that_is_not_there_is_refused(drawing: World) -> None:
    with pytest.raises(NotFound):
        older_exports.diagram_png(drawing.service, drawing.actor, drawing.path, "gone", DiagramExportImageOptions())
