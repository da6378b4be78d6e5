"""Sequences: a story as the scene of a sequence diagram, who takes part above and step by step below."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box
from nunatak.drawing.scene import Group, Node, Scene
from nunatak.render.cards import Cards, Icons
from nunatak.render.ladder import Ladder, ladder, participants
from nunatak.render.lettering import Lettering
from nunatak.render.measure import measure
from nunatak.render.options import Options
from nunatak.render.overlay import Overlay, without_hidden
from nunatak.render.paint import counted, framed
from nunatak.render.picture import Picture
from nunatak.render.resolve import resolve
from nunatak.render.rungs import Rungs
from nunatak.render.strip import Strip
from nunatak.render.theme import THEMES, Theme

_EMPTY = Box(0, 0, 320, 120)


def sequence(picture: Picture, options: Options, fonts: Fonts) -> Scene:
    """The sequence diagram of the picture's flow, with every path of its forks in a frame. The same picture, options
    and fonts make the same scene."""
    picture, theme = without_hidden(picture, options), THEMES[options.theme]
    laid = ladder(picture, options.flow_path_ids, fonts)
    icons, rungs = Icons(picture, theme), Rungs(theme, fonts)
    heads, overlay = _heads(picture, options, laid, Cards(theme, Lettering(fonts), icons), fonts)
    children = [rungs.frame(fork) for fork in laid.forks]
    children += [rungs.lifeline(id_, head, laid.box.bottom) for id_, head in laid.heads.items()]
    children += [*heads, *(rungs.told(fork) for fork in laid.forks), *(rungs.rung(one) for one in laid.rungs)]
    box = laid.box
    if not picture.steps:
        box = _EMPTY
        children.append(rungs.empty(box))
    below, box = _below(picture, options, overlay, box, theme, fonts)
    return framed(
        box,
        options,
        theme,
        title=picture.flow or picture.name,
        description=f"Sequence: {counted(len(laid.heads), 'participant')}, {counted(len(picture.steps), 'step')}.",
        icons=icons.bodies,
        children=(*children, *below),
    )


def _heads(picture: Picture, options: Options, laid: Ladder, cards: Cards, fonts: Fonts) -> tuple[list[Group], Overlay]:
    """The participants' cards, as on the diagram but all of a size, in a row; and what is marked on them."""
    things = []
    for thing in participants(picture):
        box = laid.heads[thing.id]
        place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        alone = {"shape": "box", "caption": "", "group_ids": [], "parent_ids": [], "child_count": 0}
        things.append(replace(thing, **place, **alone))
    row = replace(picture, things=things, lines=[], pins=[], steps=[])
    measured = measure(resolve(row, replace(options, crop_ids=(), hide_ids=())), fonts)
    grounds = [part for card in measured.areas for part in (cards.area(card), cards.title(card))]
    return [*grounds, *(cards.box(card) for card in measured.boxes)], measured.resolved.overlay


def _below(
    picture: Picture, options: Options, overlay: Overlay, box: Box, theme: Theme, fonts: Fonts
) -> tuple[Sequence[Node], Box]:
    """What is asked for under the sequence, and the box round all of it."""
    strip, bottom = Strip(theme, fonts, x=box.x, width=box.width), box.bottom
    if options.title:
        bottom = strip.title(picture.flow or picture.name, picture.version or picture.name, bottom)
    if options.legend and overlay.legend:
        bottom = strip.legend(overlay.legend, bottom)
    return strip.nodes, strip.around(box, bottom)
