"""A content stream: what PDF's painting operators are told, written only where something changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.geometry import Segment
from nunatak.drawing.markup import ARGUMENTS, color, number, numbers
from nunatak.drawing.pdf.matrices import Matrix
from nunatak.drawing.pdf.objects import real
from nunatak.drawing.scene import Paint

_OPERATORS = {"M": "m", "L": "l", "C": "c"}


class Ink:
    """Operators in order. What a form inherits isn't known, so everything is said once in each stream; `states` holds
    the document's graphics states by what they say."""

    def __init__(self, states: dict[str, str]) -> None:
        self._states = states
        self._parts: list[str] = []
        self._said: dict[str, str] = {}
        self._kept: list[dict[str, str]] = []

    @property
    def data(self) -> bytes:
        return "\n".join(self._parts).encode("ascii")

    def put(self, operators: str) -> None:
        self._parts.append(operators)

    def say(self, what: str, operators: str) -> None:
        """An operator that holds until another one of the same kind."""
        if self._said.get(what) != operators:
            self._said[what] = operators
            self._parts.append(operators)

    def keep(self) -> None:
        """Remembers the state, until `restore`."""
        self._kept.append(dict(self._said))
        self._parts.append("q")

    def restore(self) -> None:
        self._said = self._kept.pop()
        self._parts.append("Q")

    def move(self, matrix: Matrix) -> None:
        self._parts.append(f"{' '.join(map(real, matrix))} cm")

    def state(self, what: str, entries: str) -> None:
        """A graphics state, by its entries."""
        name = self._states.setdefault(entries, f"g{len(self._states)}")
        self.say(what, f"/{name} gs")

    def fill(self, value: str, opacity: float = 1.0) -> None:
        self.say("fill", f"{_channels(value)} rg")
        self.state("fill opacity", "/ca 1" if opacity == 1 else f"/ca {number(opacity)}")

    def stroke(self, value: str, width: float, opacity: float = 1.0) -> None:
        self.say("stroke", f"{_channels(value)} RG")
        self.say("width", f"{real(width)} w")
        self.state("stroke opacity", f"/CA {number(opacity)}")

    def ends(self, *, rounded: bool, dash: tuple[float, ...] = ()) -> None:
        """How lines end, meet and break."""
        self.say("ends", "1 J 1 j" if rounded else "0 J 0 j")
        self.say("dash", f"[{numbers(dash)}] 0 d")

    def shape(self, segments: Iterable[Segment], paint: Paint) -> None:
        """A shape, filled and then stroked as its paint says."""
        fills, strokes = paint.fill is not None, paint.stroke is not None and paint.stroke_width > 0
        if paint.fill is not None:
            self.fill(paint.fill, paint.fill_opacity)
        if paint.stroke is not None and strokes:
            self.stroke(paint.stroke, paint.stroke_width, paint.stroke_opacity)
            self.ends(rounded=paint.round, dash=paint.dash)
        if not fills and not strokes:
            return
        path = path_of(segments)
        if fills and strokes and paint.stroke_opacity != 1:
            # One operator for both would let the fill shine through only half of the stroke.
            self.put(f"{path}\nf\n{path}\nS")
        else:
            self.put(f"{path}\n{'B' if fills and strokes else 'f' if fills else 'S'}")


def path_of(segments: Iterable[Segment]) -> str:
    """The operators that build a path. Raises DrawingFailed for a segment of another form than scene.Path allows."""
    parts: list[str] = []
    at = (0.0, 0.0)
    for letter, *values in segments:
        if not isinstance(letter, str) or ARGUMENTS.get(letter) != len(values):
            raise DrawingFailed(f"a path has no segment like {letter!r} with {len(values)} numbers")
        if not parts and letter != "M":
            raise DrawingFailed("a path starts with M")
        places = [float(value) for value in values]
        if letter == "Q":
            letter, places = "C", _cubic(at, places)
        parts.append(f"{numbers(places)} {_OPERATORS[letter]}" if places else "h")
        at = (places[-2], places[-1]) if places else at
    return "\n".join(parts)


def _cubic(at: tuple[float, float], quadratic: list[float]) -> list[float]:
    """A quadratic curve's numbers as a cubic's."""
    (x0, y0), (x1, y1, x, y) = at, quadratic
    return [x0 + 2 * (x1 - x0) / 3, y0 + 2 * (y1 - y0) / 3, x + 2 * (x1 - x) / 3, y + 2 * (y1 - y) / 3, x, y]


@lru_cache(maxsize=256)
def _channels(value: str) -> str:
    checked = color(value)
    return " ".join(real(int(checked[at : at + 2], 16) / 255) for at in (1, 3, 5))
