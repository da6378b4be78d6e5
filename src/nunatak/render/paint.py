"""Routed to Scene: everything gets its colours and is stacked: areas, lines, cards, labels, pins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from nunatak.drawing.characters import clean
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box, Point
from nunatak.drawing.scene import OPAQUE, Group, Node, Paint, Scene
from nunatak.render import differences, shapes
from nunatak.render.cards import Cards, Icons
from nunatak.render.crop import cut
from nunatak.render.inscription import SMALL
from nunatak.render.lettering import Ink, Lettering
from nunatak.render.measure import LETTER
from nunatak.render.options import Options
from nunatak.render.overlay import QUIET
from nunatak.render.picture import Picture, Pin
from nunatak.render.pills import Pills, sign
from nunatak.render.reading import in_reading_order
from nunatak.render.resolve import Resolved
from nunatak.render.route import Routed
from nunatak.render.story import Told
from nunatak.render.strip import Strip
from nunatak.render.theme import Theme
from nunatak.render.wires import Wires
from nunatak.render.wrap import Ruler, wrap

_EMPTY = Box(0, 0, 320, 160)
_EMPTY_WORDS = "This diagram is empty."
# Wider pictures have letters too small to read when shown at the width of a screen.
_SCREEN, _LEAST_LETTER, _SMALLEST_FACE = 1920, 9, 12


def paint(routed: Routed, theme: Theme, fonts: Fonts, told: Sequence[Told] | None = None) -> Scene:
    """The scene in a theme's colours; below it stands the whole story, or the steps that are `told`."""
    resolved = routed.measured.resolved
    picture, options = resolved.picture, resolved.options
    lettering, icons = Lettering(fonts), Icons(picture, theme)
    cards, wires = Cards(theme, lettering, icons), Wires(theme, lettering, icons)
    routed, warnings = cut(routed)
    children: list[Node] = [cards.area(card) for card in routed.measured.areas]
    children += differences.ghosts(routed, theme)
    children += [wires.line(strand) for strand in routed.strands]
    children += [cards.title(card, routed.titles.get(card.placed.thing.id, 0)) for card in routed.measured.areas]
    children += [cards.box(card) for card in in_reading_order(routed.measured.boxes)]
    children += map(wires.label, routed.strands)
    box = reduce(Box.union, differences.places(routed), routed.box) if routed.box else _EMPTY
    for pin in picture.pins:
        if box.contains(Point(pin.x, pin.y)):
            quiet = picture.compared and pin.difference is None
            children.append(_pin(pin, theme, lettering, fonts, QUIET if quiet else OPAQUE))
    if routed.box is None:
        children.append(_empty(theme, lettering, fonts))
    below, box = _below(resolved, box, theme, fonts, resolved.story.told if told is None else told)
    return framed(
        box,
        options,
        theme,
        title=picture.name,
        description=_description(picture),
        icons=icons.bodies,
        children=(*children, *below),
        warnings=(*resolved.warnings, *warnings),
    )


def _below(
    resolved: Resolved, box: Box, theme: Theme, fonts: Fonts, told: Sequence[Told]
) -> tuple[Sequence[Node], Box]:
    """What is asked for under the picture in a box, and the box round all of it."""
    picture, options = resolved.picture, resolved.options
    strip, bottom = Strip(theme, fonts, x=box.x, width=box.width), box.bottom
    if options.title:
        bottom = strip.title(picture.name, _described(picture), bottom)
    if picture.compared:
        bottom = strip.differences(picture.compared, differences.counts(picture), bottom)
    if resolved.story.told:
        bottom = strip.steps(picture.flow, told, bottom)
    if options.legend and resolved.overlay.legend:
        bottom = strip.legend(resolved.overlay.legend, bottom)
    return strip.nodes, strip.around(box, bottom)


def framed(
    box: Box,
    options: Options,
    theme: Theme,
    *,
    title: str,
    description: str,
    icons: dict[str, str],
    children: tuple[Node, ...],
    warnings: tuple[str, ...] = (),
) -> Scene:
    """The scene of a box and the padding round it."""
    frame = box.inset(-options.padding)
    return Scene(
        x=round(frame.x, 2),
        y=round(frame.y, 2),
        width=round(frame.width, 2),
        height=round(frame.height, 2),
        background=None if options.transparent else theme.canvas,
        title=clean(title),
        description=description,
        theme=theme.name,
        icons=icons,
        children=children,
        warnings=(*warnings, *_size_warnings(frame)),
    )


def _pin(pin: Pin, theme: Theme, lettering: Lettering, fonts: Fonts, opacity: float = OPAQUE) -> Group:
    """A comment: a bubble with a sign, quiet and ticked once it is settled."""
    colors = theme.pins.get(pin.type, theme.pins["question"])
    settled = pin.status in ("resolved", "dismissed")
    if settled:
        colors = theme.settled_pin
    center = Point(pin.x, pin.y)
    shape = shapes.bubble(center, Paint(fill=colors.fill, stroke=theme.canvas, stroke_width=1.5))
    ink = Ink(fill=colors.ink)
    signs: Sequence[Node]
    if settled:
        signs = shapes.tick(center, colors.ink)
    elif pin.type == "idea":
        signs = shapes.bulb(center, colors.ink)
    else:
        letter = wrap("!" if pin.type == "inaccurate" else "?", Ruler(fonts), LETTER, width=24, rows=1)
        signs = lettering.set(letter, ink, x=pin.x, y=pin.y - LETTER.leading / 2, align="middle")
    title = f"{pin.type.capitalize()}, {pin.status}"
    if pin.difference is not None:
        title = f"{title} ({pin.difference.sort})"
        sort = sign(pin.difference.sort, Ruler(fonts))
        signs = [*signs, *Pills(theme, lettering).row(sort, Point(pin.x + 16, pin.y - 14))]
    return Group(id=pin.id, role="pin", title=title, opacity=opacity, children=(shape, *signs))


def _empty(theme: Theme, lettering: Lettering, fonts: Fonts) -> Group:
    words = wrap(_EMPTY_WORDS, Ruler(fonts), SMALL, width=_EMPTY.width, rows=1)
    ink = Ink(fill=theme.area_type)
    texts = lettering.set(words, ink, x=_EMPTY.center.x, y=_EMPTY.center.y - SMALL.leading / 2, align="middle")
    return Group(role="note", children=tuple(texts))


def _described(picture: Picture) -> str:
    kind = picture.type.replace("-", " ").capitalize()
    return f"{kind} · {picture.version}" if picture.version else kind


def _description(picture: Picture) -> str:
    kind = picture.type.replace("-", " ").capitalize()
    return f"{kind}: {counted(len(picture.things), 'object')}, {counted(len(picture.lines), 'connection')}."


def counted(count: int, noun: str) -> str:
    """A number of things in words."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _size_warnings(frame: Box) -> tuple[str, ...]:
    """A word on letters that nobody can read."""
    letter = _SMALLEST_FACE * _SCREEN / frame.width
    if letter >= _LEAST_LETTER:
        return ()
    return (
        f"Shown {_SCREEN} pixels wide, the smallest letters are {letter:.1f} pixels: split the diagram by area, "
        "or show it larger.",
    )
