"""A canvas: scenes, shapes and text on one page or form, in units with y down."""

from __future__ import annotations

import uharfbuzz as hb

from nunatak.drawing.characters import clean
from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box
from nunatak.drawing.markup import number
from nunatak.drawing.pdf import icons
from nunatak.drawing.pdf.gradients import SIDE
from nunatak.drawing.pdf.ink import Ink, path_of
from nunatak.drawing.pdf.letters import actual
from nunatak.drawing.pdf.objects import real
from nunatak.drawing.pdf.outline import ellipse, rectangle
from nunatak.drawing.pdf.press import Press
from nunatak.drawing.scene import Ellipse, FontKey, Group, Icon, Node, Path, Rect, Scene, Text

_MAX_DEPTH = 100
_GROUP = "<</S/Transparency/CS/DeviceRGB>>"


class Canvas:
    """Where one stream's shapes go. `box` is all that can be seen of it."""

    def __init__(self, press: Press, box: Box) -> None:
        self.ink = Ink(press.states)
        self._press = press
        self._box = box
        self._icons: dict[str, str] = {}

    @property
    def fonts(self) -> Fonts:
        return self._press.letters.fonts

    def scene(self, scene: Scene) -> None:
        """All of a scene, in its own units. Raises DrawingFailed for a scene that can't be drawn."""
        self._icons = scene.icons
        if scene.background is not None:
            self.ink.fill(scene.background)
            self.ink.put(f"{number(scene.x)} {number(scene.y)} {number(scene.width)} {number(scene.height)} re f")
        for child in scene.children:
            self.shape(child, depth=0)

    def shape(self, shape: Node, depth: int = 0) -> None:
        match shape:
            case Text():
                self.text(shape)
            case Group():
                self._group(shape, depth)
            case Rect():
                self._rect(shape)
            case Path():
                self.ink.shape(shape.segments, shape.paint)
            case Ellipse():
                self.ink.shape(ellipse(shape.cx, shape.cy, shape.rx, shape.ry), shape.paint)
            case Icon():
                self._icon(shape)

    def _rect(self, rect: Rect) -> None:
        if rect.radius:
            whole = rectangle(rect.x, rect.y, rect.width, rect.height, rect.radius, rect.radius)
        else:
            right, bottom = rect.x + rect.width, rect.y + rect.height
            whole = [("M", rect.x, rect.y), ("L", right, rect.y), ("L", right, bottom), ("L", rect.x, bottom), ("Z",)]
        self.ink.shape(whole, rect.paint)

    def _group(self, group: Group, depth: int) -> None:
        if depth >= _MAX_DEPTH:
            raise DrawingFailed(f"groups lie more than {_MAX_DEPTH} deep in each other")
        if group.opacity == 1:
            for child in group.children:
                self.shape(child, depth + 1)
            return
        inner = Canvas(self._press, self._box)
        inner._icons = self._icons
        for child in group.children:
            inner.shape(child, depth + 1)
        box = (self._box.x, self._box.y, self._box.right, self._box.bottom)
        name = self._press.form(inner.ink.data, box, {"Group": _GROUP})
        self.ink.state("fill opacity", f"/ca {number(group.opacity)}")
        self.ink.put(f"/{name} Do")

    def _icon(self, icon: Icon) -> None:
        body = self._icons.get(icon.icon)
        if body is None:
            raise DrawingFailed(f"the scene has no icon {clean(icon.icon)[:80]!r}")
        name = self._press.known.get(("icon", body))
        if name is None:
            name = self._press.known["icon", body] = icons.form(self._press, body)
        self.ink.keep()
        self.ink.state("fill opacity", "/ca 1")
        self.ink.move((icon.size / SIDE, 0, 0, icon.size / SIDE, icon.x, icon.y))
        self.ink.put(f"/{name} Do")
        self.ink.restore()

    def text(self, text: Text) -> None:
        """One line; what its font lacks is a sign for a missing character that still can be found and copied."""
        words = clean(text.text)
        if not words:
            return
        if text.halo is not None:
            self._halo(text, words)
        shown = self._press.letters.shown(text.font, words, leftward=text.leftward)
        stretch = 1.0
        if not shown.whole and text.width > 0 and shown.width > 0:
            stretch = text.width / (shown.width * text.size)
        self.ink.fill(text.fill)
        place = f"{number(text.size * stretch)} 0 0 {number(-text.size)} {number(text.x)} {number(text.y)} Tm"
        operators = f"BT /{text.font} 1 Tf {place}[{shown.pieces}]TJ ET".replace("[]TJ", "")
        if not shown.plain:
            operators = f"{actual(words)} {operators} EMC"
        self.ink.put(operators)
        if text.strike:
            self._strike(text, shown.width * text.size * stretch)

    def _strike(self, text: Text, width: float) -> None:
        face = self.fonts.face(text.font)
        thickness = face.metric(hb.OTMetricsTag.STRIKEOUT_SIZE) * text.size
        y = text.y - face.metric(hb.OTMetricsTag.STRIKEOUT_OFFSET) * text.size - thickness / 2
        self.ink.put(f"{number(text.x)} {number(y)} {number(width)} {number(thickness)} re f")

    def _halo(self, text: Text, words: str) -> None:
        """The halo as outlines, not as a text of its own: that would be found and copied twice."""
        if text.halo is None:
            return
        self.ink.keep()
        self.ink.stroke(text.halo, 1000 * text.halo_width / text.size)  # glyphs are drawn in thousandths
        self.ink.ends(rounded=True)
        self.ink.move((text.size, 0, 0, -text.size, text.x, text.y))
        for glyph in self._press.letters.glyphs(text.font, words, leftward=text.leftward):
            if name := self._outlined(text.font, glyph.number):
                self.ink.put(f"1 0 0 1 {real(glyph.dx)} {real(glyph.dy)} cm /{name} Do")
            self.ink.put(f"1 0 0 1 {real(glyph.advance - glyph.dx)} {real(-glyph.dy)} cm")
        self.ink.restore()

    def _outlined(self, font: FontKey, glyph: int) -> str:
        """The name of a glyph's stroked outline; empty for a space."""
        key = ("glyph", font, glyph)
        if key not in self._press.known:
            segments = self.fonts.face(font).outline(glyph)
            data = path_of([(s[0], *(float(v) * 1000 for v in s[1:])) for s in segments]) + "\nS"
            small = {"Matrix": "[.001 0 0 .001 0 0]"}
            box = (-2000, -2000, 4000, 3000)
            self._press.known[key] = self._press.form(data.encode("ascii"), box, small) if segments else ""
        return self._press.known[key]
