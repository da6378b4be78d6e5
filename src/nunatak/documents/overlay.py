"""A drawn page, its words and its marks as one SVG document."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from nunatak.documents.page import Drawn, Mark, Page, PageText, Word
from nunatak.drawing.markup import number, quoted, words

_COLORS = {"suggested": ("#ffd300", "#b38600"), "approved": ("#3ccf6e", "#1c8a43"), "rejected": ("#b4b8bd", "#6f757c")}
_AROUND = 2.0  # units between a text and its mark
_USUAL_SIDE = 2_400.0  # of pages whose unit is 1/72 inch; a page counted in pixels may be much longer
_CAPITALS = 0.72  # a capital's height of the font's
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_LINK = re.compile(r"https?://\S+|/(?!/)\S*|[#?]\S*|[\w.%~-]+([/?#][^\s:]*)?", re.IGNORECASE)  # no other scheme


def svg(drawn: Drawn, text: PageText | None, marks: Sequence[Mark], *, title: str = "") -> str:
    """The SVG document: the page as drawn, an invisible text layer, a `<g>` for each mark. Same input, same bytes.

    A mark's link is kept if it is an http or https address or stays in the document or on the server."""
    page = drawn.page
    parts = [
        _opened(page),
        f"<title>{words(title)}</title>" if title else "",
        f'<rect width="{number(page.width)}" height="{number(page.height)}" fill="#fff"/>',
        f'<g class="sheet">{drawn.body}</g>',
        *_text_layer(page, text.words if text else ()),
        *(_mark(page, mark) for mark in marks),
        "</svg>\n",
    ]
    return "".join(parts)


def _opened(page: Page) -> str:
    width, height = number(page.width), number(page.height)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    )


def _text_layer(page: Page, found: Sequence[Word]) -> Iterator[str]:
    if not found:
        return
    yield '<g class="words" fill-opacity="0" font-family="sans-serif" xml:space="preserve">'
    for word in found:
        yield _word(page, word)
    yield "</g>"


def _word(page: Page, word: Word) -> str:
    """The word stretched over its box, along its reading direction."""
    box = word.box
    x, y = (box.left + box.right) / 2 * page.width, (box.top + box.bottom) / 2 * page.height
    length, height = _lengths((box.right - box.left) * page.width, (box.bottom - box.top) * page.height, word.angle)
    turned = f' transform="rotate({number(word.angle)} {number(x)} {number(y)})"' if word.angle else ""
    return (
        f'<text x="{number(x - length / 2)}" y="{number(y + height / 2)}" font-size="{number(height / _CAPITALS)}" '
        f'textLength="{number(length)}" lengthAdjust="spacingAndGlyphs"{turned}>{words(word.text)}</text>'
    )


def _lengths(width: float, height: float, angle: float) -> tuple[float, float]:
    """A word's length and height, from the box round it: width = length cos + height sin, height the other way."""
    cos, sin = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    spread = cos * cos - sin * sin
    if abs(spread) < 0.2:  # near 45 degrees the box says little
        whole = math.hypot(width, height)
        return max(0.01, whole * 0.9), max(0.01, whole * 0.15)
    return max(0.01, (width * cos - height * sin) / spread), max(0.01, (height * cos - width * sin) / spread)


def _mark(page: Page, mark: Mark) -> str:
    data = {"tag": mark.text, "page": str(page.number), "status": mark.status}
    if mark.confidence is not None:
        data["confidence"] = f"{mark.confidence:.3g}"
    data |= {name: value for name, value in mark.data.items() if _NAME.fullmatch(name)}
    told = "".join(f' data-{name}="{quoted(value)}"' for name, value in data.items())
    shape = _box(page, mark)
    if mark.link is not None and _LINK.fullmatch(mark.link):
        address = quoted(mark.link)
        shape = f'<a href="{address}" xlink:href="{address}">{shape}</a>'
    return (
        f'<g class="hit"{told}><metadata><id>{words(mark.identity)}</id></metadata>'
        f"<title>{words(mark.title or mark.identity)}</title>{shape}</g>"
    )


def _box(page: Page, mark: Mark) -> str:
    unit = max(1.0, max(page.width, page.height) / _USUAL_SIDE)
    around, box = _AROUND * unit, mark.box
    left, top = box.left * page.width - around, box.top * page.height - around
    width, height = (box.right - box.left) * page.width + 2 * around, (box.bottom - box.top) * page.height + 2 * around
    fill, edge = _COLORS[mark.status]
    return (
        f'<rect x="{number(left)}" y="{number(top)}" width="{number(width)}" height="{number(height)}" fill="{fill}" '
        f'fill-opacity="0.4" stroke="{edge}" stroke-width="{number(unit)}"/>'
    )
