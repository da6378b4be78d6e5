"""A converter's SVG made small and safe: transforms worked in, strokes of one look joined, needless clips dropped, and
only what `allowed` lists comes through.

Shapes of one opaque colour may be painted in any order, so as long as the colour stays they are gathered by look.
"""

from __future__ import annotations

import xml.parsers.expat
from collections.abc import Mapping

from nunatak.documents import allowed, strokes
from nunatak.documents.definitions import Definitions, Node, parse
from nunatak.documents.errors import Unreadable
from nunatak.documents.strokes import Pen, Segment

_STEPS = 80_000  # of the grid on the page's longest side
_GRIDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_DEEPEST = 200
_PAINT = ("fill", "stroke")
_SEE_THROUGH = ("opacity", "fill-opacity", "stroke-opacity", "mask", "filter", "style")


def shrunk(text: str, width: float, height: float, *, grayscale: bool) -> str:
    """The inside of the document for a page of that size. Raises Unreadable for text that is no SVG, and
    for numbers that are none or have no end."""
    try:
        definitions = Definitions(text)
        writer = _Writer(definitions, width, height, grayscale=grayscale)
        parse(text, writer.start, writer.end)
    except (xml.parsers.expat.ExpatError, RecursionError, ValueError, OverflowError) as error:
        raise Unreadable(f"The page's vectors can't be read: {error}") from None
    return writer.finished()


class _Writer:
    """Writes the body. Shapes wait in `gathered` by clip and look until something else has to be painted."""

    def __init__(self, definitions: Definitions, width: float, height: float, *, grayscale: bool) -> None:
        self._definitions = definitions
        self._size = width, height
        self._grayscale = grayscale
        self._grid = next((grid for grid in _GRIDS if max(width, height) * grid >= _STEPS), _GRIDS[-1])
        self._pen = Pen(self._grid)
        self._parts: list[str] = []
        self._gathered: dict[tuple[str, tuple[tuple[str, str], ...], int], list[str]] = {}
        self._others: dict[str, list[str]] = {}
        self._color = ""
        self._stack: list[tuple[str, str]] = []  # for each open group what closes it, and the clip that held before
        self._clip = ""
        self._skipped = 0
        self._wholes: dict[str, bool] = {}
        self._inlined: set[str] = set()

    def start(self, name: str, told: Mapping[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        if name == "svg":
            return
        if name == "defs" or name not in allowed.ELEMENTS:
            self._skipped = 1
            return
        if len(self._stack) > _DEEPEST:
            raise Unreadable("The page's vectors are nested too deeply")
        if name == "g":
            self._open(told)
            return
        self._stack.append(("", self._clip))
        if name in ("path", "rect"):
            self._shape(name, told)
        elif name == "use":
            self._use(told)
        elif name == "image":
            self._alone(name, told)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        if name == "svg":
            return
        closing, clip = self._stack.pop()
        if closing:
            self._flush()
            self._parts.append(closing)
        self._clip = clip

    def finished(self) -> str:
        """All that was written, definitions first."""
        self._flush()
        kept = [node for node in self._definitions.top if node.attributes.get("id") not in self._inlined]
        rest = "".join(self._definition(node) for node in kept)
        return (f"<defs>{rest}</defs>" if rest else "") + "".join(self._parts)

    def _open(self, told: Mapping[str, str]) -> None:
        before = self._clip
        kept = allowed.attributes(told, grayscale=self._grayscale)
        kept.pop("id", None)
        clip = kept.get("clip-path", "")
        if set(kept) <= {"clip-path"} and (not clip or self._whole(clip) or not before or clip == before):
            self._clip = before if not clip or self._whole(clip) else clip
            self._stack.append(("", before))
            return
        self._flush()
        opened = f'<g clip-path="{before}">' if before else ""
        self._parts.append(opened + allowed.tag("g", kept))
        self._stack.append(("</g></g>" if before else "</g>", before))
        self._clip = ""

    def _whole(self, clip: str) -> bool:
        """Whether a clip leaves the whole page."""
        if clip not in self._wholes:
            self._wholes[clip] = self._leaves_all(clip)
        return self._wholes[clip]

    def _leaves_all(self, clip: str) -> bool:
        node = self._definitions.by_id.get(clip[5:-1])
        if node is None or len(node.children) != 1 or node.children[0].name != "path" or "clip-path" in node.attributes:
            return False
        path = node.children[0].attributes
        by = strokes.matrix(path.get("transform"))
        found = strokes.segments(path.get("d", ""), by) if by else None
        if not found or [letter for letter, _ in found] not in (list("MLLLZ"), list("MLLLLZ"), list("MLLLL")):
            return False
        xs = sorted({round(part[0], 2) for _, part in found if part})
        ys = sorted({round(part[1], 2) for _, part in found if part})
        slack = 0.002 * max(self._size)
        return (
            len(xs) == len(ys) == 2
            and xs[0] <= slack
            and ys[0] <= slack
            and xs[1] >= self._size[0] - slack
            and ys[1] >= self._size[1] - slack
        )

    def _shape(self, name: str, told: Mapping[str, str]) -> None:
        by = strokes.matrix(told.get("transform"))
        larger = strokes.scale(by) if by else None
        stroked = told.get("stroke", "none") != "none"
        if by is None or (stroked and larger is None) or any(key in told for key in _SEE_THROUGH) or "rx" in told:
            self._alone(name, told)
            return
        found = _outline(name, told, by)
        colors = {told[key] for key in _PAINT if told.get(key, "none") != "none"}
        if found is None or len(colors) != 1 or any("url(" in color for color in colors):
            if found is not None:
                self._alone(name, told)
            return
        self._paint_in(next(iter(colors)))
        clip = told.get("clip-path", "")
        look = self._look(told, larger or 1.0)
        sense = 0 if stroked else strokes.turning(found)
        data = self._pen.write(found)
        key = self._clip if not clip or self._whole(clip) else clip
        if stroked and told.get("fill", "none") == "none":
            self._gathered.setdefault((key, look, 2), []).append(data)
        elif sense and told.get("fill-rule") != "evenodd":
            self._gathered.setdefault((key, look, sense), []).append(data)
        else:
            self._gathered.setdefault((key, look, 0), []).append(data)

    def _look(self, told: Mapping[str, str], larger: float) -> tuple[tuple[str, str], ...]:
        kept = allowed.attributes(told, grayscale=self._grayscale)
        for name in ("d", "transform", "id", "clip-path", "x", "y", "width", "height"):
            kept.pop(name, None)
        if kept.get("stroke", "none") == "none":
            kept = {name: value for name, value in kept.items() if not name.startswith("stroke")}
        else:
            thick = float(kept.get("stroke-width", "1")) * larger * self._grid
            kept["stroke-width"] = f"{thick:.4g}"
            for name in ("stroke-dasharray", "stroke-dashoffset"):
                if name in kept:
                    kept[name] = _enlarged(kept[name], larger * self._grid)
            if kept.get("stroke-linejoin") in ("round", "bevel"):
                kept.pop("stroke-miterlimit", None)
        if kept.get("fill") == "#000000":
            kept.pop("fill")
        return tuple(sorted(kept.items()))

    def _use(self, told: Mapping[str, str]) -> None:
        target = told.get("xlink:href", told.get("href", ""))[1:]
        node = self._definitions.by_id.get(target)
        if node is None:
            return
        if set(told) <= {"xlink:href", "href"} and self._definitions.uses.get(target) == 1 and node.name == "g":
            self._inlined.add(target)
            self._inline(node)
        else:
            self._alone("use", told)

    def _inline(self, node: Node, depth: int = 0) -> None:
        if depth > _DEEPEST:
            raise Unreadable("The page's vectors are nested too deeply")
        self.start(node.name, {name: value for name, value in node.attributes.items() if name != "id"})
        for child in node.children:
            self._inline(child, depth + 1)
        self.end(node.name)

    def _alone(self, name: str, told: Mapping[str, str]) -> None:
        """Something that keeps its own transform. Plain glyphs wait with the shapes of their colour."""
        kept = allowed.attributes(told, grayscale=self._grayscale)
        kept.pop("id", None)
        if name in ("use", "image") and "xlink:href" not in kept:
            return
        if "transform" in kept:
            kept["transform"] = _rounded(kept["transform"])
        plain = name == "use" and kept.get("fill", "").startswith("#") and kept.get("stroke", "none") == "none"
        if plain and not any(key in kept for key in _SEE_THROUGH):
            self._paint_in(told["fill"])
            self._others.setdefault(self._clip, []).append(_glyph(kept))
            return
        self._flush()
        drawn = allowed.tag(name, kept, closed=True)
        self._parts.append(f'<g clip-path="{self._clip}">{drawn}</g>' if self._clip else drawn)

    def _paint_in(self, color: str) -> None:
        if color != self._color:
            self._flush()
            self._color = color

    def _flush(self) -> None:
        """Paints what was gathered, clip by clip."""
        clips = list(dict.fromkeys([*(key[0] for key in self._gathered), *self._others]))
        for clip in clips:
            paths = "".join(
                self._paths(look, sense, data) for (own, look, sense), data in self._gathered.items() if own == clip
            )
            drawn = f'<g transform="scale({1 / self._grid:g})">{paths}</g>' if paths else ""
            drawn += "".join(self._others.get(clip, ()))
            self._parts.append(f'<g clip-path="{clip}">{drawn}</g>' if clip else drawn)
        self._gathered.clear()
        self._others.clear()

    def _paths(self, look: tuple[tuple[str, str], ...], sense: int, data: list[str]) -> str:
        if sense:
            return allowed.tag("path", dict(look) | {"d": "".join(data)}, closed=True)
        return "".join(allowed.tag("path", dict(look) | {"d": each}, closed=True) for each in data)

    def _definition(self, node: Node, depth: int = 0) -> str:
        if node.name not in allowed.ELEMENTS or depth > _DEEPEST:
            return ""
        kept = allowed.attributes(node.attributes, grayscale=self._grayscale)
        inside = "".join(self._definition(child, depth + 1) for child in node.children)
        return allowed.tag(node.name, kept, closed=not inside) + (f"{inside}</{node.name}>" if inside else "")


def _outline(name: str, told: Mapping[str, str], by: strokes.Matrix) -> list[Segment] | None:
    if name == "path":
        return strokes.segments(told.get("d", ""), by)
    try:
        sides = [float(told.get(side, "0")) for side in ("x", "y", "width", "height")]
    except ValueError:
        return None
    return strokes.rectangle(sides, by)


def _enlarged(values: str, by: float) -> str:
    try:
        return " ".join(f"{float(value) * by:.4g}" for value in values.replace(",", " ").split())
    except ValueError:
        return "none"


def _rounded(transform: str) -> str:
    by = strokes.matrix(transform)
    if by is None:
        return transform
    return "matrix(" + " ".join(f"{value:.6g}" for value in by[:4]) + f" {by[4]:.2f} {by[5]:.2f})"


def _glyph(kept: Mapping[str, str]) -> str:
    black = kept.get("fill") == "#000000"
    told = {
        name: value for name, value in kept.items() if not name.startswith("stroke") and not (black and name == "fill")
    }
    told.pop("fill-rule", None)
    return allowed.tag("use", told, closed=True)
