"""The fonts that ship with the package: the only part of drawing that reads files, its own."""

from __future__ import annotations

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


def fonts() -> Fonts:
    """The bundled fonts, read anew at every call (about 1 MB, a few milliseconds): make them once and hand them on."""
    folder = resources.files("nunatak.drawing") / "fonts"
    return Fonts({key: (folder / name).read_bytes() for key, name in FILES.items()})
