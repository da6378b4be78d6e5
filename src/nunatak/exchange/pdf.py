"""A landscape as a PDF document: contents, a diagram on each page, objects, connections and flows, all with links."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from nunatak.core.domain import Domain
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.core.work import LandscapeExportOrientation
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Box
from nunatak.drawing.pdf.document import A4
from nunatak.drawing.scene import Group, Path, Rect, Scene
from nunatak.exchange.landscape import DiagramShown, FlowPart, LandscapeParts
from nunatak.exchange.prose import blocks
from nunatak.exchange.register import Register, arrow, counted, kind_of, links_of, named, state_of, text_of
from nunatak.exchange.sheets import (
    ACCENT,
    BODY,
    BOLD,
    FOOT,
    INK,
    LINKED,
    MARGIN,
    MONO,
    MUTED,
    QUIET,
    Cell,
    Column,
    Face,
    Sheets,
    contents_room,
)

_LINKED_ROLES = ("box", "actor", "store", "component")
_DEEPEST = 6
_INDENT = 14.0
_NUMBER = Face("sans-semibold", 9.5, ACCENT)


def write(parts: LandscapeParts, fonts: Fonts, *, orientation: LandscapeExportOrientation | None = None) -> bytes:
    """The document, with a page for each diagram that has its scene: of the orientation asked for, or else as the
    diagram fits it best. Raises DrawingFailed for a scene that can't be drawn."""
    return _Writer(parts, fonts, orientation).written()


class _Writer:
    def __init__(self, parts: LandscapeParts, fonts: Fonts, orientation: LandscapeExportOrientation | None) -> None:
        self._parts = parts
        self._register = Register(parts)
        self._orientation = orientation
        self._wide = orientation == "landscape"
        self._sheets = Sheets(fonts, title=parts.name, subject=parts.version, wide=self._wide)
        self._places = {found.id: f"o{number}" for number, found in enumerate(parts.objects, 1)}

    def written(self) -> bytes:
        sheets, kept = self._sheets, self._contents_pages()
        self._title()
        for _ in range(kept):
            sheets.turn()
        self._diagrams()
        self._flows()
        for number, domain in enumerate(self._parts.domains, 1):
            self._domain(f"domain{number}", domain)
        self._technologies()
        sheets.contents(1, kept)
        sheets.foot(f"{self._parts.name} · {self._parts.version}", 1)
        return sheets.document.written()

    def _contents_pages(self) -> int:
        """How many pages the contents take, counted before anything is written."""
        parts = self._parts
        lines = len(parts.domains) + bool(parts.technologies)
        lines += len(parts.diagrams) + bool(parts.diagrams) + len(parts.flows) + bool(parts.flows)
        height = A4[0] if self._wide else A4[1]
        more = max(0, lines - contents_room(height, True))
        return 1 + ceil(more / contents_room(height, False))

    def _title(self) -> None:
        sheets, parts = self._sheets, self._parts
        sheets.turn()
        sheets.block(Box(0, 0, 8, sheets.page.height), ACCENT)
        sheets.y = sheets.page.height * 0.36
        sheets.paragraph(parts.name, Face("sans-semibold", 34, INK))
        sheets.y += 8
        sheets.paragraph(parts.version, Face("sans", 14, QUIET))
        sheets.y += 18
        objects = sum(found.type != "root" for found in parts.objects)
        counts = ((objects, "object"), (len(parts.connections), "connection"), (len(parts.diagrams), "diagram"))
        sheets.paragraph(" · ".join(counted(number, word) for number, word in counts if number), MUTED)

    def _diagrams(self) -> None:
        shown = self._parts.diagrams
        for number, view in enumerate(shown):
            self._diagram(view, first=number == 0)

    def _diagram(self, view: DiagramShown, *, first: bool) -> None:
        sheets, diagram, scene = self._sheets, view.diagram, view.light
        fits = scene is not None and scene.width > scene.height
        sheets.turn(wide=self._wide if self._orientation or scene is None else fits)
        if first:
            sheets.mark(1, "Diagrams", "diagrams")  # no heading of its own: the picture takes the room
        sheets.heading(2, diagram.name, f"diagram:{diagram.id}")
        kind = diagram.type.replace("-", " ").capitalize()
        target = self._places.get(diagram.model_id, "")
        sheets.paragraph(f"{kind} of {self._register.name(diagram.model_id)}", MUTED, target=target)
        self._prose(text_of(diagram.description), 0)
        if scene is not None and scene.width > 0 and scene.height > 0:
            self._picture(scene)

    def _picture(self, scene: Scene) -> None:
        sheets = self._sheets
        if sheets.y > sheets.page.height * 0.6:  # a long description leaves no room
            sheets.turn(wide=scene.width > scene.height)
        top = sheets.y + 10
        room = Box(MARGIN / 2, top, sheets.page.width - MARGIN, sheets.page.height - FOOT - 18 - top)
        scale = min(room.width / scene.width, room.height / scene.height, 1.0)
        height = min(room.height, scene.height * scale)
        width = min(room.width, scene.width * scale)
        placed = sheets.page.place(scene, Box(room.center.x - width / 2, top, width, height))
        scale = placed.width / scene.width
        for id_, box in _areas(scene):
            if id_ in self._places:
                x, y = placed.x + (box.x - scene.x) * scale, placed.y + (box.y - scene.y) * scale
                sheets.page.link(Box(x, y, box.width * scale, box.height * scale), self._places[id_])
        sheets.y = placed.bottom

    def _flows(self) -> None:
        for number, flow in enumerate(self._parts.flows):
            if not number:
                self._sheets.turn()
                self._sheets.heading(1, "Flows", "flows")
            self._flow(flow)

    def _flow(self, flow: FlowPart) -> None:
        sheets = self._sheets
        sheets.heading(2, flow.name, f"flow:{flow.id}")
        target = f"diagram:{flow.diagram_id}"
        if any(view.diagram.id == flow.diagram_id for view in self._parts.diagrams):
            sheets.paragraph("Shown on its diagram", Face(size=8.5, fill=ACCENT), target=target)
            sheets.space(6)
        for line in self._register.lines(flow):
            indent = _INDENT * min(line.depth, _DEEPEST)
            if line.number:
                sheets.marked_paragraph(line.number, line.text, indent=indent, hang=22, mark_face=_NUMBER)
            else:
                sheets.paragraph(line.text, indent=indent)
            if line.detail:
                sheets.paragraph(line.detail, MUTED, indent=indent + (22 if line.number else 0))
            sheets.y += 3

    def _domain(self, target: str, domain: Domain) -> None:
        sheets, root = self._sheets, self._register.root(domain)
        if domain is self._parts.domains[0] or sheets.y > sheets.page.height * 0.45:
            sheets.turn()
        else:
            sheets.space(36)
        sheets.heading(1, domain.name, target)
        if root is not None:
            sheets.document.targets[self._places[root.id]] = sheets.document.targets[target]
            self._prose(text_of(root.description), 0)
        objects = self._register.domain_objects(domain)
        for depth, found in objects:
            self._object(depth, found)
        if not objects:
            sheets.paragraph("Nothing stands in this domain.", MUTED)
        connections = self._register.domain_connections(domain)
        if connections:
            sheets.heading(2, "Connections", listed=False)
            columns = (Column("From", 2), Column("To", 2), Column("Connection", 3), Column("Built with", 2))
            sheets.table(columns, [self._connection(found) for found in connections])

    def _object(self, depth: int, found: ModelObject) -> None:
        sheets, register = self._sheets, self._register
        indent = _INDENT * min(depth, _DEEPEST)
        sheets.space(7)
        sheets.need(2.5 * BODY.leading)
        place = self._places[found.id]
        sheets.document.targets[place] = sheets.here
        kind = kind_of(found) + (f", {state_of(found)}" if state_of(found) else "")
        sheets.inline([(named(found.name), BOLD), (f"[{kind}]", MONO)], indent=indent)
        if caption := text_of(found.caption).strip():
            sheets.paragraph(caption, indent=indent)
        self._prose(text_of(found.description), indent)
        marks = (
            *register.technology_names(found.technology_ids),
            *register.tag_names(found.tag_ids),
            *register.team_names(found.team_ids),
        )
        if marks:
            sheets.paragraph(" · ".join(marks), MUTED, indent=indent)
        for name, url in links_of(found):
            sheets.paragraph(name, LINKED if url.startswith("http") else MUTED, indent=indent, target=url)

    def _prose(self, text: str, indent: float) -> None:
        """A description, as its writer meant it."""
        sheets = self._sheets
        for block in blocks(text):
            if block.kind == "item":
                depth = indent + _INDENT * block.depth
                sheets.marked_paragraph(block.mark, block.text, indent=depth, hang=_INDENT)
                continue
            sheets.space(0 if block.kind == "code" else 2)
            face = {"heading": BOLD, "code": MONO}.get(block.kind, BODY)
            sheets.paragraph(block.text, face, indent=indent)

    def _connection(self, found: ModelConnection) -> tuple[Cell, ...]:
        register = self._register
        names = [*register.technology_names(found.technology_ids), *register.tag_names(found.tag_ids)]
        via = f" (via {register.name(found.via_id)})" if found.via_id else ""
        state = f" [{state_of(found)}]" if state_of(found) else ""
        description = text_of(found.description).strip()
        words = f"{found.name}{via}{state}" + (f"\n{description}" if description else "")
        return (
            Cell(register.name(found.origin_id), self._places.get(found.origin_id, "")),
            Cell(f"{arrow(found)} {register.name(found.target_id)}", self._places.get(found.target_id, "")),
            Cell(words),
            Cell(", ".join(names), face=MUTED),
        )

    def _technologies(self) -> None:
        technologies = self._parts.technologies
        if not technologies:
            return
        self._sheets.turn()
        self._sheets.heading(1, "Technologies", "technologies")
        rows = [
            (
                Cell(found.name),
                Cell((found.type or "").replace("-", " ")),
                Cell(text_of(found.website_url), text_of(found.website_url)),
            )
            for found in technologies
        ]
        self._sheets.table((Column("Technology", 2), Column("Type", 1), Column("Website", 3)), rows)


def _areas(scene: Scene) -> Iterator[tuple[str, Box]]:
    """Where a scene shows things of the model, that a reader may want to know more of."""
    for child in scene.children:
        if isinstance(child, Group) and child.model_id is not None and child.role in _LINKED_ROLES:
            box = next((box for shape in child.children if (box := _box(shape)) is not None), None)
            if box is not None:
                yield child.model_id, box


def _box(shape: object) -> Box | None:
    if isinstance(shape, Rect):
        return Box(shape.x, shape.y, shape.width, shape.height)
    if isinstance(shape, Path):
        numbers = [[float(value) for value in values] for _, *values in shape.segments]
        xs = [x for values in numbers for x in values[::2]]
        ys = [y for values in numbers for y in values[1::2]]
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)) if xs else None
    return None
