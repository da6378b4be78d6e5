"""A scene: absolute shapes in units (1 unit = 1 pixel at 1x), origin top left, y down; nothing is left to resolve."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

# The bundled fonts, and those of scripts that another package may bring.
FontKey = Literal[
    "sans", "sans-semibold", "mono", "fallback", "fallback-semibold",
    "arabic", "arabic-semibold", "hebrew", "hebrew-semibold", "armenian", "armenian-semibold",
    "devanagari", "devanagari-semibold", "bengali", "bengali-semibold", "gurmukhi", "gurmukhi-semibold",
    "gujarati", "gujarati-semibold", "oriya", "oriya-semibold", "tamil", "tamil-semibold",
    "telugu", "telugu-semibold", "kannada", "kannada-semibold", "malayalam", "malayalam-semibold",
    "sinhala", "sinhala-semibold", "thai", "thai-semibold", "lao", "lao-semibold",
    "myanmar", "myanmar-semibold", "georgian", "georgian-semibold", "ethiopic", "ethiopic-semibold",
    "khmer", "khmer-semibold", "cjk-jp", "cjk-jp-semibold", "cjk-kr", "cjk-kr-semibold",
    "cjk-sc", "cjk-sc-semibold", "cjk-tc", "cjk-tc-semibold", "symbols", "symbols-semibold",
    "emoji", "emoji-semibold",
]  # fmt: skip


OPAQUE = 1.0  # one object, for encoding leaves out what is a default itself


class _Node(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True, gc=False):
    """What all that a scene holds is written as."""


class Paint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """How a shape is painted: colours as `#rrggbb` or None for none, opacities 0..1, width and dashes in units."""

    fill: str | None = None
    fill_opacity: float = 1.0
    stroke: str | None = None
    stroke_width: float = 1.0
    stroke_opacity: float = 1.0
    dash: tuple[float, ...] = ()
    round: bool = False  # round joins and caps


class Rect(_Node, frozen=True, kw_only=True, tag="rect"):
    """A rectangle with corner radius `radius`."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0
    paint: Paint


class Ellipse(_Node, frozen=True, kw_only=True, tag="ellipse"):
    """An ellipse round its centre."""

    cx: float
    cy: float
    rx: float
    ry: float
    paint: Paint


class Path(_Node, frozen=True, kw_only=True, tag="path"):
    """Segments `("M", x, y)`, `("L", x, y)`, `("C", x1, y1, x2, y2, x, y)`, `("Q", x1, y1, x, y)`, `("Z",)`."""

    segments: tuple[tuple[str | float, ...], ...]
    paint: Paint


class Text(_Node, frozen=True, kw_only=True, tag="text"):
    """One line of text in one font: `x` is its left edge, `y` its baseline, `width` its measured advance.

    `halo` is the colour painted `halo_width` units wide behind the glyphs. `leftward` text is read from right to left.
    `title` is all of a text that is shown cut.
    """

    x: float
    y: float
    text: str
    font: FontKey
    size: float
    fill: str
    width: float
    halo: str | None = None
    halo_width: float = 4.0
    strike: bool = False
    leftward: bool = False
    title: str | None = None


class Icon(_Node, frozen=True, kw_only=True, tag="icon"):
    """A square picture from the scene's `icons`, drawn `size` units wide at its top-left corner."""

    x: float
    y: float
    size: float
    icon: str


class Group(_Node, frozen=True, kw_only=True, tag="group"):
    """Nodes that belong together. A thing of the diagram has its `id` and `model_id`; `role` is a word for what it is
    (box, area, line, pin, …); `title` is its full text for readers that can't see. In a film `levels` are its
    opacities, one a moment; where it stands still, it has its `opacity`."""

    children: tuple[Node, ...]
    id: str | None = None
    model_id: str | None = None
    role: str | None = None
    title: str | None = None
    opacity: float = OPAQUE
    levels: tuple[float, ...] = ()


# Whatever a scene holds.
Node: TypeAlias = Rect | Ellipse | Path | Text | Icon | Group


class Scene(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that is drawn: the visible rectangle (`x`, `y`, `width`, `height`), the canvas colour or None for a clear
    one, words for readers, and the SVG bodies of the icons, drawn on a 24 x 24 box. `moments` are a film's: how many
    seconds each lasts."""

    x: float
    y: float
    width: float
    height: float
    background: str | None
    title: str
    description: str
    theme: str = "light"
    icons: dict[str, str] = {}
    children: tuple[Node, ...]
    warnings: tuple[str, ...] = ()
    moments: tuple[float, ...] = ()
