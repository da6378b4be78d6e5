"""Image files as pixels, the right way up."""

from __future__ import annotations

import numpy
import pytest
from PIL import Image

from nunatak.documents import images
from nunatak.documents.errors import NoSuchPage, TooBig, Truncated
from nunatak.documents.page import Limits
from tests.documents import files

LIMITS = Limits()


def test_sixteen_bits_become_eight() -> None:
    values = numpy.array([[0, 257 * 100, 65535]], dtype="uint16")
    read = images.pixels(files.image("PNG", Image.fromarray(values)), "image/png", 1, LIMITS)
    assert (read.mode, numpy.asarray(read).tolist()) == ("L", [[0, 100, 255]])


def test_a_cmyk_jpeg_has_the_colours_that_it_shows() -> None:
    content = files.image("JPEG", Image.new("CMYK", (16, 16), (0, 255, 255, 0)), quality=95)
    red, green, blue = images.pixels(content, "image/jpeg", 1, LIMITS).getpixel((8, 8))
    assert red > 200 > 60 > max(green, blue)


def test_a_sideways_photograph_is_turned_upright() -> None:
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("black", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it clockwise to see it: what was left is on top
    read = images.pixels(files.image("JPEG", picture, exif=exif), "image/jpeg", 1, LIMITS)
    assert read.size == (20, 40)
    assert read.convert("L").getpixel((10, 5)) < 50 < 200 < read.convert("L").getpixel((10, 35))


def test_what_is_transparent_is_white() -> None:
    content = files.image("PNG", Image.new("RGBA", (4, 4), (0, 0, 0, 0)))
    assert images.pixels(content, "image/png", 1, LIMITS).getpixel((1, 1)) == 255


def test_a_page_of_a_tiff_is_read_in_its_own_bits() -> None:
    content = files.image("TIFF", Image.new("L", (8, 8), 9), save_all=True, append_images=[Image.new("1", (5, 5), 1)])
    second = images.pixels(content, "image/tiff", 2, LIMITS)
    assert (second.mode, second.size, second.getpixel((2, 2))) == ("1", (5, 5), 255)
    with pytest.raises(NoSuchPage):
        images.pixels(content, "image/tiff", 3, LIMITS)


def test_a_picture_cut_short_is_refused() -> None:
    content = files.image("PNG", Image.effect_noise((90, 90), 90))
    with pytest.raises(Truncated):
        images.pixels(content[: len(content) // 2], "image/png", 1, LIMITS)


def test_a_picture_over_the_limit_is_not_decoded() -> None:
    with pytest.raises(TooBig):
        images.pixels(files.image("PNG", Image.new("1", (500, 500))), "image/png", 1, Limits(pixels=1000))
