"""What a PDF shows to PDFium, a reader that shares nothing with our writer."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from nunatak.drawing.bundled import fonts
from nunatak.drawing.pdf.document import pdf
from nunatak.drawing.png import png
from nunatak.drawing.scene import Icon, Scene

FONTS = fonts()


def scene(*children: Any, width: float = 200, height: float = 60, **values: Any) -> Scene:
    given = {"background": "#ffffff", "title": "", "description": "", **values}
    return Scene(x=0, y=0, width=width, height=height, children=children, **given)


def icon(body: str) -> Scene:
    """A scene of one icon, 24 units wide."""
    return scene(Icon(x=0, y=0, size=24, icon="i"), width=24, height=24, icons={"i": body})


def pixels(drawn: Scene, scale: float = 2) -> Any:
    """A scene's PDF as an array of rows of RGB, `scale` pixels a unit."""
    size = (round(drawn.width * scale), round(drawn.height * scale))
    with pypdfium2.PdfDocument(pdf(drawn, FONTS)) as document:
        page = document[0]
        return np.asarray(page.render(scale=scale / 0.75).to_pil().convert("RGB").resize(size), float)


def difference(drawn: Scene, scale: float = 2) -> float:
    """How far the PDF's pixels are from the PNG's: the mean over all channels, of 255."""
    image = Image.open(io.BytesIO(png(drawn, FONTS, scale=scale))).convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")  # a page is white where a scene is clear
    shown = Image.alpha_composite(paper, image).convert("RGB")
    return float(np.abs(pixels(drawn, scale) - np.asarray(shown, float)).mean())


def text(data: bytes, page: int = 0) -> str:
    """The text that a reader finds on a page."""
    with pypdfium2.PdfDocument(data) as document:
        found: str = document[page].get_textpage().get_text_range()
    return found.replace("\r\n", "\n")
