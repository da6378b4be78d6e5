"""Matrices: where an SVG element is moved to."""

from __future__ import annotations

import re
from math import cos, radians, sin, tan

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.geometry import Segment
from nunatak.drawing.pdf.colors import NUMBER

# (a, b, c, d, e, f) takes x, y to a x + c y + e, b x + d y + f.
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FUNCTION = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")


def transform(text: str) -> Matrix:
    """A `transform` attribute as one matrix. Raises DrawingFailed for a function without its numbers."""
    matrix = SAME
    for name, given in _FUNCTION.findall(text):
        values = [float(value) for value in NUMBER.findall(given)]
        matrix = multiplied(_matrix(name, values), matrix)
    return matrix


def _matrix(name: str, v: list[float]) -> Matrix:
    match name, len(v):
        case "matrix", 6:
            return (v[0], v[1], v[2], v[3], v[4], v[5])
        case "translate", 1 | 2:
            return (1, 0, 0, 1, v[0], v[1] if len(v) > 1 else 0)
        case "scale", 1 | 2:
            return (v[0], 0, 0, v[-1], 0, 0)
        case "rotate", 1 | 3:
            c, s = cos(radians(v[0])), sin(radians(v[0]))
            x, y = (v[1], v[2]) if len(v) == 3 else (0.0, 0.0)
            return (c, s, -s, c, x - c * x + s * y, y - s * x - c * y)
        case "skewX", 1:
            return (1, 0, tan(radians(v[0])), 1, 0, 0)
        case "skewY", 1:
            return (1, tan(radians(v[0])), 0, 1, 0, 0)
    raise DrawingFailed(f"an icon's {name} has {len(v)} numbers")


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does the first, then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def moved(segment: Segment, matrix: Matrix) -> Segment:
    """A path's segment, moved."""
    letter, *values = segment
    numbers = [float(value) for value in values]
    a, b, c, d, e, f = matrix
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return (str(letter), *(v for x, y in pairs for v in (a * x + c * y + e, b * x + d * y + f)))
