"""Painting cards and areas: the figure, its words, its icon and what stands at its edge."""

from __future__ import annotations

import msgspec

from nunatak.drawing.geometry import Box
from nunatak.drawing.scene import Group, Icon, Node, Paint
from nunatak.render import edges, figure, shapes
from nunatak.render.chips import Chips
from nunatak.render.lettering import Ink, Lettering
from nunatak.render.measure import AREA_ICON, AREA_PADDING, AREA_TOP, CAPTION_GAP, NAME_GAP, Card
from nunatak.render.picture import Picture
from nunatak.render.pills import Pills
from nunatak.render.swatches import SWATCHES
from nunatak.render.theme import CardColors, Theme

_DASH = (6.0, 4.0)
_RING = 2.5


class Icons:
    """The icons that a picture uses, each in the theme's version, under short names in the order of first use."""

    def __init__(self, picture: Picture, theme: Theme) -> None:
        self._technologies, self._dark = picture.technologies, theme.name == "dark"
        self._names: dict[str, str] = {}
        self.bodies: dict[str, str] = {}

    def name(self, technology_id: str) -> str | None:
        """The scene's name of a technology's icon, None when it has no picture."""
        technology = self._technologies.get(technology_id)
        if technology is None:
            return None
        light, dark = technology.icon_light, technology.icon_dark
        body = (dark or light) if self._dark else (light or dark)
        if not body:
            return None
        if technology_id not in self._names:
            self._names[technology_id] = name = f"icon{len(self._names) + 1}"
            self.bodies[name] = body
        return self._names[technology_id]


class Cards:
    """Paints the things of one picture."""

    def __init__(self, theme: Theme, lettering: Lettering, icons: Icons) -> None:
        self._theme, self._lettering, self._icons = theme, lettering, icons
        self._chips, self._pills = Chips(theme, lettering), Pills(theme, lettering)

    def box(self, card: Card) -> Group:
        """A box, actor, store or component."""
        colors = self._colors(card)
        children = [*self._figure(card, colors), *self._words(card, colors), *self._edge(card, colors)]
        if card.chips:
            children += self._chips.row(card.chips, edges.badges(card))
        if card.pills:
            children += self._pills.row(card.pills, edges.numbers(card))
        if card.sign:
            children += self._pills.row(card.sign, edges.sign(card))
        thing = card.placed.thing
        return Group(
            id=thing.id,
            model_id=thing.model_id,
            role=card.placed.shape,
            title=card.title,
            opacity=card.marked.opacity,
            children=tuple(children),
        )

    def area(self, card: Card) -> Group:
        """An area's ground; its title is painted later, over the lines."""
        theme, placed = self._theme, card.placed
        dash = _DASH if placed.thing.status in ("future", "removed") else ()
        paint = self._ringed(Paint(fill=theme.area(placed.depth or 0), stroke=theme.area_border, dash=dash), card)
        fill = shapes.rect(placed.box, figure.AREA_RADIUS, paint)
        thing = placed.thing
        return Group(
            id=thing.id,
            model_id=thing.model_id,
            role="area",
            title=card.title,
            opacity=card.marked.opacity,
            children=(fill,),
        )

    def title(self, card: Card, aside: float = 0) -> Group:
        """An area's name, type and icon at its top left or `aside` of there, to be painted over the lines that enter
        there."""
        theme, placed = self._theme, card.placed
        children: list[Node] = []
        x, y = placed.box.x + AREA_PADDING + aside, placed.box.y + AREA_TOP
        if card.icon:
            children += self._icon(card, Box(x, y + 5, AREA_ICON, AREA_ICON))
            x += AREA_ICON + figure.ICON_GAP
        behind = theme.behind(placed.depth)
        name = Ink(fill=theme.area_name, halo=behind, strike=placed.thing.status == "removed")
        children += self._lettering.set(card.name, name, x=x, y=y)
        type_ = Ink(fill=theme.area_type, halo=behind)
        # Close below the name: members may have a badge on their top border.
        children += self._lettering.set(card.type, type_, x=x, y=y + card.name.height - 1)
        children += self._chips.row(card.chips, edges.badges(card))
        children += self._pills.row(card.sign, edges.sign(card))
        children += self._status(card)
        return Group(id=f"{placed.thing.id}:title", role="title", opacity=card.marked.opacity, children=tuple(children))

    def _colors(self, card: Card) -> CardColors:
        thing, theme = card.placed.thing, self._theme
        if thing.status == "removed":
            return theme.removed
        if thing.status == "future":
            return theme.future
        return theme.external if thing.external else theme.card

    def _figure(self, card: Card, colors: CardColors) -> list[Node]:
        placed = card.placed
        status = placed.thing.status
        dash = _DASH if status in ("future", "removed") else ()
        paint = self._ringed(Paint(fill=colors.fill, stroke=colors.border, dash=dash), card)
        body = figure.body(placed.shape, placed.box)
        nodes: list[Node] = []
        if placed.shape == "store":
            nodes += shapes.cylinder(body, paint, msgspec.structs.replace(paint, fill=colors.lid))
        else:
            nodes.append(shapes.rect(body, figure.BOX_RADIUS, paint))
        if placed.shape == "actor":
            nodes += self._person(placed.box, paint, colors)
        if status == "deprecated":
            lid = 2 * figure.lid(body) if placed.shape == "store" else 0.0
            nodes.append(shapes.hatch(Box(body.x, body.y + lid / 2, body.width, body.height - lid), self._theme.hatch))
        if placed.shape == "component":
            # A badge on the border over it leaves less room there.
            drop = 18 if card.status.rows or card.sign else 12
            nodes += shapes.plug(body.right - 12, body.y + drop, colors.type)
        return nodes

    def _ringed(self, paint: Paint, card: Card) -> Paint:
        """The paint with the border of the mark that is pinned."""
        if card.marked.pinned is None:
            return paint
        edge = SWATCHES[self._theme.name][card.marked.pinned].edge
        return msgspec.structs.replace(paint, stroke=edge, stroke_width=_RING)

    def _person(self, box: Box, paint: Paint, colors: CardColors) -> list[Node]:
        square = figure.tile(box)
        return [shapes.rect(square, square.width * 0.25, paint), *shapes.person(square, colors.border)]

    def _words(self, card: Card, colors: CardColors) -> list[Node]:
        """Icon, name and type line side by side, the caption below, all of it in the middle of the card's height."""
        room = figure.text_box(card.placed)
        head = card.name.height + NAME_GAP + card.type.height
        head_height = max(head, figure.ICON_SIZE) if card.icon else head
        caption = CAPTION_GAP + card.caption.height if card.caption.rows else 0.0
        y = room.y + max(0.0, (room.height - head_height - caption) / 2)
        x, nodes = room.x, list[Node]()
        if card.icon:
            left = card.placed.box.x + figure.ICON_LEFT
            square = Box(left, y + (head_height - figure.ICON_SIZE) / 2, figure.ICON_SIZE, figure.ICON_SIZE)
            nodes += self._icon(card, square)
            x = left + figure.ICON_SIZE + figure.ICON_GAP
        top = y + (head_height - head) / 2
        name = Ink(fill=colors.name, strike=card.placed.thing.status == "removed")
        nodes += self._lettering.set(card.name, name, x=x, y=top)
        nodes += self._lettering.set(card.type, Ink(fill=colors.type), x=x, y=top + card.name.height + NAME_GAP)
        below = y + head_height + CAPTION_GAP
        # An icon stands a little further in than words do: the caption lines up with it.
        x = card.placed.box.x + figure.ICON_LEFT if card.icon else room.x
        return nodes + list(self._lettering.set(card.caption, Ink(fill=colors.caption), x=x, y=below))

    def _icon(self, card: Card, square: Box) -> list[Node]:
        name = self._icons.name(card.placed.thing.icon_id or "")
        if name is not None:
            return [Icon(x=round(square.x, 2), y=round(square.y, 2), size=square.width, icon=name)]
        tile = shapes.rect(square, 6, Paint(fill=self._theme.tile))
        y = square.center.y - card.letter.face.leading / 2
        ink = Ink(fill=self._theme.tile_ink)
        return [tile, *self._lettering.set(card.letter, ink, x=square.center.x, y=y, align="middle")]

    def _edge(self, card: Card, colors: CardColors) -> list[Node]:
        """What stands on and over the top border: the count of what is inside, the domain's name, a status."""
        theme, box = self._theme, card.placed.box
        body = figure.body(card.placed.shape, box)
        nodes: list[Node] = []
        x = box.x
        if card.count.rows:
            pill = edges.count(card)
            nodes += self._count(card, pill, colors)
            x = pill.right + 8 if card.domain.width + 8 > pill.x - box.x else box.x
        nodes += self._status(card)
        if card.domain.rows:
            halo = Ink(fill=theme.area_type, halo=theme.behind(card.placed.depth))
            # An actor has room for a short one beside its tile, just over its card.
            beside = card.placed.shape == "actor" and x + card.domain.width + 8 <= figure.tile(box).x
            y = (body if beside else box).y - 22
            nodes += self._lettering.set(card.domain, halo, x=x, y=y, titled=True)
        return nodes

    def _status(self, card: Card) -> list[Node]:
        """The badge of a status that says so in words."""
        if not card.status.rows:
            return []
        pill, theme = edges.status(card), self._theme
        shape = shapes.rect(pill, edges.BADGE_HEIGHT / 2, Paint(fill=theme.badge, stroke=theme.hatch))
        ink = Ink(fill=theme.badge_ink)
        return [shape, *self._lettering.set(card.status, ink, x=pill.x + 8, y=pill.y + 2)]

    def _count(self, card: Card, pill: Box, colors: CardColors) -> list[Node]:
        theme = self._theme
        nodes: list[Node] = [shapes.rect(pill, edges.BADGE_HEIGHT / 2, Paint(fill=theme.canvas, stroke=colors.border))]
        nodes += shapes.glass(pill.x + 9, pill.y + 5, theme.area_type)
        return nodes + list(self._lettering.set(card.count, Ink(fill=theme.area_type), x=pill.x + 24, y=pill.y + 2))
