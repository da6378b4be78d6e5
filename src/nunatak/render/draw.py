"""One picture to its files: what a drawing process runs, and `nunatak render`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

import msgspec

from nunatak.core.errors import Invalid
from nunatak.drawing.bundled import fonts
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.pdf.document import pdf
from nunatak.drawing.png import png, scale_for
from nunatak.drawing.scene import Group, Node, Scene, Text
from nunatak.drawing.svg import svg
from nunatak.render import reel
from nunatak.render.film import film, frames
from nunatak.render.options import Options, Output
from nunatak.render.paint import paint
from nunatak.render.picture import Picture
from nunatak.render.route import Routed
from nunatak.render.scene import routed, scene
from nunatak.render.theme import THEMES, Theme

T = TypeVar("T")


class Files(NamedTuple):
    """A picture's files; `more` is the one that the output's format names, empty where it names none, as the PNG is
    where none is wanted."""

    svg: bytes
    png: bytes
    more: bytes
    warnings: tuple[str, ...]


def draw(picture: bytes, options: bytes = b"{}", output: bytes = b"{}") -> Files:
    """The files of a picture, options and output given as JSON. Raises Invalid for JSON that is none of them."""
    shown, wanted = decoded(options, Options), decoded(output, Output)
    theme, letters = THEMES[shown.theme], fonts()
    whole = decoded(picture, Picture)
    ways = None if shown.sequence else routed(whole, shown, letters)
    drawn = scene(whole, shown, letters) if ways is None else paint(ways, theme, letters)
    scale, warning = scale_for(drawn.width, drawn.height, wanted.max_width, wanted.scale)
    return Files(
        svg=svg(drawn, letters, embed_fonts=wanted.embed_fonts).encode(),
        png=png(drawn, letters, scale=scale) if wanted.raster else b"",
        more=_more(ways, drawn, theme, letters, wanted),
        warnings=(*drawn.warnings, *([warning] if warning else []), *_unlettered(drawn, fonts())),
    )


def _more(ways: Routed | None, drawn: Scene, theme: Theme, letters: Fonts, wanted: Output) -> bytes:
    if wanted.format == "pdf":
        return pdf(drawn, letters)
    if wanted.format is None:
        return b""
    if ways is None:
        raise Invalid("A sequence has no moving or paged form", ("format: expected pdf with sequence",))
    match wanted.format:
        case "pages":
            told = ways.measured.resolved.picture
            return reel.pages(frames(ways, theme, letters), told.flow or told.name, theme, letters)
        case "film":
            return svg(film(ways, theme, letters), letters, embed_fonts=wanted.embed_fonts).encode()
        case "steps":
            return reel.archive(frames(ways, theme, letters), letters, wanted)


def outlined(picture: bytes, options: bytes) -> bytes:
    """The scene of a picture and options, all as JSON. Raises Invalid for JSON that is neither."""
    return msgspec.json.encode(scene(decoded(picture, Picture), decoded(options, Options), fonts()))


def _unlettered(drawn: Scene, found: Fonts) -> list[str]:
    """A word on the letters that no bundled font has."""
    missing = sorted(set().union(*map(found.missing, _texts(drawn.children))))
    if not missing:
        return []
    shown = " ".join(missing[:12]) + (" …" if len(missing) > 12 else "")
    hint = "" if found.scripts else " More fonts come with nunatak[fonts]."
    return [f"Our fonts have no {shown}: the PNG shows boxes for them, the SVG what the viewer's fonts have.{hint}"]


def _texts(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Group):
            yield from _texts(node.children)


def decoded(data: bytes, type_: type[T]) -> T:
    """A struct of JSON; raises Invalid naming the field."""
    try:
        return msgspec.json.decode(data, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"This is no {type_.__name__.lower()}: {error}", (str(error),)) from None


def warm() -> None:
    """Loads the fonts, so that the first picture doesn't wait for them."""
    fonts()
