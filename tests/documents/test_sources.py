"""Words that are read elsewhere than in a page's text, when a request says so."""

from __future__ import annotations

from nunatak.documents import reading, sources
from nunatak.documents.page import Limits, Word
from tests.documents.files import pdf, text

LIMITS = Limits()


def annotation(words: str, box: str, writer: str = "AutoCAD SHX Text") -> str:
    return f"<< /Type /Annot /Subtype /Square /T ({writer}) /Contents ({words}) /Rect [{box}] >>"


def sheet(*annotations: str, page: str = "") -> bytes:
    numbers = " ".join(f"{5 + at} 0 R" for at in range(len(annotations)))
    written = text("23-PT-2", 100, 100) + text("23-XX-8", 300, 200)
    return pdf(written, page=f"/Annots [{numbers}] {page}", more=annotations)


def words(content: bytes) -> list[Word]:
    return list(sources.read(content, 1, LIMITS, "annotations").words)


def test_stroke_texts_are_read_from_annotations_and_take_the_place_of_what_is_written_there() -> None:
    content = sheet(annotation("23-PT-1 OPEN", "290 190 410 215"), annotation("23-PT-9", "0 0 50 20", "a reviewer"))
    found = words(content)
    assert [word.text for word in found] == ["23-PT-1", "OPEN", "23-PT-2"]
    first = found[0]
    assert abs(first.box.left - 290 / 600) < 1e-6
    assert abs(first.box.right - (290 + 120 * 7 / 12) / 600) < 1e-6
    assert abs(first.box.top - (1 - 215 / 400)) < 1e-6
    assert first.line != found[2].line


def test_stroke_texts_higher_than_wide_are_read_upwards() -> None:
    (word, *_) = words(sheet(annotation("23-PT-1", "500 100 520 250")))
    assert word.angle == 270


def test_stroke_texts_of_a_turned_page_stand_where_they_are_displayed() -> None:
    (word, *_) = words(sheet(annotation("23-PT-1", "0 0 60 20"), page="/Rotate 90"))
    assert (word.box.left, word.box.top) == (0, 0)


def test_without_embedded_text_only_pixels_are_read() -> None:
    """White letters on white are in the text, and nobody sees them."""
    content = pdf("1 1 1 rg " + text("23-PT-1", 50, 300, size=30) + "0 0 0 rg " + text("23-LV-2", 50, 100, size=30))
    assert [word.text for word in reading.read(content, 1, LIMITS).words] == ["23-PT-1", "23-LV-2"]
    seen = sources.read(content, 1, LIMITS, "pixels")
    assert [word.text for word in seen.words] == ["23-LV-2"]
    assert (seen.source, seen.page, seen.width) == ("ocr", 1, 600)
    assert abs(seen.words[0].box.left - 50 / 600) < 0.02
