"""Every sort of page as its PNG and as its SVG: the ink is where somebody who looks at the file sees it."""

from __future__ import annotations

import io
from typing import Any

import numpy
import pytest
import resvg
from PIL import Image

from nunatak.documents import overlay, work
from nunatak.documents.page import Limits
from tests.documents import files

LIMITS = Limits(png_side=600)
WIDE, HIGH = 400, 300
INK = (100, 50)  # the middle of the mark, from the top left of the picture, in its pixels
Place = tuple[float, float]


def seen(content: bytes, page: int = 1) -> list[Image.Image]:
    """The page's PNG, and what its SVG looks like, both in grey."""
    drawn = work.draw(content, page, LIMITS)
    svg = overlay.svg(drawn, None, [])
    size = f'width="{drawn.page.width:g}" height="{drawn.page.height:g}"'
    assert size in svg
    tree = resvg.usvg.Tree.from_str(svg, resvg.usvg.Options.default())
    pictures = [work.raster(content, page, LIMITS), bytes(resvg.render(tree, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)))]
    return [Image.open(io.BytesIO(data)).convert("L") for data in pictures]


def inked(content: bytes, place: Place, page: int = 1) -> None:
    """Checks that a page has ink at a place in 0..1 of it, and none at those that it would be at turned or mirrored."""
    x, y = place
    others = {(1 - x, y), (x, 1 - y), (1 - x, 1 - y), (y, x), (1 - y, x), (y, 1 - x), (1 - y, 1 - x)}
    for picture in seen(content, page):
        assert _at(picture, place) < 128
        assert [one for one in others if _at(picture, one) < 128] == []


def _at(picture: Image.Image, place: Place) -> int:
    found: Any = picture.getpixel((int(place[0] * picture.width), int(place[1] * picture.height)))
    return int(found)


@pytest.mark.parametrize(("rotate", "place"), [(0, (0.2, 0.1)), (90, (0.9, 0.2)), (180, (0.8, 0.9)), (270, (0.1, 0.8))])
def test_a_turned_page_whose_edges_are_cut_off(rotate: int, place: Place) -> None:
    mark = "170 265 20 40 re f 120 60 10 10 re f 5 5 40 40 re f"  # the last one is cut off
    content = files.pdf(mark, page=f"/Rotate {rotate} /CropBox [100 50 500 300]")
    x = (180 - 100) / 400
    y = 1 - (285 - 50) / 250
    turned = {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[rotate]
    assert abs(turned[0] - place[0]) + abs(turned[1] - place[1]) < 0.1
    inked(content, turned)


def test_a_sheet_as_large_as_a0() -> None:
    content = files.pdf("500 2200 200 100 re f", size=(0, 0, 3370, 2384))
    inked(content, (600 / 3370, 1 - 2250 / 2384))


def marked(mode: str, paper: Any, ink: Any) -> Image.Image:
    picture = Image.new(mode, (WIDE, HIGH), paper)
    picture.paste(ink, (INK[0] - 15, INK[1] - 15, INK[0] + 15, INK[1] + 15))
    return picture


def sixteen_bits() -> Image.Image:
    values = numpy.asarray(marked("L", 255, 3)).astype("uint16") * 257
    return Image.fromarray(values)


@pytest.mark.parametrize(
    ("kind", "picture", "options"),
    [
        ("TIFF", marked("1", 1, 0), {"compression": "group4"}),
        ("TIFF", marked("L", 255, 0), {"compression": "tiff_lzw"}),
        ("PNG", sixteen_bits(), {}),
        ("PNG", marked("RGBA", (0, 0, 0, 0), (0, 0, 0, 255)), {}),
        ("PNG", marked("P", 0, 1), {}),
        ("JPEG", marked("CMYK", (0, 0, 0, 0), (0, 0, 0, 255)), {}),
        ("JPEG", marked("L", 255, 0), {}),
    ],
    ids=["1-bit", "grey", "16-bit", "transparent", "palette", "cmyk", "jpeg"],
)
def test_a_picture_of_any_sort_of_pixels(kind: str, picture: Image.Image, options: dict[str, Any]) -> None:
    if picture.mode == "P":
        picture.putpalette([255, 255, 255, 0, 0, 0])
    inked(files.image(kind, picture, **options), (INK[0] / WIDE, INK[1] / HIGH))


@pytest.mark.parametrize(("orientation", "turns"), [(3, 2), (6, 3), (8, 1)])
def test_a_photograph_that_says_how_it_was_held(orientation: int, turns: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    x, y = INK[0] / WIDE, INK[1] / HIGH
    for _ in range(turns):  # each a quarter turn to the left
        x, y = y, 1 - x
    inked(files.image("JPEG", marked("L", 255, 0), exif=exif), (x, y))


def test_the_second_page_of_a_tiff() -> None:
    empty = Image.new("1", (50, 90), 1)
    content = files.image("TIFF", empty, save_all=True, append_images=[marked("1", 1, 0)], compression="group4")
    inked(content, (INK[0] / WIDE, INK[1] / HIGH), page=2)
