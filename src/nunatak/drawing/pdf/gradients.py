"""Gradients of icons as patterns; where their colours are not opaque, with a mask of the same shape."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from nunatak.drawing.geometry import Box, Point, Segment, bounds
from nunatak.drawing.pdf.colors import color_of, fraction, length
from nunatak.drawing.pdf.ink import Ink
from nunatak.drawing.pdf.matrices import SAME, Matrix, multiplied, transform
from nunatak.drawing.pdf.objects import array, dictionary, real, reference
from nunatak.drawing.pdf.press import Press

SIDE = 24.0  # of an icon's box, in its units
_MOST_REFERENCES = 5


class Stop(NamedTuple):
    """A colour at a place from 0 to 1."""

    at: float
    color: str
    opacity: float


def bounds_of(segments: list[Segment]) -> Box:
    """The box round a shape's points and controls."""
    values = [[float(value) for value in values] for _, *values in segments if values]
    return bounds(Point(x, y) for v in values for x, y in zip(v[::2], v[1::2], strict=True))


@dataclass(frozen=True)
class Painted:
    """What a shape that is painted with a gradient knows: the elements by id, the way from its units to the form's, and
    its box."""

    press: Press
    named: dict[str, Element]
    matrix: Matrix
    box: Box

    def set(self, ink: Ink, gradient: Element, kind: str) -> tuple[str, float] | None:
        """Makes the gradient the fill or stroke; or gives the plain colour and opacity that it comes down to."""
        chain = self._chain(gradient)
        stops = next((found for found in map(_stops, chain) if found), [])
        if not stops:
            return "#000000", 0.0
        if len(stops) == 1 or (self._relative(chain) and not (self.box.width and self.box.height)):
            return stops[-1].color, stops[-1].opacity
        shading = self._shading(chain, [_rgb(stop.color) for stop in stops], stops, "/DeviceRGB")
        name = self._pattern(chain, shading, self.matrix)
        operator = "scn" if kind == "fill" else "SCN"
        ink.say(kind, f"/Pattern {'cs' if kind == 'fill' else 'CS'} /{name} {operator}")
        if any(stop.opacity != 1 for stop in stops):
            self._masked(ink, chain, stops)
        return None

    def _masked(self, ink: Ink, chain: list[Element], stops: list[Stop]) -> None:
        shading = self._shading(chain, [real(stop.opacity) for stop in stops], stops, "/DeviceGray")
        name = self._pattern(chain, shading, SAME)  # a mask is written in the shape's own units
        data = f"/Pattern cs /{name} scn -1000 -1000 3000 3000 re f"
        group = {"Group": "<</S/Transparency/CS/DeviceGray>>"}
        mask = self.press.form(data.encode("ascii"), (-1000, -1000, 2000, 2000), dict(group))
        ink.state("mask", f"/SMask<</S/Luminosity/G {self.press.forms[mask]}>>")

    def _chain(self, gradient: Element) -> list[Element]:
        """The gradient and those that it takes from."""
        chain = [gradient]
        while len(chain) < _MOST_REFERENCES:
            above = self.named.get(chain[-1].get("href", "").lstrip("#"))
            if above is None or not above.tag.endswith("Gradient"):
                break
            chain.append(above)
        return chain

    def _relative(self, chain: list[Element]) -> bool:
        return _given(chain, "gradientUnits", "objectBoundingBox") != "userSpaceOnUse"

    def _shading(self, chain: list[Element], values: list[str], stops: list[Stop], space: str) -> int:
        whole = 1.0 if self._relative(chain) else SIDE
        places = _coordinates(chain, whole)
        radial = chain[0].tag == "radialGradient"
        return self.press.file.add(
            dictionary(
                {
                    "ShadingType": 3 if radial else 2,
                    "ColorSpace": space,
                    "Coords": array(map(real, places)),
                    "Function": _function(values, stops),
                    "Extend": "[true true]",
                }
            )
        )

    def _pattern(self, chain: list[Element], shading: int, outward: Matrix) -> str:
        matrix = transform(_given(chain, "gradientTransform", ""))
        if self._relative(chain):
            box = self.box
            matrix = multiplied(matrix, (box.width, 0, 0, box.height, box.x, box.y))
        matrix = multiplied(matrix, outward)
        name = f"p{len(self.press.patterns)}"
        entries = {
            "Type": "/Pattern",
            "PatternType": 2,
            "Shading": reference(shading),
            "Matrix": array(map(real, matrix)),
        }
        self.press.patterns[name] = reference(self.press.file.add(dictionary(entries)))
        return name


def _given(chain: list[Element], name: str, default: str) -> str:
    return next((element.attrib[name] for element in chain if name in element.attrib), default)


def _stops(gradient: Element) -> list[Stop]:
    found: list[Stop] = []
    for element in gradient:
        if element.tag != "stop":
            continue
        color, own = color_of(element.get("stop-color", "#000"), element.get("color", "#000"))
        at = max(fraction(element.get("offset", "0")), found[-1].at if found else 0.0)
        found.append(Stop(at, color, own * fraction(element.get("stop-opacity", "1"))))
    return found


def _coordinates(chain: list[Element], whole: float) -> list[float]:
    def at(name: str, default: str) -> float:
        return length(_given(chain, name, default), whole)

    if chain[0].tag == "linearGradient":
        return [at("x1", "0%"), at("y1", "0%"), at("x2", "100%"), at("y2", "0%")]
    cx, cy, r = at("cx", "50%"), at("cy", "50%"), at("r", "50%")
    given = {name for element in chain for name in element.attrib}
    return [at("fx", "0") if "fx" in given else cx, at("fy", "0") if "fy" in given else cy, 0.0, cx, cy, r]


def _function(values: list[str], stops: list[Stop]) -> str:
    """From 0 to 1 through all the stops; before the first and behind the last, their colours."""
    points = [(stop.at, value) for stop, value in zip(stops, values, strict=True)]
    points = [(0.0, points[0][1]), *points, (1.0, points[-1][1])]
    spans = [(a, b) for a, b in pairwise(points) if b[0] > a[0]]
    pieces = [f"<</FunctionType 2/Domain[0 1]/C0[{a[1]}]/C1[{b[1]}]/N 1>>" for a, b in spans]
    limits = " ".join(real(b[0]) for _, b in spans[:-1])
    return (
        f"<</FunctionType 3/Domain[0 1]/Functions[{' '.join(pieces)}]/Bounds[{limits}]"
        f"/Encode[{' '.join(['0 1'] * len(spans))}]>>"
    )


def _rgb(color: str) -> str:
    return " ".join(real(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
