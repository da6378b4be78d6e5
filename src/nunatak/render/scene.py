"""The whole way from a picture to a scene."""

from __future__ import annotations

from nunatak.drawing.fonts import Fonts
from nunatak.drawing.scene import Scene
from nunatak.render.measure import measure
from nunatak.render.options import Options
from nunatak.render.paint import paint
from nunatak.render.picture import Picture
from nunatak.render.resolve import resolve
from nunatak.render.route import Routed, route
from nunatak.render.sequence import sequence
from nunatak.render.theme import THEMES


def scene(picture: Picture, options: Options, fonts: Fonts) -> Scene:
    """What a picture looks like: the same picture, options and fonts make the same scene."""
    if options.sequence:
        return sequence(picture, options, fonts)
    return paint(routed(picture, options, fonts), THEMES[options.theme], fonts)


def routed(picture: Picture, options: Options, fonts: Fonts) -> Routed:
    """A picture with everything in its place, before it gets its colours."""
    return route(measure(resolve(picture, options), fonts))
