"""One picture to its files: what a drawing process runs, and `nunatak render`."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from nunatak.core.errors import Invalid
from nunatak.drawing.bundled import fonts
from nunatak.drawing.png import png, scale_for
from nunatak.drawing.svg import svg
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.scene import scene

T = TypeVar("T")


def draw(picture: bytes, options: bytes, max_width: int | None) -> tuple[bytes, bytes, tuple[str, ...]]:
    """SVG, PNG and warnings of a picture and options given as JSON. Raises Invalid for JSON that is neither."""
    drawn = scene(decoded(picture, Picture), decoded(options, Options), fonts())
    scale, warning = scale_for(drawn.width, drawn.height, max_width)
    warnings = (*drawn.warnings, *([warning] if warning else []))
    return svg(drawn, fonts()).encode(), png(drawn, fonts(), scale=scale), warnings


def decoded(data: bytes, type_: type[T]) -> T:
    """A struct of JSON; raises Invalid naming the field."""
    try:
        return msgspec.json.decode(data, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"This is no {type_.__name__.lower()}: {error}", (str(error),)) from None


def warm() -> None:
    """Loads the fonts, so that the first picture doesn't wait for them."""
    fonts()
