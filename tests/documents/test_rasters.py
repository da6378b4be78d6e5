"""Pages as pixels."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from nunatak.documents import rasters, work
from nunatak.documents.page import Limits
from tests.documents import files


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_page_is_at_most_so_many_pixels_long_and_grey_without_colours() -> None:
    png = opened(work.raster(files.pdf(files.text("PT", 300, 200)), 1, Limits(png_side=300)))
    assert (png.size, png.mode) == ((300, 200), "L")


def test_a_coloured_page_keeps_its_colours() -> None:
    png = opened(work.raster(files.pdf("1 0 0 rg 0 0 600 400 re f"), 1, Limits(png_side=60)))
    assert (png.mode, png.getpixel((30, 20))) == ("RGB", (255, 0, 0))


def test_a_large_scan_is_made_smaller() -> None:
    png = opened(work.raster(files.image("TIFF", Image.new("1", (900, 300), 1)), 1, Limits(png_side=300)))
    assert png.size == (300, 100)


@pytest.mark.parametrize(
    ("image", "media"),
    [
        (Image.new("L", (50, 50), 255), "image/png"),
        (Image.linear_gradient("L"), "image/jpeg"),
        (Image.new("RGB", (50, 50), "red"), "image/jpeg"),
    ],
)
def test_line_work_is_a_png_and_a_photograph_a_jpeg(image: Image.Image, media: str) -> None:
    assert rasters.encoded(image)[0] == media


def test_soft_line_work_has_sixteen_greys() -> None:
    image = Image.new("L", (200, 200), 255)
    image.paste(0, (10, 10, 60, 60))
    image.paste(120, (60, 10, 70, 60))
    media, data = rasters.encoded(image)
    assert media == "image/png"
    assert abs(opened(data).convert("L").getpixel((65, 20)) - 120) <= 9  # type: ignore[operator]


def test_an_empty_page_has_no_picture() -> None:
    assert work.picture(files.image("PNG", Image.new("L", (50, 50), 255)), 1, Limits()).body == ""
