"""Resolved to Measured: every text is broken into lines that fit where they will stand."""

from __future__ import annotations

from dataclasses import dataclass

from nunatak.drawing.characters import clean, clusters
from nunatak.drawing.fonts import Fonts
from nunatak.render import chips, figure, pills
from nunatak.render.chips import Chip, fitted, row_width
from nunatak.render.overlay import Marked, marked
from nunatak.render.picture import Line, Thing
from nunatak.render.pills import Pill
from nunatak.render.resolve import Joined, Placed, Resolved
from nunatak.render.wrap import Block, Face, Ruler, balanced, wrap

# A name is set in the first of these that holds it whole: the face and its most lines.
NAMES = ((Face("sans-semibold", 18, 22), 2), (Face("sans-semibold", 16, 20), 3))
TYPE = Face("mono", 12, 16)
CAPTION = Face("sans", 13, 18)
AREA_NAME = Face("sans-semibold", 16, 20)
LABEL = Face("sans", 13, 17)
LABEL_TYPE = Face("mono", 12, 16)
SMALL = Face("sans", 12, 16)
LETTER = Face("sans-semibold", 16, 20)

CAPTION_ROWS = 3
NAME_GAP, CAPTION_GAP = 2, 6
LABEL_WIDTH, LABEL_ROWS = 140, 3
# Between cards that stand side by side on the usual pitch there are 128 units.
NARROW_WIDTH, NARROW_ROWS = 112, 4
CHIP_PADDING, CHIP_WIDTH = 8, 118
AREA_PADDING, AREA_ICON, AREA_TOP = 20, 24, 5
# The icons of a line's technologies, before their words.
LABEL_ICON, LABEL_ICON_GAP, LABEL_ICONS = 14.0, 5.0, 3
BADGE_INSET = 10.0  # of a row of badges from a card's sides

_KINDS = {
    "actor": "Actor", "app": "App", "component": "Component", "group": "Group", "store": "Store", "system": "System",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A thing with its words. `letter` stands for an icon that has no picture; `domain`, `count` and
    `status` have no lines where they aren't shown."""

    placed: Placed
    name: Block
    type: Block
    caption: Block
    domain: Block
    count: Block
    status: Block
    letter: Block
    title: str
    marked: Marked
    chips: tuple[Chip, ...]
    pills: tuple[Pill, ...]
    sign: tuple[Pill, ...]

    @property
    def icon(self) -> bool:
        """Whether a square is kept for the icon or its letter."""
        return self.placed.thing.icon_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line's words, stacked and centred: what it passes through, its name, its
    technologies, its badges; over them the numbers of the steps that go along it. Units."""

    via: Block
    name: Block
    type: Block
    chips: tuple[Chip, ...] = ()
    pills: tuple[Pill, ...] = ()
    icon_ids: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        chip = self.via.width + 2 * CHIP_PADDING if self.via.rows else 0.0
        rows = row_width(self.chips), pills.row_width(self.pills)
        return max(chip, self.name.width, self.icons_width + self.type.width, *rows)

    @property
    def icons_width(self) -> float:
        """The technologies' icons before their words, each with the gap behind it."""
        return len(self.icon_ids) * (LABEL_ICON + LABEL_ICON_GAP)

    @property
    def height(self) -> float:
        return self.pills_height + self.via_height + self.name.height + self.type.height + self.chips_height

    @property
    def pills_height(self) -> float:
        """The row of steps' numbers and the gap below it."""
        return pills.HEIGHT + 4 if self.pills else 0.0

    @property
    def chips_height(self) -> float:
        """The row of badges and the gap over it."""
        return chips.HEIGHT + 4 if self.chips else 0.0

    @property
    def via_height(self) -> float:
        """The chip's height and the gap below it."""
        return self.via.height + 8 if self.via.rows else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """A line with its words as they are set where there is room, and in a narrow place; None when it has none."""

    joined: Joined
    label: Label | None
    narrow: Label | None
    title: str
    marked: Marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A picture whose texts are lines of known widths."""

    resolved: Resolved
    areas: tuple[Card, ...]
    boxes: tuple[Card, ...]
    wires: tuple[Wire, ...]


def measure(resolved: Resolved, fonts: Fonts) -> Measured:
    """Breaks all texts with the fonts that will draw them."""
    words = _Words(resolved, fonts)
    return Measured(
        resolved=resolved,
        areas=tuple(words.area(placed) for placed in resolved.areas),
        boxes=tuple(words.box(placed) for placed in resolved.boxes),
        wires=tuple(words.wire(joined) for joined in resolved.lines),
    )


class _Words:
    """Setting the words of one picture."""

    def __init__(self, resolved: Resolved, fonts: Fonts) -> None:
        self._picture, self._overlay, self._ruler = resolved.picture, resolved.overlay, Ruler(fonts)
        self._story = resolved.story

    def box(self, placed: Placed) -> Card:
        thing, room = placed.thing, figure.text_box(placed)
        beside = _icon_room(placed)
        type_ = self._typed(_kind(thing), thing.technology_ids, TYPE, room.width - beside)
        name, caption = self._name_and_caption(placed, room.width, room.height - TYPE.leading)
        return self._card(placed, name=name, type=type_, caption=caption)

    def area(self, placed: Placed) -> Card:
        room = _title_room(placed)
        name = self._wrapped(placed.thing.name, AREA_NAME, room, 1)
        type_ = self._typed(_kind(placed.thing), placed.thing.technology_ids, TYPE, room)
        return self._card(placed, name=name, type=type_, caption=Block(CAPTION))

    def wire(self, joined: Joined) -> Wire:
        line = joined.line
        label = self._label(line, LABEL_WIDTH, LABEL_ROWS)
        narrow = label
        if label is not None and label.width > NARROW_WIDTH:
            narrow = self._label(line, NARROW_WIDTH, NARROW_ROWS)
        return Wire(
            joined=joined,
            label=label,
            narrow=narrow,
            title=self._wire_title(joined),
            marked=marked(self._overlay.lines, line.id),
        )

    def _card(self, placed: Placed, *, name: Block, type: Block, caption: Block) -> Card:
        thing = placed.thing
        count = str(thing.child_count) if thing.child_count > 0 and placed.shape != "area" else ""
        shown = marked(self._overlay.things, thing.id)
        technology = self._picture.technologies.get(thing.icon_id or "")
        named = clean((technology.name if technology else "") or thing.name[:40]).strip()
        initial = "".join(clusters(named)[:1]).upper()
        return Card(
            placed=placed,
            name=name,
            type=type,
            caption=caption,
            domain=self._wrapped(thing.domain, SMALL, max(placed.box.width - 80, 40), 1),
            count=self._wrapped(count, SMALL, 80, 1),
            status=self._wrapped("Deprecated" if thing.status == "deprecated" else "", SMALL, 100, 1),
            letter=self._wrapped(initial if thing.icon_id is not None else "", LETTER, figure.ICON_SIZE, 1),
            title=self._thing_title(thing),
            marked=shown,
            chips=fitted(shown.badges, self._ruler, max(placed.box.width - 2 * BADGE_INSET, 60)),
            pills=pills.pills(self._story.at_things.get(thing.id, ()), self._ruler),
            sign=pills.sign(shown.sign, self._ruler),
        )

    def _name_and_caption(self, placed: Placed, width: float, height: float) -> tuple[Block, Block]:
        """The name in the largest face that shows it whole and leaves a line for the caption."""
        thing = placed.thing
        beside = _icon_room(placed) + (22 if placed.shape == "component" else 0)
        tried = []
        for face, rows in NAMES:
            fitting = min(rows, int((height - NAME_GAP) // face.leading))
            name = self._wrapped(thing.name, face, width - beside, max(1, fitting))
            left = int((height - NAME_GAP - name.height - CAPTION_GAP) // CAPTION.leading)
            caption_rows = min(CAPTION_ROWS, left)
            wanting = bool(thing.caption) and caption_rows < 1
            tried.append(((name.cut, name.parted, wanting), name, caption_rows))
            if not any(tried[-1][0]):
                break
        # Where none does, the smallest shows the most.
        _, name, caption_rows = min(reversed(tried), key=lambda found: found[0])
        return name, self._wrapped(thing.caption, CAPTION, width, caption_rows)

    def _typed(self, kind: str, technology_ids: list[str], face: Face, width: float) -> Block:
        """`[Kind: one, two]` on one line; technologies that find no room are counted, `+3`."""
        names = self._technologies(technology_ids)
        for count in range(len(names), -1, -1):
            shown = [*names[:count], *([f"+{len(names) - count}"] if count < len(names) else [])]
            words = ", ".join(shown) if count else ""
            text = f"[{kind}: {words}]" if kind and words else f"[{kind or words}]"
            if self._ruler.width(text, face) <= width:
                return self._wrapped(text, face, width, 1)
        return self._wrapped(f"[{kind}]", face, width, 1)

    def _label(self, line: Line, width: float, rows: int) -> Label | None:
        technologies = ", ".join(self._technologies(line.technology_ids))
        icons = tuple(id_ for id_ in line.technology_ids if self._pictured(id_))[:LABEL_ICONS]
        beside = len(icons) * (LABEL_ICON + LABEL_ICON_GAP)
        type_ = self._wrapped(f"[{technologies}]" if technologies else "", LABEL_TYPE, width - beside, 2)
        shown = marked(self._overlay.lines, line.id)
        label = Label(
            via=self._wrapped(line.via, SMALL, max(width, CHIP_WIDTH) - 2 * CHIP_PADDING, 1),
            name=balanced(line.name, self._ruler, LABEL, width=width, rows=rows),
            type=type_,
            icon_ids=icons,
            chips=fitted(shown.badges, self._ruler, max(width, CHIP_WIDTH)),
            pills=(
                *pills.sign(shown.sign, self._ruler),
                *pills.pills(self._story.at_lines.get(line.id, ()), self._ruler),
            ),
        )
        return label if label.height else None

    def _pictured(self, technology_id: str) -> bool:
        technology = self._picture.technologies.get(technology_id)
        return technology is not None and bool(technology.icon_light or technology.icon_dark)

    def _technologies(self, ids: list[str]) -> list[str]:
        known = (self._picture.technologies.get(id) for id in ids[:12])
        return [(technology.short or technology.name)[:60] for technology in known if technology is not None]

    def _wrapped(self, text: str, face: Face, width: float, rows: int) -> Block:
        return wrap(text, self._ruler, face, width=width, rows=rows)

    def _thing_title(self, thing: Thing) -> str:
        technologies = ", ".join(self._technologies(thing.technology_ids))
        kind = _kind(thing) + (f": {technologies}" if technologies else "")
        status = "" if thing.status == "live" else f", {thing.status}"
        words = f"{thing.name} [{kind}{status}]{_difference(thing)}".strip()
        return clean(f"{words}: {thing.caption}" if thing.caption else words)

    def _wire_title(self, joined: Joined) -> str:
        line = joined.line
        sign = {"outgoing": "→", "bidirectional": "↔"}.get(line.direction or "", "–")
        ends = f"{clean(joined.origin.thing.name)} {sign} {clean(joined.target.thing.name)}{_difference(line)}"
        technologies = ", ".join(self._technologies(line.technology_ids))
        words = line.name + (f" [{technologies}]" if technologies else "") + (f" via {line.via}" if line.via else "")
        return f"{ends}: {clean(words)}" if words else ends


def _difference(one: Thing | Line) -> str:
    """A difference in words, for those who don't see its sign."""
    if one.difference is None:
        return ""
    fields = f": {', '.join(one.difference.fields)}" if one.difference.fields else ""
    return f" ({one.difference.sort}{fields})"


def _icon_room(placed: Placed) -> float:
    """What the icon takes from a text's width."""
    if placed.thing.icon_id is None:
        return 0.0
    return figure.ICON_LEFT + figure.ICON_SIZE + figure.ICON_GAP - min(20.0, placed.box.width / 12)


def _title_room(placed: Placed) -> float:
    """How wide an area's title may be."""
    icon = AREA_ICON + figure.ICON_GAP if placed.thing.icon_id is not None else 0
    return placed.box.width - 2 * AREA_PADDING - icon


def _kind(thing: Thing) -> str:
    kind = _KINDS[thing.type]
    return f"External {kind.lower()}" if thing.external else kind
