"""Painting lines: the course, its heads and dot, and the label on it."""

from __future__ import annotations

from nunatak.drawing.geometry import Box, Point
from nunatak.drawing.scene import Group, Icon, Node, Paint, Path
from nunatak.render import chips, course, shapes
from nunatak.render.cards import Icons
from nunatak.render.chips import Chips
from nunatak.render.inscription import CHIP_PADDING, ICON, ICON_GAP, TOLD_DROP, TOLD_GAP, Label
from nunatak.render.labels import Standing
from nunatak.render.lettering import Ink, Lettering
from nunatak.render.pills import HEIGHT, Pills, row_width
from nunatak.render.route import DOT_RADIUS, HEAD_LENGTH, HEAD_WIDTH, Strand
from nunatak.render.swatches import SWATCHES
from nunatak.render.theme import Theme

WIDTH, _PINNED_WIDTH = 1.5, 2.5
# A line that isn't there yet, that is to go, or that is no more.
_DASHES: dict[str, tuple[float, ...]] = {
    "future": (6.0, 4.0), "deprecated": (14.0, 4.0, 2.0, 4.0), "removed": (2.0, 4.0),
}  # fmt: skip


class Wires:
    """Paints the lines of one picture."""

    def __init__(self, theme: Theme, lettering: Lettering, icons: Icons) -> None:
        self._theme, self._lettering, self._icons = theme, lettering, icons
        self._chips, self._pills = Chips(theme, lettering), Pills(theme, lettering)

    def line(self, strand: Strand) -> Group:
        """The line itself; labels are painted later, over all lines."""
        line = strand.wire.joined.line
        color = self._theme.line if line.status in ("live", "deprecated") else self._theme.faint_line
        marked = strand.wire.marked
        if marked.pinned is not None:
            color = SWATCHES[self._theme.name][marked.pinned].edge
        width = WIDTH if marked.pinned is None else _PINNED_WIDTH
        paint = Paint(stroke=color, stroke_width=width, dash=_DASHES.get(line.status, ()), round=True)
        children: list[Node] = [Path(segments=course.segments(strand.courses), paint=paint)]
        if strand.standing is not None and strand.standing.leader is not None:
            foot, end = strand.standing.leader
            thin = Paint(stroke=self._theme.faint_line, dash=(2.0, 3.0))
            children.append(shapes.path(thin, ("M", *foot), ("L", *end)))
        if strand.dot is not None:
            children.append(shapes.circle(strand.dot, DOT_RADIUS, Paint(fill=color)))
        for head in strand.heads:
            across = HEAD_WIDTH * head.length / HEAD_LENGTH
            children.append(shapes.arrow(head.tip, head.direction, head.length, across, color))
        return Group(
            id=line.id,
            model_id=line.model_id,
            role="line",
            title=strand.wire.title,
            opacity=marked.opacity,
            children=tuple(children),
        )

    def label(self, strand: Strand) -> Group:
        """The label with a halo of what is behind it. It tells the line, behind all things; one without words does,
        too."""
        children = self._label(strand, strand.standing) if strand.standing is not None else []
        return Group(
            id=f"{strand.wire.joined.line.id}:label",
            role="label",
            title=strand.wire.title,
            opacity=strand.wire.marked.opacity,
            children=tuple(children),
        )

    def _label(self, strand: Strand, standing: Standing) -> list[Node]:
        theme, line, label = self._theme, strand.wire.joined.line, standing.label
        behind = theme.behind(strand.depth)
        x, y = standing.box.center.x, standing.box.y
        children = self._told(label, Point(x, y), behind)
        y += label.told_height
        children += self._chip(label, Point(x, y), behind)
        y += label.via_height
        strike = line.status == "removed"
        fill = theme.label_type if line.status in ("future", "removed") else theme.label
        name = Ink(fill=fill, halo=behind, strike=strike)
        children += self._lettering.set(label.name, name, x=x, y=y, align="middle")
        type_ = Ink(fill=theme.label_type, halo=behind)
        below = y + label.name.height
        first, rest = label.type._replace(rows=label.type.rows[:1]), label.type._replace(rows=label.type.rows[1:])
        children += self._icons_of(label, x - (label.icons_width + first.width) / 2, below)
        children += self._lettering.set(first, type_, x=x + label.icons_width / 2, y=below, align="middle")
        children += self._lettering.set(rest, type_, x=x, y=below + first.height, align="middle")
        y += label.name.height + label.type.height
        return children + self._chips.row(label.chips, Point(x, y + label.chips_height - chips.HEIGHT / 2))

    def _told(self, label: Label, top: Point, behind: str) -> list[Node]:
        """The numbers of the steps that go along the line and the words of the only one, round the top's middle."""
        if not label.pills and not label.told.rows:
            return []
        numbers, beside = row_width(label.pills), TOLD_GAP if label.told.rows else 0.0
        left = top.x - label.told_width / 2
        nodes = self._pills.row(label.pills, Point(left + numbers / 2, top.y + HEIGHT / 2))
        ink = Ink(fill=self._theme.label, halo=behind)
        return nodes + list(self._lettering.set(label.told, ink, x=left + numbers + beside, y=top.y + TOLD_DROP))

    def _icons_of(self, label: Label, x: float, y: float) -> list[Node]:
        """The technologies' icons in a row whose left end is at `x`, before the first of their words."""
        names = [name for id_ in label.icon_ids if (name := self._icons.name(id_))]
        top = y + (label.type.face.leading - ICON) / 2
        return [
            Icon(x=round(x + place * (ICON + ICON_GAP), 2), y=round(top, 2), size=ICON, icon=name)
            for place, name in enumerate(names)
        ]

    def _chip(self, label: Label, top: Point, behind: str) -> list[Node]:
        """What a line passes through, as a pill on it; `top` is the middle of its upper side."""
        via = label.via
        if not via.rows:
            return []
        width = via.width + 2 * CHIP_PADDING
        pill = Box(top.x - width / 2, top.y, width, via.height + 4)
        paint = Paint(fill=behind, stroke=self._theme.line)
        words = self._lettering.set(via, Ink(fill=self._theme.label), x=pill.center.x, y=pill.y + 2, align="middle")
        return [shapes.rect(pill, pill.height / 2, paint), *words]
