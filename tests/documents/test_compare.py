"""Whether two rasters show the same drawing."""

from __future__ import annotations

from PIL import Image, ImageDraw

from nunatak.documents.compare import difference


def drawing(*, width: int = 3, shift: int = 0) -> Image.Image:
    image = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(image).line((20, 50 + shift, 180, 50 + shift), fill=0, width=width)
    return image


def test_thicker_lines_and_half_steps_are_no_difference() -> None:
    assert difference(drawing(width=1), drawing(width=3)) == 0
    assert difference(drawing(), drawing(shift=1)) == 0


def test_what_is_missing_or_elsewhere_is() -> None:
    assert difference(drawing(), Image.new("L", (200, 200), 255)) > 0.01
    assert difference(drawing(), drawing(shift=20)) > 0.02
