"""Path data made short: transforms worked in, whole numbers on a fine grid, each point told relative to the last."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[str, list[float]]

_TOKEN = re.compile(r"([MLCQHVZ])|(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_COUNTS = {"M": 2, "L": 2, "C": 6, "Q": 4}
_MATRIX = re.compile(r"matrix\(([^)]*)\)")
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix(text: str | None) -> Matrix | None:
    """The matrix of a `transform`; None for one that says something else."""
    if not text:
        return UNMOVED
    found = _MATRIX.fullmatch(text.strip())
    try:
        values = tuple(float(value) for value in re.split(r"[\s,]+", found.group(1).strip())) if found else ()
    except ValueError:
        return None
    if len(values) != 6 or not all(map(math.isfinite, values)):
        return None
    return values


def scale(by: Matrix) -> float | None:
    """How much a matrix enlarges, if it does so alike in all directions."""
    a, b, c, d = by[:4]
    first, second = math.hypot(a, b), math.hypot(c, d)
    if first == 0 or abs(first - second) > 1e-3 * first or abs(a * c + b * d) > 1e-3 * first * second:
        return None
    return first


def segments(data: str, by: Matrix) -> list[Segment] | None:
    """The absolute segments (M, L, C, Q, Z) of path data after a transform; None for data of another form."""
    a, b, c, d, e, f = by
    found: list[Segment] = []
    command, values = "", list[float]()
    if "NaN" in data or "inf" in data:
        return None
    for letter, value in _TOKEN.findall(data):
        if letter == "Z":
            found.append(("Z", []))
        elif letter in ("H", "V"):
            return None
        elif letter:
            command = letter
        else:
            values.append(float(value))
            if not command:
                return None
            if len(values) == _COUNTS[command]:
                moved = [
                    part
                    for x, y in zip(values[::2], values[1::2], strict=True)
                    for part in (a * x + c * y + e, b * x + d * y + f)
                ]
                found.append((command, moved))
                values = []
                command = "L" if command == "M" else command
    return found if not values else None


def turning(found: Sequence[Segment]) -> int:
    """The sense in which a single outline goes round: 1 or -1; 0 for several outlines, or none."""
    points = [(part[-2], part[-1]) for _, part in found if part]
    if sum(letter == "M" for letter, _ in found) != 1 or len(points) < 3:
        return 0
    area = 0.0
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        area += x0 * y1 - x1 * y0
    return 1 if area > 0 else -1 if area < 0 else 0


class Pen:
    """Writes segments as path data on a grid of 1/`grid` units."""

    def __init__(self, grid: int) -> None:
        self._grid = grid

    def write(self, found: Sequence[Segment]) -> str:
        """The data. Every outline begins with an absolute `M`, so data may be put behind other data."""
        return "".join(self._pieces(found))

    def _pieces(self, found: Sequence[Segment]) -> Iterator[str]:
        grid = self._grid
        x = y = start_x = start_y = 0
        said = ""
        for letter, values in found:
            if letter == "Z":
                x, y = start_x, start_y
                said = "z"
                yield "z"
                continue
            points = [round(value * grid) for value in values]
            if letter == "M":
                x, y = start_x, start_y = points
                said = "M"
                yield f"M{x} {y}"
                continue
            steps = [value - (y if place % 2 else x) for place, value in enumerate(points)]
            x, y = points[-2:]
            word, told = _shortest(letter, steps)
            text = " ".join(map(str, told)).replace(" -", "-")
            if word == said and said in ("l", "c", "q"):
                yield text if text.startswith("-") else f" {text}"
            else:
                yield f"{word}{text}"
            said = word


def _shortest(letter: str, steps: list[int]) -> tuple[str, list[int]]:
    if letter == "L" and steps[1] == 0:
        return "h", steps[:1]
    if letter == "L" and steps[0] == 0:
        return "v", steps[1:]
    return letter.lower(), steps


def rectangle(sides: Sequence[float], by: Matrix) -> list[Segment]:
    """The outline after a transform of a rectangle: x, y, width, height."""
    x, y, width, height = sides
    a, b, c, d, e, f = by
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    moved = [[a * px + c * py + e, b * px + d * py + f] for px, py in corners]
    return [("M", moved[0]), *(("L", corner) for corner in moved[1:]), ("Z", [])]
