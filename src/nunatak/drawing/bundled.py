"""The fonts that ship with the package: the only part of drawing that reads files, its own."""

from __future__ import annotations

from functools import cache
from importlib import resources

from nunatak.drawing.fonts import Fonts
from nunatak.drawing.scene import FontKey

FILES: dict[FontKey, str] = {
    "sans": "inter-400.ttf",
    "sans-semibold": "inter-600.ttf",
    "mono": "jetbrains-mono-400.ttf",
    "fallback": "noto-sans-400.ttf",
    "fallback-semibold": "noto-sans-600.ttf",
}


@cache
def fonts() -> Fonts:
    """The bundled fonts, read once in a process (1 MB, 4 ms); they never change, and share their word widths."""
    folder = resources.files("nunatak.drawing") / "fonts"
    return Fonts({key: (folder / name).read_bytes() for key, name in FILES.items()})
