"""Painting lines: the course, its heads and dot, and the label on it."""

from __future__ import annotations

from nunatak.drawing.geometry import Box
from nunatak.drawing.scene import Ellipse, Group, Icon, Paint, Path, Rect, Text
from nunatak.render import course, shapes
from nunatak.render.labels import Standing
from nunatak.render.lettering import Ink, Lettering
from nunatak.render.measure import CHIP_PADDING
from nunatak.render.route import DOT_RADIUS, HEAD_LENGTH, HEAD_WIDTH, Strand
from nunatak.render.theme import Theme

Node = Rect | Ellipse | Path | Text | Icon | Group

WIDTH = 1.5
# A line that isn't there yet, or no more.
_DASHES: dict[str, tuple[float, ...]] = {"future": (6.0, 4.0), "removed": (2.0, 4.0)}


class Wires:
    """Paints the lines of one picture."""

    def __init__(self, theme: Theme, lettering: Lettering) -> None:
        self._theme, self._lettering = theme, lettering

    def line(self, strand: Strand) -> Group:
        """The line itself; labels are painted later, over all lines."""
        line = strand.wire.joined.line
        color = self._theme.line if line.status in ("live", "deprecated") else self._theme.faint_line
        paint = Paint(stroke=color, stroke_width=WIDTH, dash=_DASHES.get(line.status, ()), round=True)
        children: list[Node] = [Path(segments=course.segments(strand.courses), paint=paint)]
        if strand.standing is not None and strand.standing.leader is not None:
            foot, end = strand.standing.leader
            thin = Paint(stroke=self._theme.faint_line, dash=(2.0, 3.0))
            children.append(shapes.path(thin, ("M", *foot), ("L", *end)))
        if strand.dot is not None:
            children.append(shapes.circle(strand.dot, DOT_RADIUS, Paint(fill=color)))
        for head in strand.heads:
            width = HEAD_WIDTH * head.length / HEAD_LENGTH
            children.append(shapes.arrow(head.tip, head.direction, head.length, width, color))
        return Group(id=line.id, model_id=line.model_id, role="line", title=strand.wire.title, children=tuple(children))

    def label(self, strand: Strand) -> Group | None:
        """The label with a halo of what is behind it."""
        standing = strand.standing
        if standing is None:
            return None
        theme, line, label = self._theme, strand.wire.joined.line, standing.label
        behind = theme.behind(strand.depth)
        x, y = standing.box.center.x, standing.box.y
        children: list[Node] = [*self._chip(standing, behind)]
        y += label.via_height
        strike = line.status == "removed"
        fill = theme.label_type if line.status in ("future", "removed") else theme.label
        name = Ink(fill=fill, halo=behind, strike=strike)
        children += self._lettering.set(label.name, name, x=x, y=y, align="middle")
        type_ = Ink(fill=theme.label_type, halo=behind)
        children += self._lettering.set(label.type, type_, x=x, y=y + label.name.height, align="middle")
        return Group(id=f"{line.id}:label", role="label", children=tuple(children))

    def _chip(self, standing: Standing, behind: str) -> list[Node]:
        """What a line passes through, as a pill on it."""
        via = standing.label.via
        if not via.rows:
            return []
        width = via.width + 2 * CHIP_PADDING
        pill = Box(standing.box.center.x - width / 2, standing.box.y, width, via.height + 4)
        paint = Paint(fill=behind, stroke=self._theme.line)
        words = self._lettering.set(via, Ink(fill=self._theme.label), x=pill.center.x, y=pill.y + 2, align="middle")
        return [shapes.rect(pill, pill.height / 2, paint), *words]
