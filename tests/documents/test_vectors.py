"""PDF pages as vectors, and when they become pictures instead."""

from __future__ import annotations

from PIL import Image

from nunatak.documents import work
from nunatak.documents.page import Limits
from tests.documents import files

LIMITS = Limits()
LINES = "2 w " + "".join(f"{20 + 20 * place} 20 m {20 + 20 * place} 380 l S " for place in range(25))


def test_a_drawn_page_is_vectors_the_same_every_time() -> None:
    content = files.pdf(LINES + files.text("PT-1019", 300, 200))
    drawn = work.draw(content, 1, LIMITS)
    assert (drawn.kind, drawn.note) == ("vector", "")
    assert "<image" not in drawn.body
    assert drawn == work.draw(content, 1, LIMITS)


def test_a_turned_and_cropped_page_has_the_size_that_is_displayed() -> None:
    drawn = work.draw(files.pdf(LINES, page="/Rotate 90 /CropBox [100 50 500 350]"), 1, LIMITS)
    assert (drawn.kind, drawn.page.width, drawn.page.height, drawn.page.rotation) == ("vector", 300, 400, 90)


def test_a_scan_is_a_picture_of_what_is_not_paper() -> None:
    scan = Image.new("1", (400, 300), 1)
    scan.paste(0, (100, 100, 140, 120))
    drawn = work.draw(files.image("TIFF", scan), 1, LIMITS)
    assert drawn.kind == "picture"
    assert drawn.body.startswith('<image x="96.000" y="96.000" width="48.000" height="28.000"')
    assert len(drawn.body) < 400


def test_vectors_too_large_to_serve_become_a_picture_that_says_why() -> None:
    drawn = work.draw(files.pdf(LINES), 1, Limits(svg_bytes=50, png_side=600))
    assert drawn.kind == "picture"
    assert drawn.note


def test_colours_are_kept_or_made_grey() -> None:
    content = files.pdf("1 0 0 RG " + LINES)
    assert "#ff0000" in work.draw(content, 1, LIMITS, grayscale=False).body
    assert "#4c4c4c" in work.draw(content, 1, LIMITS).body
