"""SVG path data as absolute segments: moves, lines, cubic curves and closings, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import atan2, ceil, cos, hypot, pi, radians, sin, tan

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.geometry import Segment

_TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)|(.)", re.DOTALL)
_FLAG = re.compile(r"[\s,]*([01])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
# How far a cubic's controls lie from its ends, so that it is a quarter of a circle.
KAPPA = 0.5522847498


def outline(data: str) -> list[Segment]:
    """The segments of a path's `d`. Raises DrawingFailed for what is no path data."""
    pen = _Pen()
    for letter, values in _commands(data):
        pen.take(letter, values)
    return pen.segments


def ellipse(cx: float, cy: float, rx: float, ry: float) -> list[Segment]:
    """An ellipse as four curves."""
    kx, ky = rx * KAPPA, ry * KAPPA
    return [
        ("M", cx + rx, cy),
        ("C", cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry),
        ("C", cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy),
        ("C", cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry),
        ("C", cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy),
        ("Z",),
    ]


def rectangle(x: float, y: float, width: float, height: float, rx: float, ry: float) -> list[Segment]:
    """A rectangle with rounded corners."""
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    kx, ky, right, bottom = rx * (1 - KAPPA), ry * (1 - KAPPA), x + width, y + height
    return [
        ("M", x + rx, y),
        ("L", right - rx, y),
        ("C", right - kx, y, right, y + ky, right, y + ry),
        ("L", right, bottom - ry),
        ("C", right, bottom - ky, right - kx, bottom, right - rx, bottom),
        ("L", x + rx, bottom),
        ("C", x + kx, bottom, x, bottom - ky, x, bottom - ry),
        ("L", x, y + ry),
        ("C", x, y + ky, x + kx, y, x + rx, y),
        ("Z",),
    ]


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Letters with just as many numbers as they take; a repeated letter may be left out, as M's may by L."""
    values: list[float] = []
    letter, at = "", 0
    while at < len(data):
        flag = _FLAG.match(data, at) if letter.upper() == "A" and len(values) in (3, 4) else None
        token = None if flag else _TOKEN.match(data, at)
        at = flag.end() if flag else token.end() if token else len(data)
        if flag:
            values.append(float(flag[1]))
        elif token and token[1]:
            if values:
                raise DrawingFailed("path data ends amid a segment")
            letter = token[1]
        elif token and token[2]:
            values.append(float(token[2]))
        elif token and token[4]:
            raise DrawingFailed(f"path data has no {token[4]!r}")
        if letter and len(values) == _COUNTS[letter.upper()] and (values or (token and token[1])):
            yield letter, values
            letter, values = {"M": "L", "m": "l"}.get(letter, letter) if values else "", []


class _Pen:
    """Where the path is, and what the smooth commands go on from."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._x = self._y = self._start_x = self._start_y = 0.0
        self._control = (0.0, 0.0)
        self._last = ""

    def take(self, letter: str, values: list[float]) -> None:
        upper = letter.upper()
        if letter != upper:
            values = self._absolute(upper, values)
        getattr(self, f"_{upper.lower()}")(*values)
        self._last = upper

    def _absolute(self, letter: str, values: list[float]) -> list[float]:
        if letter == "H":
            return [values[0] + self._x]
        if letter == "V":
            return [values[0] + self._y]
        if letter == "A":
            return [*values[:5], values[5] + self._x, values[6] + self._y]
        return [value + (self._y if index % 2 else self._x) for index, value in enumerate(values)]

    def _m(self, x: float, y: float) -> None:
        self._x, self._y = self._start_x, self._start_y = x, y
        self.segments.append(("M", x, y))

    def _l(self, x: float, y: float) -> None:
        self._x, self._y = x, y
        self.segments.append(("L", x, y))

    def _h(self, x: float) -> None:
        self._l(x, self._y)

    def _v(self, y: float) -> None:
        self._l(self._x, y)

    def _c(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> None:
        self.segments.append(("C", x1, y1, x2, y2, x, y))
        self._x, self._y, self._control = x, y, (x2, y2)

    def _s(self, x2: float, y2: float, x: float, y: float) -> None:
        self._c(*self._mirrored("CS"), x2, y2, x, y)

    def _q(self, x1: float, y1: float, x: float, y: float) -> None:
        ends = ((self._x, self._y), (x, y))
        first, second = ((ex + 2 * (x1 - ex) / 3, ey + 2 * (y1 - ey) / 3) for ex, ey in ends)
        self._c(*first, *second, x, y)
        self._control = (x1, y1)

    def _t(self, x: float, y: float) -> None:
        self._q(*self._mirrored("QT"), x, y)

    def _mirrored(self, after: str) -> tuple[float, float]:
        if self._last not in after:
            return self._x, self._y
        return 2 * self._x - self._control[0], 2 * self._y - self._control[1]

    def _z(self) -> None:
        self._x, self._y = self._start_x, self._start_y
        self.segments.append(("Z",))

    def _a(self, rx: float, ry: float, turn: float, large: float, sweep: float, x: float, y: float) -> None:
        rx, ry = abs(rx), abs(ry)
        if not rx or not ry or (x, y) == (self._x, self._y):
            self._l(x, y)
            return
        for curve in _arc((self._x, self._y), (x, y), (rx, ry), radians(turn), bool(large), bool(sweep)):
            self._c(*curve)


def _arc(
    start: tuple[float, float],
    end: tuple[float, float],
    radii: tuple[float, float],
    turn: float,
    large: bool,
    sweep: bool,
) -> Iterator[tuple[float, float, float, float, float, float]]:
    """An elliptic arc as cubic curves of at most a quarter turn (SVG 2, B.2.4)."""
    (x0, y0), (x1, y1), (rx, ry) = start, end, radii
    c, s = cos(turn), sin(turn)
    # Everything happens on the unit circle; `back` leads from there to the path.
    ux, uy = (c * (x0 - x1) + s * (y0 - y1)) / 2 / rx, (c * (y0 - y1) - s * (x0 - x1)) / 2 / ry
    if (long := hypot(ux, uy)) > 1:
        rx, ry, ux, uy = rx * long, ry * long, ux / long, uy / long
    off = max(0.0, 1 / (ux * ux + uy * uy) - 1) ** 0.5 * (-1 if large == sweep else 1)
    cx, cy = off * uy, -off * ux
    from_, to = atan2(uy - cy, ux - cx), atan2(-uy - cy, -ux - cx)
    swept = (to - from_) % (2 * pi) - (0 if sweep else 2 * pi)
    parts = max(1, ceil(abs(swept) / (pi / 2) - 1e-9))
    step = swept / parts
    reach = 4 / 3 * tan(step / 4)

    def back(px: float, py: float) -> tuple[float, float]:
        px, py = (px + cx) * rx, (py + cy) * ry
        return c * px - s * py + (x0 + x1) / 2, s * px + c * py + (y0 + y1) / 2

    for index in range(parts):
        a, b = from_ + index * step, from_ + (index + 1) * step
        yield (
            *back(cos(a) - reach * sin(a), sin(a) + reach * cos(a)),
            *back(cos(b) + reach * sin(b), sin(b) - reach * cos(b)),
            *((x1, y1) if index == parts - 1 else back(cos(b), sin(b))),
        )
