"""What a document is, and how large its pages are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from nunatak.documents import pages, pdfium
from nunatak.documents.errors import Encrypted, TooBig, TooManyPages, Truncated, UnknownKind, Unreadable
from nunatak.documents.page import Limits, Page
from tests.documents import files

LIMITS = Limits()
ENCRYPT = f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>"


def test_the_kind_is_read_from_the_bytes_whatever_the_name_says(tmp_path: Path) -> None:
    drawing = tmp_path / "drawing.pdf"
    drawing.write_bytes(files.image("PNG", Image.new("L", (30, 20))))
    assert pages.look(drawing, LIMITS).media_type == "image/png"


def test_a_pdf_may_begin_with_other_bytes() -> None:
    assert pages.media_type(b"\xef\xbb\xbf\n\n%PDF-1.4") == "application/pdf"


def test_bytes_of_no_known_kind_are_refused() -> None:
    with pytest.raises(UnknownKind, match="no PDF, TIFF, PNG or JPEG"):
        pages.look(b"GIF89a" + bytes(50), LIMITS)


def test_sizes_are_those_of_the_displayed_page() -> None:
    content = files.pdf("", "", size=(0, 0, 600, 400), page="/Rotate 90 /CropBox [100 50 500 350]")
    assert [(page.number, page.width, page.height) for page in pages.look(content, LIMITS).pages] == [
        (1, 300, 400),
        (2, 300, 400),
    ]


def test_every_page_of_a_tiff_is_listed_with_its_own_size() -> None:
    content = files.image(
        "TIFF", Image.new("1", (40, 30)), save_all=True, append_images=[Image.new("1", (20, 10))], compression="group4"
    )
    assert pages.look(content, LIMITS).pages == (
        Page(number=1, width=40, height=30),
        Page(number=2, width=20, height=10),
    )


def test_a_photograph_taken_sideways_is_as_wide_as_it_is_displayed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = files.image("JPEG", Image.new("RGB", (40, 30)), exif=exif)
    assert pages.look(content, LIMITS).pages == (Page(number=1, width=30, height=40, rotation=90),)


def test_an_encrypted_pdf_is_refused_as_that() -> None:
    with pytest.raises(Encrypted, match="password"):
        pages.look(files.pdf("", trailer=ENCRYPT), LIMITS)


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing more", files.image("PNG", Image.new("L", (9, 9)))[:20]])
def test_a_file_that_ends_too_early_is_refused_as_that(content: bytes) -> None:
    with pytest.raises(Truncated, match="ends too early"):
        pages.look(content, LIMITS)


def test_more_pages_than_the_limit_are_refused() -> None:
    two = Image.new("1", (9, 9))
    tiff = files.image("TIFF", two, save_all=True, append_images=[two])
    for content in (files.pdf("", ""), tiff):
        with pytest.raises(TooManyPages):
            pages.look(content, Limits(pages=1))


def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    content = files.image("PNG", Image.new("1", (3000, 2000)))
    with pytest.raises(TooBig, match="3,000 x 2,000 pixels"):
        pages.look(content, Limits(pixels=1_000_000))


def test_a_file_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    content = files.pdf("")
    path = tmp_path / "large"
    path.write_bytes(content)
    for given in (content, path):
        with pytest.raises(TooBig, match="bytes"):
            pages.look(given, Limits(content_bytes=100))


def test_a_damaged_page_does_not_hide_the_others() -> None:
    content = files.pdf("", "", "").replace(b"/Kids [5 0 R 7 0 R", b"/Kids [5 0 R 4 0 R")
    assert [page.number for page in pages.look(content, LIMITS).pages] == [1, 2, 3]
    with pytest.raises(Unreadable, match="Page 2 can't be read"), pdfium.opened_page(content, 2):
        pass
