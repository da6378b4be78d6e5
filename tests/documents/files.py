"""Small documents for tests: PDFs written object by object, images by Pillow."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(
    *contents: str,
    size: tuple[float, float, float, float] = (0, 0, 600, 400),
    page: str = "",
    resources: str = "/Font << /F1 4 0 R >>",
    more: Sequence[str] = (),
    trailer: str = "",
) -> bytes:
    """A PDF with a page for each content stream. Objects 1 to 4 are catalog, pages, font and the resources' font;
    `more` are objects from 5 on; `page` is put into each page's dictionary."""
    first = 5 + len(more)
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(contents)))
    box = " ".join(map(str, size))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        "<< >>",
        FONT,
        *more,
    ]
    for index, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {page} "
            f"/Resources << {resources} >> /Contents {first + 2 * index + 1} 0 R >>"
        )
        objects.append(stream(content))
    return _file(objects, trailer)


def stream(content: str, told: str = "") -> str:
    """A stream object."""
    return f"<< /Length {len(content.encode('latin-1'))} {told} >>\nstream\n{content}\nendstream"


def text(words: str, x: float, y: float, *, size: float = 12, matrix: str | None = None) -> str:
    """A content stream's text, its baseline starting at x, y of the page's own space."""
    return f"BT /F1 {size} Tf {matrix or f'1 0 0 1 {x} {y}'} Tm ({words}) Tj ET\n"


def image(kind: str, picture: Image.Image, **options: object) -> bytes:
    """An image file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _file(objects: Sequence[str], trailer: str) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)
