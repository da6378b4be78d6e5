"""The file of every format: the small landscape as it was kept, looked at when it changes."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from nunatak.core.work import LandscapeExportOptions
from nunatak.exchange.press import FORMATS, PICTURED, pressed
from tests.exchange.landscapes import parts, pictured

KEPT = Path(__file__).parent / "pressed"
ENCODE = msgspec.json.encode
SCENES = {(view.diagram.id, "light"): ENCODE(view.light) for view in pictured().diagrams}
CASES = {
    "landscape-v1.json": ("json", {}),
    "landscape-v2.json": ("json", {"schema": "v2"}),
    "objects.csv": ("object-csv", {}),
    "connections.csv": ("connection-csv", {}),
    "landscape.md": ("markdown", {}),
    "landscape.txt": ("llms", {}),
}


def file_of(kind: str, **options: str) -> bytes:
    return pressed(ENCODE(parts()), kind, ENCODE(LandscapeExportOptions(**options)), SCENES)


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_as_it_was_kept(name: str) -> None:
    kind, options = CASES[name]
    data = file_of(kind, **options)
    kept = KEPT / name
    if os.environ.get("NUNATAK_KEEP"):  # pragma: no cover - whoever keeps a file reads it first
        kept.write_bytes(data)
    assert data == kept.read_bytes(), f"{name} has changed: run with NUNATAK_KEEP=1, and read what git shows"


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_parts_give_the_same_bytes(kind: str) -> None:
    assert file_of(kind) == file_of(kind)


def test_scenes_come_into_the_formats_that_show_pictures() -> None:
    assert {kind: (b"<svg " in data, data.startswith(b"%PDF")) for kind in PICTURED if (data := file_of(kind))} == {
        "html": (True, False),
        "pdf": (False, True),
    }


def test_orientation_turns_every_page() -> None:
    import pypdfium2

    for orientation, wide in (("landscape", True), ("portrait", False)):
        with pypdfium2.PdfDocument(file_of("pdf", orientation=orientation)) as document:
            assert {page.get_width() > page.get_height() for page in document} == {wide}


def test_an_unknown_format_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no format 'docx'"):
        file_of("docx")
