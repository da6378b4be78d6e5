"""Icons as forms: the shapes, gradients, clips and masks that an icon's checked SVG body may have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.geometry import Segment
from nunatak.drawing.icons import symbol
from nunatak.drawing.pdf import gradients
from nunatak.drawing.pdf.colors import NUMBER, color_of, fraction, length
from nunatak.drawing.pdf.gradients import SIDE
from nunatak.drawing.pdf.ink import Ink, path_of
from nunatak.drawing.pdf.matrices import SAME, Matrix, moved, multiplied, transform
from nunatak.drawing.pdf.objects import real
from nunatak.drawing.pdf.outline import ellipse, outline, rectangle
from nunatak.drawing.pdf.press import Press

_BOX = (0.0, 0.0, SIDE, SIDE)
_INHERITED = (
    "fill", "fill-opacity", "fill-rule", "clip-rule", "stroke", "stroke-opacity", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-dasharray", "stroke-miterlimit", "color",
)  # fmt: skip
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_GROUP = {"Group": "<</S/Transparency/CS/DeviceRGB>>"}


def form(press: Press, body: str) -> str:
    """The name of the form that draws an icon's body on a box of 24 x 24 units, y down. Raises DrawingFailed as
    `drawing.icons.symbol` does, for numbers without an end and for masks in themselves."""
    root = ElementTree.fromstring(symbol(body)[1])
    icon = _Icon(press, {e.attrib["id"]: e for e in root.iter() if "id" in e.attrib})
    try:
        return press.form(icon.drawn(root), _BOX, dict(_GROUP))
    except (ArithmeticError, ValueError, RecursionError) as error:
        raise DrawingFailed(f"an icon can't be drawn: {error}") from None


@dataclass(frozen=True)
class _Icon:
    """An icon's body: where it is written to, and its elements by id."""

    press: Press
    named: dict[str, Element]

    def drawn(self, element: Element) -> bytes:
        """The operators of an element's children."""
        ink = Ink(self.press.states)
        for child in element:
            self._element(ink, child, _style(element, {}), SAME)
        return ink.data

    def _element(self, ink: Ink, element: Element, above: dict[str, str], matrix: Matrix) -> None:
        """One element. `matrix` leads from its parent's units to the icon's, which a pattern is written in."""
        style = _style(element, above)
        own = transform(element.get("transform", ""))
        matrix = multiplied(own, matrix)
        if not self._opaque(element):
            self._apart(ink, element, style, own)
            return
        ink.keep()
        if own != SAME:
            ink.move(own)
        self._content(ink, element, style, matrix)
        ink.restore()

    def _opaque(self, element: Element) -> bool:
        plain = element.get("opacity", "1") == "1" and "mask" not in element.attrib
        return plain and "clip-path" not in element.attrib

    def _content(self, ink: Ink, element: Element, style: dict[str, str], matrix: Matrix) -> None:
        if element.tag == "g":
            for child in element:
                self._element(ink, child, style, matrix)
        elif segments := shape_of(element):
            self._painted(ink, segments, style, matrix)

    def _apart(self, ink: Ink, element: Element, style: dict[str, str], own: Matrix) -> None:
        """An element that is composed as a whole before its opacity, clip or mask takes effect."""
        inner = Ink(self.press.states)
        self._content(inner, element, style, SAME)
        big = (-1000.0, -1000.0, 2000.0, 2000.0)
        name = self.press.form(inner.data, big, dict(_GROUP))
        ink.keep()
        ink.move(own)
        if clip := self._referred(element, "clip-path", "clipPath"):
            self._clip(ink, clip)
        if mask := self._referred(element, "mask", "mask"):
            shown = self.press.form(self.drawn(mask), big, dict(_GROUP))
            ink.state("mask", f"/SMask<</S/Luminosity/G {self.press.forms[shown]}>>")
        ink.state("fill opacity", f"/ca {real(fraction(element.get('opacity', '1')))}")
        ink.put(f"/{name} Do")
        ink.restore()

    def _referred(self, element: Element, attribute: str, tag: str) -> Element | None:
        found = _REFERENCE.fullmatch(element.get(attribute, ""))
        named = self.named.get(found[1]) if found else None
        return named if named is not None and named.tag == tag else None

    def _clip(self, ink: Ink, clip: Element) -> None:
        segments: list[Segment] = []
        rule = "W"
        for child in clip:
            matrix = multiplied(transform(child.get("transform", "")), transform(clip.get("transform", "")))
            segments += [moved(segment, matrix) for segment in shape_of(child)]
            rule = "W*" if _style(child, {}).get("clip-rule") == "evenodd" else rule
        ink.put(f"{path_of(segments)}\n{rule} n" if segments else "0 0 0 0 re W n")

    def _painted(self, ink: Ink, segments: list[Segment], style: dict[str, str], matrix: Matrix) -> None:
        path = path_of(segments)
        if self._paint(ink, segments, style, matrix, "fill"):
            ink.put(f"{path}\n{'f*' if style.get('fill-rule') == 'evenodd' else 'f'}")
            ink.state("mask", "/SMask/None")
        if self._paint(ink, segments, style, matrix, "stroke"):
            _stroke(ink, style)
            ink.put(f"{path}\nS")
            ink.state("mask", "/SMask/None")

    def _paint(self, ink: Ink, segments: list[Segment], style: dict[str, str], matrix: Matrix, kind: str) -> bool:
        """Sets a shape's fill or stroke; says whether there is one."""
        value = style.get(kind, "#000" if kind == "fill" else "none")
        opacity = fraction(style.get(f"{kind}-opacity", "1"))
        width = length(style.get("stroke-width", "1"), 1.0) if kind == "stroke" else 0.0
        if value == "none" or (kind == "stroke" and width <= 0):
            return False
        found = _REFERENCE.match(value)
        gradient = self.named.get(found[1]) if found else None
        if gradient is not None and gradient.tag in ("linearGradient", "radialGradient"):
            painted = gradients.Painted(self.press, self.named, matrix, gradients.bounds_of(segments))
            flat = painted.set(ink, gradient, kind)
        else:
            flat = color_of(value, style.get("color", "#000"))
        if flat is not None:
            color, own = flat
            ink.fill(color, opacity * own) if kind == "fill" else ink.stroke(color, width, opacity * own)
        elif kind == "fill":
            ink.state("fill opacity", f"/ca {real(opacity)}")
        else:
            ink.say("width", f"{real(width)} w")
            ink.state("stroke opacity", f"/CA {real(opacity)}")
        return True


def _stroke(ink: Ink, style: dict[str, str]) -> None:
    cap = _CAPS.get(style.get("stroke-linecap", ""), 0)
    join = _JOINS.get(style.get("stroke-linejoin", ""), 0)
    miter = max(1.0, fraction(style.get("stroke-miterlimit", "4"), most=1000))
    dashes = " ".join(NUMBER.findall(style.get("stroke-dasharray", "")))
    ink.put(f"{cap} J {join} j {real(miter)} M [{dashes}] 0 d")


def shape_of(element: Element) -> list[Segment]:
    """The segments of a basic shape or path; none for anything else."""
    given = {name: length(value, SIDE) for name, value in element.attrib.items() if name in _LENGTHS}
    get = given.get
    match element.tag:
        case "path":
            return outline(element.get("d", ""))
        case "rect":
            rx, ry = get("rx", get("ry", 0.0)), get("ry", get("rx", 0.0))
            return rectangle(get("x", 0.0), get("y", 0.0), get("width", 0.0), get("height", 0.0), rx, ry)
        case "circle":
            return ellipse(get("cx", 0.0), get("cy", 0.0), get("r", 0.0), get("r", 0.0))
        case "ellipse":
            return ellipse(get("cx", 0.0), get("cy", 0.0), get("rx", 0.0), get("ry", 0.0))
        case "line":
            return [("M", get("x1", 0.0), get("y1", 0.0)), ("L", get("x2", 0.0), get("y2", 0.0))]
        case "polyline" | "polygon":
            return _corners(element)
    return []


_LENGTHS = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"}


def _corners(element: Element) -> list[Segment]:
    values = [float(value) for value in NUMBER.findall(element.get("points", ""))]
    points = list(zip(values[::2], values[1::2], strict=False))
    lines: list[Segment] = [("L" if index else "M", x, y) for index, (x, y) in enumerate(points)]
    return [*lines, ("Z",)] if lines and element.tag == "polygon" else lines


def _style(element: Element, above: dict[str, str]) -> dict[str, str]:
    own = {name: element.attrib[name].strip() for name in _INHERITED if name in element.attrib}
    return above | {name: value for name, value in own.items() if value != "inherit"}
