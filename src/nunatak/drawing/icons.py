"""Icons from outside: SVG bodies read piece by piece, of which only shapes, gradients and clips are written again."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from xml.parsers import expat

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.markup import quoted

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_ELEMENTS = _SHAPES | {"g", "defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask"}
# fmt: off
_ATTRIBUTES = {
    "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "points",
    "transform", "id", "href", "opacity", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width",
    "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset",
    "clip-path", "clip-rule", "mask", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform",
    "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits", "color",
}
# fmt: on
_REFERENCE = re.compile(r"url\(\s*['\"]?#([\w.:-]{1,80})['\"]?\s*\)")
_HARMLESS = re.compile(r"[\w\s#.,()%+\-]*")
_MAX_BODY, _MAX_ELEMENTS, _MAX_DEPTH = 300_000, 3_000, 24


@lru_cache(maxsize=512)
def symbol(body: str) -> tuple[str, str]:
    """The id and the `<symbol>` of an icon's body, drawn on a 24 x 24 box. The id comes from the content, and so do
    those inside it: pictures on one page never mix up their icons. Elements, attributes and addresses that are not on
    the list are left out; raises DrawingFailed for a body that is no XML, or too large."""
    name = "nt-" + blake2b(body.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return name, f'<symbol id="{name}" viewBox="0 0 24 24">{_cleaned(body, name)}</symbol>'


def document(body: str) -> str:
    """An icon's body as an SVG file of its own, cleaned as `symbol` does."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{_cleaned(body, "icon")}</svg>'


def _cleaned(body: str, name: str) -> str:
    if len(body) > _MAX_BODY:
        raise DrawingFailed(f"an icon is larger than {_MAX_BODY:,} characters")
    reader = _Reader(name)
    try:
        reader.parser.Parse(f'<svg xmlns:xlink="x">{body}</svg>', True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        raise DrawingFailed(f"an icon is no SVG: {error}") from None
    return "".join(reader.written)


class _Reader:
    """Writes what is allowed while it reads; `_kept` says of every open element whether it was written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.written: list[str] = []
        self._kept: list[bool] = []
        self._count = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MAX_ELEMENTS or len(self._kept) > _MAX_DEPTH:
            raise DrawingFailed("an icon has too many elements")
        outermost = not self._kept
        kept = not outermost and element in _ELEMENTS and all(self._kept[1:])
        self._kept.append(kept)
        if kept:
            pairs = ((key.removeprefix("xlink:"), key) for key in attributes)
            # Many files tell an address in both spellings: SVG takes the newer one, and XML none twice.
            once = ((name, attributes[key]) for name, key in pairs if name == key or name not in attributes)
            self.written.append(f"<{element}{''.join(self._attribute(name, value) for name, value in once)}>")

    def _end(self, element: str) -> None:
        if self._kept.pop():
            self.written.append(f"</{element}>")

    def _attribute(self, key: str, value: str) -> str:
        if key not in _ATTRIBUTES:
            return ""
        if key == "id":
            return f' id="{self.name}-{quoted(value)}"'
        if key == "href":
            return f' href="#{self.name}-{quoted(value[1:])}"' if value.startswith("#") else ""
        reference = _REFERENCE.fullmatch(value.strip())
        if reference:
            return f' {key}="url(#{self.name}-{reference[1]})"'
        return f' {key}="{quoted(value)}"' if _HARMLESS.fullmatch(value) and "url" not in value.lower() else ""
