"""The fonts that ship with the package: the only part of drawing that reads files, its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.util import find_spec

from nunatak.drawing.fonts import Extra, Fonts
from nunatak.drawing.scene import FontKey
from nunatak.drawing.scripts import SCRIPTS

FILES: dict[FontKey, str] = {
    "sans": "inter-400.ttf",
    "sans-semibold": "inter-600.ttf",
    "mono": "jetbrains-mono-400.ttf",
    "fallback": "noto-sans-400.ttf",
    "fallback-semibold": "noto-sans-600.ttf",
}


# What packages of fonts call their files; each brings what it has.
_SCRIPTS_PACKAGE, _CJK_PACKAGE = "manimgx_fonts", "manimgx_fonts_cjk"
PACKAGES = (_SCRIPTS_PACKAGE, _CJK_PACKAGE)
_CJK_FILE = "NotoSansCJK-VF.otf.ttc"
_CJK_ORDER = ("cjk-jp", "cjk-kr", "cjk-sc", "cjk-tc")


@cache
def fonts() -> Fonts:
    """The bundled fonts, read once in a process (1 MB, 4 ms), and those of more scripts where their packages are
    installed; they never change, and share their word widths."""
    return Fonts(_files(), dict(_extras()))


@cache
def own() -> Fonts:
    """The bundled fonts alone: what everyone has."""
    return Fonts(_files())


def _files() -> dict[FontKey, bytes]:
    folder = resources.files("nunatak.drawing") / "fonts"
    return {key: (folder / name).read_bytes() for key, name in FILES.items()}


def _extras() -> Iterator[tuple[str, Extra]]:
    if find_spec(_SCRIPTS_PACKAGE) is not None:
        folder = resources.files(_SCRIPTS_PACKAGE)
        for name, script in SCRIPTS.items():
            file = folder / f"{script.family.replace(' ', '')}[wght].ttf"
            if file.is_file():
                yield name, Extra(file.read_bytes)
    if find_spec(_CJK_PACKAGE) is not None:
        file = resources.files(_CJK_PACKAGE) / _CJK_FILE
        if file.is_file():
            read = cache(file.read_bytes)  # one file for four countries
            for index, name in enumerate(_CJK_ORDER):
                yield name, Extra(read, index)
