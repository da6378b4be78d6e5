"""The golden cases: a picture each, what it was drawn as, and how to draw it anew."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from nunatak.drawing.bundled import own
from nunatak.drawing.scene import Scene
from nunatak.drawing.svg import svg
from nunatak.render.film import film, frames
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.scene import routed, scene
from nunatak.render.theme import THEMES

ROOT = Path(__file__).parent
NAMES = sorted(folder.parent.name for folder in ROOT.glob("*/picture.json"))
FONTS = own()


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
    drawn = _scene(folder, picture, options)
    text = msgspec.json.format(msgspec.json.encode(drawn), indent=1).decode()
    return Drawn(text + "\n", svg(drawn, FONTS, embed_fonts=False) + "\n")


def _scene(folder: Path, picture: Picture, options: Options) -> Scene:
    """The picture's scene or, where the case has a `film.json`, its film or one of the film's frames."""
    filmed = folder / "film.json"
    if not filmed.exists():
        return scene(picture, options, FONTS)
    ways, theme = routed(picture, options, FONTS), THEMES[options.theme]
    step = msgspec.json.decode(filmed.read_bytes())["step"]
    return film(ways, theme, FONTS) if step is None else frames(ways, theme, FONTS)[step].scene


def kept(name: str) -> Drawn:
    """What is kept of a case; empty texts for a new one."""
    files = (ROOT / name / "scene.json", ROOT / name / "image.svg")
    return Drawn(*(file.read_text(encoding="utf-8") if file.exists() else "" for file in files))


def keep(name: str, drawn: Drawn) -> None:
    """Writes what a case is drawn as."""
    (ROOT / name / "scene.json").write_text(drawn.scene, encoding="utf-8")
    (ROOT / name / "image.svg").write_text(drawn.svg, encoding="utf-8")
