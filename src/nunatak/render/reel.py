"""Reels: a story's frames as the pages of a PDF, or as pictures in an archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box
from nunatak.drawing.pdf.document import POINTS, Bookmark, Document, Page, Place
from nunatak.drawing.png import png, scale_for
from nunatak.drawing.scene import Paint
from nunatak.drawing.svg import svg
from nunatak.render.film import Frame
from nunatak.render.options import Output
from nunatak.render.theme import Theme

_MOST_SIDE = 14_000.0  # of a page, in points
_FOOT, _MARGIN, _SIZE = 30.0, 24.0, 9.0  # the strip of the page numbers, in points
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # no clock in any file: the earliest time that an archive can tell


def pages(frames: Sequence[Frame], title: str, theme: Theme, fonts: Fonts) -> bytes:
    """A PDF with a page and a bookmark for each frame. Raises DrawingFailed for a scene that can't be drawn."""
    document = Document(fonts, title=title)
    for place, frame in enumerate(frames):
        scene = frame.scene
        scale = min(POINTS, _MOST_SIDE / max(scene.width, scene.height))
        width, height = scene.width * scale, scene.height * scale
        page = document.page(width, height + _FOOT)
        if scene.background is not None:
            page.rect(Box(0, 0, width, height + _FOOT), Paint(fill=scene.background))
        page.place(scene, Box(0, 0, width, height))
        _footed(page, f"{place + 1} / {len(frames)}", theme, fonts)
        document.outline.append(Bookmark(frame.title, Place(place, 0)))
    return document.written()


def _footed(page: Page, words: str, theme: Theme, fonts: Fonts) -> None:
    x = page.width - _MARGIN - fonts.width(words, "mono", _SIZE)
    page.text(x, page.height - _FOOT / 2, words, font="mono", size=_SIZE, fill=theme.area_type)


def archive(frames: Sequence[Frame], fonts: Fonts, output: Output) -> bytes:
    """A ZIP archive with an SVG and a PNG for each frame, numbered in their order; the same bytes for the same
    frames. Raises DrawingFailed for a scene that can't be drawn."""
    data = io.BytesIO()
    digits = len(str(len(frames)))
    with zipfile.ZipFile(data, "w") as held:
        for number, frame in enumerate(frames, 1):
            name = f"{number:0{digits}}-{_slug(frame.title)}".rstrip("-")
            scene = frame.scene
            scale, _ = scale_for(scene.width, scene.height, output.max_width, output.scale)
            drawn = svg(scene, fonts, embed_fonts=output.embed_fonts).encode()
            _put(held, f"{name}.svg", drawn, zipfile.ZIP_DEFLATED)
            _put(held, f"{name}.png", png(scene, fonts, scale=scale), zipfile.ZIP_STORED)
    return data.getvalue()


def _put(held: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.create_system = 3  # the same on every machine
    info.compress_type = method
    info.external_attr = 0o644 << 16
    held.writestr(info, data)


def _slug(words: str) -> str:
    """A name's letters that every file system takes."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"^\d+\. ", "", words).lower()).strip("-")[:48]
