"""`nunatak render`: a picture file to an SVG, PNG or PDF file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from nunatak.core.errors import Invalid, NotFound
from nunatak.render.draw import draw
from nunatak.render.options import Output


def run(picture: Path, output: Path, *, theme: str, max_width: int | None) -> None:
    """Draws the picture and writes the file whose suffix says which."""
    if output.suffix not in (".svg", ".png", ".pdf"):
        expected = f"--output: expected a .svg, .png or .pdf file, got {output}"
        raise Invalid("The output's format is not known", (expected,))
    try:
        data = picture.read_bytes()
    except OSError as error:
        raise NotFound(f"{picture} can't be read: {error.strerror}") from None
    wanted = Output(max_width=max_width, format="pdf" if output.suffix == ".pdf" else None)
    files = draw(data, msgspec.json.encode({"theme": theme}), msgspec.json.encode(wanted))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes({".svg": files.svg, ".png": files.png, ".pdf": files.more}[output.suffix])
    for warning in files.warnings:
        print(f"note: {warning}")
    print(output)
