"""Scene to PNG bytes: the same SVG without its embedded letters, rasterized with subsets of the same fonts.

How many pixels a unit gets: 2, but in steps of a quarter fewer as long as the picture would have more than 8 million
pixels, down to 1. (A quarter keeps a grid of 4 on whole pixels: sharper lines, a smaller file, less time.) A
`max_width` makes the picture at most that many pixels wide. No picture is wider or higher than 16,000 pixels or has
more than 48 million; one that would be is scaled down and a warning says so.
"""

from __future__ import annotations

from math import floor, sqrt
from typing import Any

import resvg

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.scene import Scene
from nunatak.drawing.svg import write

SCALE = 2.0
STEP = 0.25
WANTED_PIXELS = 8_000_000
MAX_PIXELS = 48_000_000
MAX_SIDE = 16_000
MAX_WIDTHS = (100, 10_240)  # what a caller may ask for as max_width, in pixels
_AS_IT_IS = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)  # the binding wants rows, where SVG has columns; the wrong one draws nothing


def scale_for(
    width: float, height: float, max_width: int | None = None, scale: float | None = None
) -> tuple[float, str | None]:
    """Pixels a unit for a picture of `width` x `height` units, those of `scale` where it is given, and a warning when
    the limits make it smaller than the picture is and was asked to be. Raises DrawingFailed for no size, or a
    `max_width` outside MAX_WIDTHS."""
    if not (width > 0 and height > 0):
        raise DrawingFailed("a picture without width or height has no scale")
    if max_width is not None and not MAX_WIDTHS[0] <= max_width <= MAX_WIDTHS[1]:
        raise DrawingFailed(f"max_width is {max_width}, but it goes from {MAX_WIDTHS[0]} to {MAX_WIDTHS[1]} pixels")
    if scale is not None:
        meant = scale if max_width is None else min(scale, max_width / width)
    elif max_width is None:
        meant = min(SCALE, max(1.0, floor(sqrt(WANTED_PIXELS / width / height) / STEP) * STEP))
    else:
        meant = min(SCALE, max_width / width)
    largest = min(MAX_SIDE / max(width, height), sqrt(MAX_PIXELS / width / height))
    if largest >= min(meant, 1.0):
        return min(meant, largest), None
    return largest, (
        f"The picture is {width:,.0f} x {height:,.0f} units; its PNG is scaled to {largest:.0%} to stay under "
        f"{MAX_SIDE:,} pixels a side and {MAX_PIXELS // 1_000_000} million in all. The SVG has its full size."
    )


def png(scene: Scene, fonts: Fonts, *, scale: float = SCALE) -> bytes:
    """The scene's PNG at `scale` pixels a unit, transparent where it has no background; sizes are rounded to whole
    pixels. Raises DrawingFailed for a scene that can't be drawn or would pass the limits of `scale_for`."""
    width, height = (max(1, round(side * scale)) for side in (scene.width, scene.height))
    # A pixel of rounding is forgiven: scale_for answers the largest scale itself.
    if max(width, height) > MAX_SIDE + 1 or width * height > MAX_PIXELS + width + height:
        raise DrawingFailed(f"{width:,} x {height:,} pixels are more than one PNG may have; ask for a smaller scale")
    written = write(scene, fonts, pixels=(width, height), embed_fonts=False)
    options = resvg.usvg.Options.default()
    for key, used in written.characters.items():
        if fonts.has(key):  # even for none of its characters: its sign for a missing one is drawn
            options.load_font_data(fonts.subset(key, used))
    return rasterized(written.text, options)


def icon(document: str, pixels: int) -> bytes:
    """A square SVG file without letters as a transparent PNG of `pixels` x `pixels`."""
    sized = document.replace("<svg ", f'<svg width="{pixels}" height="{pixels}" ', 1)
    return rasterized(sized, resvg.usvg.Options.default())


def rasterized(text: str, options: Any) -> bytes:
    """An SVG as a PNG. Raises DrawingFailed where the rasterizer gives up, as it does for what is no SVG."""
    try:
        tree = resvg.usvg.Tree.from_str(text, options)
        return bytes(resvg.render(tree, _AS_IT_IS))
    except BaseException as error:
        # The rasterizer's panics derive from BaseException and can't be imported by name.
        if type(error).__name__ != "PanicException":
            raise
        raise DrawingFailed(f"the rasterizer gave up: {error}") from error
