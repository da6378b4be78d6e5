"""Whether two rasters of a page show the same drawing, whatever a renderer does to thin lines and soft edges."""

from __future__ import annotations

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter

_PAPER = 225  # lighter than this is paper
_INK = 150  # darker than this is ink


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels (0..1) where one grey picture has ink and the other, a pixel around it too, has none."""
    if one.size != other.size:
        other = other.resize(one.size)
    return float((_only(one, other) | _only(other, one)).mean())


def _only(one: Image.Image, other: Image.Image) -> NDArray[numpy.bool_]:
    near = numpy.asarray(other.filter(ImageFilter.MinFilter(3)))
    return (numpy.asarray(one) < _INK) & (near >= _PAPER)
