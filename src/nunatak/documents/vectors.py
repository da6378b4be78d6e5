"""A PDF page as vectors: converted, made small and safe, and held against another renderer's picture of it."""

from __future__ import annotations

import io
import re

import pylopdf
import resvg
from PIL import Image

from nunatak.documents import compare, pages, pdfium, rasters, shrink
from nunatak.documents.errors import Unreadable
from nunatak.documents.page import Content, Drawn, Limits, Page
from nunatak.drawing.png import rasterized

_COMPARED = 1_600  # pixels of the longest side
_MOST_DIFFERENT = 0.01
_SIZE = re.compile(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"')


def draw(content: Content, number: int, limits: Limits, *, grayscale: bool) -> Drawn:
    """Page `number` as vectors; as a picture where it is a scan, or where its vectors don't come out right, which
    `note` tells. Raises Unreadable for a page that can't be read at all."""
    if pages.kind_of(content) != "application/pdf":
        return rasters.picture(content, number, limits, grayscale=grayscale)
    with pdfium.opened_page(content, number) as page:
        told = pdfium.described(page, number)
        scan = rasters.is_scan(page)
        seen = None if scan else rasters.rendered(page, _COMPARED / max(page.get_size())).convert("L")
    if seen is None:
        return rasters.picture(content, number, limits, grayscale=grayscale)
    try:
        body = _converted(content, told, limits, grayscale=grayscale)
        apart = compare.difference(_shown(told, body, seen.size), seen)
    except Unreadable as refusal:
        return rasters.picture(content, number, limits, grayscale=grayscale, note=refusal.message)
    if apart > _MOST_DIFFERENT:
        why = f"The vectors differ from the page in {apart:.1%} of its pixels"
        return rasters.picture(content, number, limits, grayscale=grayscale, note=why)
    return Drawn(page=told, kind="vector", body=body)


def _converted(content: Content, page: Page, limits: Limits, *, grayscale: bool) -> str:
    """The inside of the SVG for a page. Raises Unreadable."""
    stream = content if isinstance(content, bytes) else content.read_bytes()
    try:
        with pylopdf.Document(stream=stream) as document:
            text = document.render_page_svg(page.number - 1, max_size=4 * limits.svg_bytes)
    except Exception as error:  # the library says in many ways that it can't, also that there is no such page
        raise Unreadable(f"The page's vectors can't be converted: {str(error)[:120]}") from None
    found = _SIZE.match(text)
    if not found or abs(float(found.group(1)) - page.width) > 1 or abs(float(found.group(2)) - page.height) > 1:
        raise Unreadable("The page's vectors come out in another size than the page")
    body = shrink.shrunk(text, page.width, page.height, grayscale=grayscale)
    if len(body) > limits.svg_bytes:
        raise Unreadable(f"The page's vectors take {len(body):,} bytes, more than {limits.svg_bytes:,}")
    return body


def _shown(page: Page, body: str, size: tuple[int, int]) -> Image.Image:
    """What the vectors look like on white, in grey. Raises Unreadable."""
    document = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" preserveAspectRatio="none" '
        f'width="{size[0]}" height="{size[1]}" viewBox="0 0 {page.width:g} {page.height:g}">{body}</svg>'
    )
    try:
        drawn = rasterized(document, resvg.usvg.Options.default())
    except Exception as error:
        raise Unreadable(f"The page's vectors can't be drawn: {str(error)[:120]}") from None
    with Image.open(io.BytesIO(drawn), formats=["PNG"]) as image:
        clear = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("L")
