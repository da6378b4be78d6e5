"""Scene to SVG text: script-free, self-contained, the same for the same scene and fonts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from nunatak.drawing import outlines
from nunatak.drawing.bidi import shown_leftward
from nunatak.drawing.characters import clean
from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.fonts import WEIGHTS, Fonts
from nunatak.drawing.icons import symbol
from nunatak.drawing.markup import color, escaped, number, numbers, path_data, quoted, words
from nunatak.drawing.motion import Motion
from nunatak.drawing.scene import Ellipse, FontKey, Group, Icon, Node, Paint, Path, Rect, Scene, Text
from nunatak.drawing.scripts import SCRIPTS

_MAX_DEPTH = 100  # groups in groups; a rasterizer's stack ends somewhere beyond

_SANS = 'Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
_MONO = '"JetBrains Mono",ui-monospace,Menlo,Consolas,monospace'
_NOTO = '"Noto Sans",Inter,"Segoe UI",Roboto,Arial,sans-serif'
# For each font key: its own family in browsers, the families that stand in for it, its weight.
_STYLES: dict[str, tuple[str, str, int]] = {
    "sans": ("nunatak-sans", _SANS, 400),
    "sans-semibold": ("nunatak-sans", _SANS, 600),
    "mono": ("nunatak-mono", _MONO, 400),
    "fallback": ("nunatak-fallback", _NOTO, 400),
    "fallback-semibold": ("nunatak-fallback", _NOTO, 600),
} | {
    name + bold: (f"nunatak-{name}", f'"{script.family}","{script.family} Light",sans-serif', weight)
    for name, script in SCRIPTS.items()
    for bold, weight in WEIGHTS.items()
}


# How readers who can't see are told of a group, by its role: as one thing by its title, or not at all, because another
# group tells it in its turn. Areas, legends and notes are groups of what they hold.
_TOLD = {
    "area": "",
    "line": ' aria-hidden="true"',
    "title": ' aria-hidden="true"',
    "lifeline": ' aria-hidden="true"',
    "frame": ' aria-hidden="true"',
    "steps": ' role="list"',
    "step": ' role="listitem"',
    "legend": "",
    "note": "",
}
_ONE = ' role="img"'
_HIT = ' fill="none" stroke-width="8" pointer-events="stroke"'  # what a pointer finds of a line, wider than is seen


class Written(NamedTuple):
    """SVG text and the characters that it draws in each font."""

    text: str
    characters: Mapping[FontKey, frozenset[str]]


class Inline(NamedTuple):
    """A picture for a page that brings the letters and symbols of all its pictures itself: the SVG element, the
    characters that it draws in each font, and its icons' `<symbol>`s by id."""

    text: str
    characters: Mapping[FontKey, frozenset[str]]
    symbols: Mapping[str, str]


def svg(scene: Scene, fonts: Fonts, *, embed_fonts: bool = True) -> str:
    """The SVG document of the scene, 1 unit = 1 pixel. With `embed_fonts` it carries the letters that it uses and
    looks the same where our fonts are not installed. Raises DrawingFailed for a scene that can't be drawn."""
    return write(scene, fonts, embed_fonts=embed_fonts).text


def inline(scene: Scene, fonts: Fonts) -> Inline:
    """The scene as one of several pictures on a page. Raises DrawingFailed for a scene that can't be drawn."""
    writer = _drawn(scene, fonts)
    text = f"{_opened(scene, scene.width, scene.height)}{_background(scene)}{''.join(writer.parts)}</svg>"
    return Inline(text, writer.used, writer.icons)


def page_style(fonts: Fonts, characters: Mapping[FontKey, frozenset[str]]) -> str:
    """The rules that a page's inline pictures need, with the letters that they use."""
    return "".join(_rules(fonts, characters, True))


def write(scene: Scene, fonts: Fonts, *, pixels: tuple[int, int] | None = None, embed_fonts: bool) -> Written:
    """The document and what it uses; with `pixels` it is shown in exactly that size, stretched by less than a pixel."""
    writer = _drawn(scene, fonts, outlined=pixels is not None)
    width, height = pixels or (scene.width, scene.height)
    rules = "".join(_rules(fonts, writer.used, embed_fonts)) + writer.motion.rules()
    parts = [
        _opened(scene, width, height, ' preserveAspectRatio="none"' if pixels else ""),
        f"<style>{rules}</style>" if rules else "",
        f"<defs>{''.join(writer.icons.values())}</defs>" if writer.icons else "",
        _background(scene),
        *writer.parts,
        "</svg>\n",
    ]
    return Written("".join(parts), writer.used)


def _drawn(scene: Scene, fonts: Fonts, *, outlined: bool = False) -> _Writer:
    if not (scene.width > 0 and scene.height > 0):
        raise DrawingFailed("a scene without width or height can't be drawn")
    writer = _Writer(scene, fonts, outlined=outlined)
    for child in scene.children:
        writer.shape(child, depth=0)
    return writer


def _opened(scene: Scene, width: float, height: float, stretched: str = "") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" height="{number(height)}" '
        f'viewBox="{numbers((scene.x, scene.y, scene.width, scene.height))}" '
        'role="graphics-document document" direction="ltr" '
        f'text-rendering="geometricPrecision" xml:space="preserve"{stretched}>'
        f"<title>{words(scene.title)}</title><desc>{words(scene.description)}</desc>"
    )


def _background(scene: Scene) -> str:
    if scene.background is None:
        return ""
    whole = Rect(
        x=scene.x, y=scene.y, width=scene.width, height=scene.height, paint=Paint(fill=scene.background, stroke=None)
    )
    return _rect(whole)


def _rules(fonts: Fonts, characters: Mapping[FontKey, frozenset[str]], embed_fonts: bool) -> list[str]:
    rules = []
    for key, used in characters.items():
        family, others, weight = _STYLES[key]
        if embed_fonts and fonts.has(key) and (covered := fonts.coverage(key, used)):
            rules.append(
                f"@font-face{{font-family:{family};font-weight:{weight};src:url({fonts.embedded(key, used)});"
                f"unicode-range:{_ranges(covered)}}}"
            )
        # Browsers draw the signs of East Asian sentences together where they meet; we have measured them apart.
        apart = ";text-spacing-trim:space-all" if key.startswith("cjk") else ""
        rules.append(f".nt-{key}{{font-family:{family},{others};font-weight:{weight};white-space:pre{apart}}}")
    return rules


def _ranges(characters: frozenset[str]) -> str:
    """The characters as CSS writes them, `U+20-7e,U+e9`: so that pictures on one page add to each other's letters."""
    codes = sorted(map(ord, characters))
    starts = [codes[0]] + [b for a, b in pairwise(codes) if b != a + 1]
    ends = [a for a, b in pairwise(codes) if b != a + 1] + [codes[-1]]
    return ",".join(f"U+{a:x}-{b:x}" if b > a else f"U+{a:x}" for a, b in zip(starts, ends, strict=True))


class _Writer:
    """Collects a scene's markup, and on the way the icons and characters that it uses. `outlined`: what needs it is
    drawn as shapes."""

    def __init__(self, scene: Scene, fonts: Fonts, *, outlined: bool) -> None:
        self.parts: list[str] = []
        self.texts: defaultdict[FontKey, list[str]] = defaultdict(list)
        self._fonts, self._outlined = fonts, outlined
        self._bodies = scene.icons
        self.icons: dict[str, str] = {}
        self.motion = Motion(scene.moments)

    @property
    def used(self) -> Mapping[FontKey, frozenset[str]]:
        """The characters of each font, in a fixed order."""
        return {key: frozenset("".join(texts)) for key, texts in sorted(self.texts.items())}

    def shape(self, shape: Node, depth: int) -> None:
        match shape:
            case Text():
                self.parts.append(self._text(shape))
            case Group():
                self._group(shape, depth)
            case Rect():
                self.parts.append(_rect(shape))
            case Path():
                self.parts.append(f'<path d="{path_data(shape.segments)}"{_paint(shape.paint)}/>')
            case Ellipse():
                place = (
                    f'cx="{number(shape.cx)}" cy="{number(shape.cy)}" rx="{number(shape.rx)}" ry="{number(shape.ry)}"'
                )
                self.parts.append(f"<ellipse {place}{_paint(shape.paint)}/>")
            case Icon():
                self.parts.append(self._icon(shape))

    def _group(self, group: Group, depth: int) -> None:
        if depth >= _MAX_DEPTH:
            raise DrawingFailed(f"groups lie more than {_MAX_DEPTH} deep in each other")
        attributes = "" if group.id is None else f' data-id="{quoted(group.id)}"'
        if group.model_id is not None:
            attributes += f' data-model-id="{quoted(group.model_id)}"'
        if group.role is not None:
            attributes += f' data-role="{quoted(group.role)}"'
        opacity = f' opacity="{number(group.opacity)}"' if group.opacity != 1 else ""
        title = f"<title>{words(group.title)}</title>" if group.title else ""
        moving = f' class="{self.motion.name(group.levels)}"' if group.levels else ""
        told = _TOLD.get(group.role or "", _ONE if group.title else "")
        self.parts.append(f"<g{attributes}{told}{opacity}{moving}>{title}")
        children = group.children
        if group.role == "line" and not self._outlined and children and isinstance(course := children[0], Path):
            data = path_data(course.segments)
            self.parts.append(f'<path d="{data}"{_paint(course.paint)}/><path d="{data}"{_HIT}/>')
            children = children[1:]
        for child in children:
            self.shape(child, depth + 1)
        self.parts.append("</g>")

    def _text(self, text: Text) -> str:
        cleaned = clean(text.text)
        if self._outlined and not text.strike and outlines.needed(text, cleaned, self._fonts):
            return self._shape(text, cleaned)
        shown = shown_leftward(escaped(cleaned)) if text.leftward else escaped(cleaned)
        self.texts[text.font].append(cleaned)
        extra = ' text-decoration="line-through"' if text.strike else ""
        if text.halo is not None:
            extra += _halo(text)
        if text.width > 0 and not self._fonts.covers(text.font, cleaned):
            # Whatever font a browser finds for it, it keeps the place that was measured for it.
            extra += f' textLength="{number(text.width)}" lengthAdjust="spacingAndGlyphs"'
        if text.title and not self._outlined:
            shown = f"<title>{words(text.title)}</title>{shown}"
        return (
            f'<text class="nt-{text.font}" x="{number(text.x)}" y="{number(text.y)}" font-size="{number(text.size)}" '
            f'fill="{color(text.fill)}"{extra}>{shown}</text>'
        )

    def _shape(self, text: Text, cleaned: str) -> str:
        halo = _halo(text) if text.halo is not None else ""
        data = path_data(outlines.segments(text, cleaned, self._fonts))
        return f'<path d="{data}" fill="{color(text.fill)}"{halo}/>'

    def _icon(self, icon: Icon) -> str:
        body = self._bodies.get(icon.icon)
        if body is None:
            raise DrawingFailed(f"the scene has no icon {clean(icon.icon)[:80]!r}")
        name, markup = symbol(body)
        self.icons[name] = markup
        size = number(icon.size)
        return f'<use href="#{name}" x="{number(icon.x)}" y="{number(icon.y)}" width="{size}" height="{size}"/>'


def _rect(rect: Rect) -> str:
    radius = f' rx="{number(rect.radius)}"' if rect.radius else ""
    return (
        f'<rect x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.width)}" '
        f'height="{number(rect.height)}"{radius}{_paint(rect.paint)}/>'
    )


def _halo(text: Text) -> str:
    return (
        f' paint-order="stroke" stroke="{color(text.halo or text.fill)}" stroke-width="{number(text.halo_width)}" '
        'stroke-linejoin="round"'
    )


@lru_cache(maxsize=1024)
def _paint(paint: Paint) -> str:
    """The attributes of a paint; what SVG takes for granted is left out."""
    written = ' fill="none"' if paint.fill is None else f' fill="{color(paint.fill)}"'
    if paint.fill is not None and paint.fill_opacity != 1:
        written += f' fill-opacity="{number(paint.fill_opacity)}"'
    if paint.stroke is None:
        return written
    written += f' stroke="{color(paint.stroke)}"'
    if paint.stroke_width != 1:
        written += f' stroke-width="{number(paint.stroke_width)}"'
    if paint.stroke_opacity != 1:
        written += f' stroke-opacity="{number(paint.stroke_opacity)}"'
    if paint.dash:
        written += f' stroke-dasharray="{numbers(paint.dash)}"'
    if paint.round:
        written += ' stroke-linejoin="round" stroke-linecap="round"'
    return written
