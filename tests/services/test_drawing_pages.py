"""Pages of contents: made once, kept by digest, and what breaks one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nunatak.core.errors import Busy
from nunatak.core.file import FileContent, FilePiece, FileReference
from nunatak.documents.errors import Unreadable
from nunatak.jobs.pool import WorkerDied
from nunatak.services import drawing_files
from nunatak.services.drawing_pages import opened
from nunatak.services.page_making import Broken
from nunatak.services.service import Service
from tests.api.cognite.conftest import drawings as drawings
from tests.drawings import Drawings
from tests.drawings_pdf import pdf

SHEET = pdf("23-PT-1", "23-PT-2")


class Counting:
    """Makes calls here and remembers their names; `broken` ones end their process."""

    def __init__(self, *broken: str) -> None:
        self.calls: list[str] = []
        self._broken = broken

    def __call__(self, function: Callable[..., Any], *args: object) -> Any:
        name = getattr(function, "func", function).__name__
        self.calls.append(name)
        if name in self._broken:
            raise WorkerDied("gone")
        return function(*args)


class Running:
    """A job engine that runs."""

    def check(self) -> None:
        return


def content_of(drawings: Drawings, data: bytes) -> FileContent:
    made = drawings.made(data)
    world = drawings.world
    names = [FileReference(id=made["id"])]
    content = drawing_files.find(world.service, world.actor, world.organization_id, names)[0].content
    assert content is not None
    return content


def working(drawings: Drawings, apart: Any, **more: Any) -> Service:
    return replace(drawings.world.service, documents=apart, reader="r1", **more)


def test_what_was_made_of_a_page_is_not_made_again(drawings: Drawings) -> None:
    content, first, second = content_of(drawings, SHEET), Counting(), Counting()
    made = []
    for apart in (first, second):
        with opened(working(drawings, apart), content) as pages:
            made.append((pages.document(), pages.text(1), pages.drawn(2, grayscale=True), pages.raster(2)))
    assert first.calls == ["look", "read", "draw", "raster"]
    assert second.calls == []
    assert made[0] == made[1]
    third = Counting()
    with opened(replace(working(drawings, third), reader="r2"), content) as pages:
        pages.document()
    assert third.calls == ["look"]


def test_equal_contents_of_two_files_are_read_once(drawings: Drawings) -> None:
    apart = Counting()
    for content in (content_of(drawings, SHEET), content_of(drawings, SHEET)):
        with opened(working(drawings, apart), content) as pages:
            assert len(pages.document().pages) == 2
    assert apart.calls == ["look"]


def test_a_content_in_pieces_is_put_together_for_as_long_as_it_is_read(drawings: Drawings, tmp_path: Path) -> None:
    blobs = drawings.world.service.blobs
    blobs.put("contents/a", SHEET[:300])
    blobs.put("contents/b", SHEET[300:])
    pieces = [FilePiece(key="contents/a", size=300), FilePiece(key="contents/b", size=len(SHEET) - 300)]
    content = FileContent(pieces=pieces, size=len(SHEET), digest="d" * 64)
    with opened(working(drawings, Counting()), content) as pages:
        source = pages._making.source
        assert source.read_bytes() == SHEET
        assert pages.text(2).words[0].text == "23-PT-2"
    assert not source.exists()


def test_a_page_that_breaks_its_process_is_drawn_as_a_picture(drawings: Drawings) -> None:
    apart = Counting("draw")
    with opened(working(drawings, apart, jobs=Running()), content_of(drawings, SHEET)) as pages:
        assert pages.drawn(1, grayscale=True).kind == "picture"
    assert apart.calls == ["draw", "draw", "picture"]


def test_a_page_that_breaks_its_process_twice_is_refused_in_words(drawings: Drawings) -> None:
    with opened(working(drawings, Counting("read"), jobs=Running()), content_of(drawings, SHEET)) as pages:
        with pytest.raises(Broken, match="breaks the program that reads it"):
            pages.text(1)
        assert len(pages.document().pages) == 2


def test_a_server_that_stops_breaks_no_page(drawings: Drawings) -> None:
    """Its processes end, and the job is done again after the next start."""
    with opened(working(drawings, Counting("read")), content_of(drawings, SHEET)) as pages, pytest.raises(Busy):
        pages.text(1)


def test_a_file_without_content_has_no_pages(drawings: Drawings) -> None:
    with pytest.raises(Unreadable, match="nothing was uploaded yet"), opened(drawings.world.service, None):
        pass
