"""Resolved to Measured: every text is broken into lines that fit where they will stand."""

from __future__ import annotations

from dataclasses import dataclass

from nunatak.drawing.characters import clean, clusters
from nunatak.drawing.fonts import Fonts
from nunatak.render import figure, pills
from nunatak.render.chips import Chip, fitted
from nunatak.render.inscription import NARROW, SMALL, WIDE, Inscriptions, Label, known, shorter
from nunatak.render.overlay import Marked, marked
from nunatak.render.picture import Line, Thing
from nunatak.render.pills import Pill
from nunatak.render.resolve import Joined, Placed, Resolved
from nunatak.render.wrap import Block, Face, Ruler, wrap

# A name is set in the first of these that holds it whole: the face and its most lines.
NAMES = ((Face("sans-semibold", 18, 22), 2), (Face("sans-semibold", 16, 20), 3))
TYPE = Face("mono", 12, 16)
CAPTION = Face("sans", 13, 18)
AREA_NAME = Face("sans-semibold", 16, 20)
LETTER = Face("sans-semibold", 16, 20)

CAPTION_ROWS = 3
NAME_GAP, CAPTION_GAP = 2, 6
AREA_PADDING, AREA_ICON, AREA_TOP = 20, 24, 5
BADGE_INSET = 10.0  # of a row of badges from a card's sides

_KINDS = {
    "actor": "Actor", "app": "App", "component": "Component", "group": "Group", "store": "Store", "system": "System",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A thing with its words. `letter` stands for an icon that has no picture; `domain`, `count` and
    `status` have no lines where they aren't shown; the count stands `aside` to the right of its usual place."""

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
    aside: float = 0.0

    @property
    def icon(self) -> bool:
        """Whether a square is kept for the icon or its letter."""
        return self.placed.thing.icon_id is not None


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
        self._inscriptions = Inscriptions(resolved, self._ruler)

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
        label = narrow = self._inscriptions.label(line, WIDE)
        if label is not None and label.width > NARROW.width:
            narrow = self._inscriptions.label(line, NARROW)
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
        # Once is enough where statuses are the marks that are shown.
        badged = thing.status == "deprecated" and all(badge.id != "deprecated" for badge in shown.badges)
        return Card(
            placed=placed,
            name=name,
            type=type,
            caption=caption,
            domain=self._wrapped(thing.domain, SMALL, max(placed.box.width - 80, 40), 1),
            count=self._wrapped(count, SMALL, 80, 1),
            status=self._wrapped("Deprecated" if badged else "", SMALL, 100, 1),
            letter=self._wrapped(self._initial(thing), LETTER, figure.ICON_SIZE, 1),
            title=self._thing_title(thing),
            marked=shown,
            chips=fitted(shown.badges, self._ruler, max(placed.box.width - 2 * BADGE_INSET, 60)),
            pills=pills.pills(self._story.at_things.get(thing.id, ()), self._ruler, placed.box.width),
            sign=pills.sign(shown.sign, self._ruler),
        )

    def _initial(self, thing: Thing) -> str:
        """What stands for an icon without a picture; nothing where there is no icon."""
        if thing.icon_id is None:
            return ""
        technology = self._picture.technologies.get(thing.icon_id)
        named = clean((technology.name if technology else "") or thing.name[:40]).strip()
        return "".join(clusters(named)[:1]).upper()

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
        """`[Kind: one, two]` on one line; technologies that find no room are counted, `+3`, and the first is cut
        where not even that has room."""
        for words in shorter(known(self._picture, technology_ids)):
            text = f"[{kind}: {words}]"
            if self._ruler.width(text, face) <= width:
                return self._wrapped(text, face, width, 1)
        return self._wrapped(f"[{kind}]", face, width, 1)

    def _wrapped(self, text: str, face: Face, width: float, rows: int) -> Block:
        return wrap(text, self._ruler, face, width=width, rows=rows)

    def _thing_title(self, thing: Thing) -> str:
        technologies = ", ".join(known(self._picture, thing.technology_ids))
        kind = _kind(thing) + (f": {technologies}" if technologies else "")
        status = "" if thing.status == "live" else f", {thing.status}"
        words = f"{thing.name} [{kind}{status}]{_difference(thing)}".strip()
        return clean(f"{words}: {thing.caption}" if thing.caption else words)

    def _wire_title(self, joined: Joined) -> str:
        line = joined.line
        sign = {"outgoing": "→", "bidirectional": "↔"}.get(line.direction or "", "–")
        ends = f"{clean(joined.origin.thing.name)} {sign} {clean(joined.target.thing.name)}{_difference(line)}"
        technologies = ", ".join(known(self._picture, line.technology_ids))
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
