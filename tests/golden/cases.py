"""The golden cases: a picture each, what it was drawn as, and how to draw it anew."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from nunatak.drawing.bundled import fonts
from nunatak.drawing.svg import svg
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.scene import scene

ROOT = Path(__file__).parent
NAMES = sorted(folder.parent.name for folder in ROOT.glob("*/picture.json"))
FONTS = fonts()


class Drawn(NamedTuple):
    """A scene as indented JSON and the SVG of it, without the embedded fonts."""

    scene: str
    svg: str


def draw(name: str) -> Drawn:
    """Draws a case's `picture.json` with its `options.json`, if it has one."""
    folder = ROOT / name
    picture = msgspec.json.decode((folder / "picture.json").read_bytes(), type=Picture)
    chosen = folder / "options.json"
    options = msgspec.json.decode(chosen.read_bytes(), type=Options) if chosen.exists() else Options()
    drawn = scene(picture, options, FONTS)
    text = msgspec.json.format(msgspec.json.encode(drawn), indent=1).decode()
    return Drawn(text + "\n", svg(drawn, FONTS, embed_fonts=False) + "\n")


def kept(name: str) -> Drawn:
    """What is kept of a case; empty texts for a new one."""
    files = (ROOT / name / "scene.json", ROOT / name / "image.svg")
    return Drawn(*(file.read_text(encoding="utf-8") if file.exists() else "" for file in files))


def keep(name: str, drawn: Drawn) -> None:
    """Writes what a case is drawn as."""
    (ROOT / name / "scene.json").write_text(drawn.scene, encoding="utf-8")
    (ROOT / name / "image.svg").write_text(drawn.svg, encoding="utf-8")
