"""`nunatak render`: a picture file to an SVG or PNG file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from nunatak.core.errors import Invalid, NotFound
from nunatak.render.draw import draw


def run(picture: Path, output: Path, *, theme: str, max_width: int | None) -> None:
    """Draws the picture and writes the file whose suffix says which."""
    if output.suffix not in (".svg", ".png"):
        raise Invalid("The output's format is not known", (f"--output: expected a .svg or .png file, got {output}",))
    try:
        data = picture.read_bytes()
    except OSError as error:
        raise NotFound(f"{picture} can't be read: {error.strerror}") from None
    svg, png, warnings = draw(data, msgspec.json.encode({"theme": theme}), max_width)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(svg if output.suffix == ".svg" else png)
    for warning in warnings:
        print(f"note: {warning}")
    print(output)
