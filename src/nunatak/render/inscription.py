"""Inscriptions: the words that stand on a line, measured: steps, what it passes through, its name, its badges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from nunatak.render import chips, pills
from nunatak.render.chips import Chip, fitted, row_width
from nunatak.render.overlay import marked
from nunatak.render.picture import Line, Picture
from nunatak.render.pills import Pill
from nunatak.render.resolve import Resolved
from nunatak.render.wrap import Block, Face, Ruler, balanced, wrap

NAME = Face("sans", 13, 17)
TYPE = Face("mono", 12, 16)
SMALL = Face("sans", 12, 16)
CHIP_PADDING, _CHIP_WIDTH = 8, 118
# The icons of a line's technologies, before their words.
ICON, ICON_GAP, _ICONS = 14.0, 5.0, 3
TOLD_GAP = 6.0  # between a step's number and its words
TOLD_DROP = (pills.HEIGHT - NAME.leading) / 2  # of the words' top under the number's
_GAP = 4.0
_LEAST_NAME = 3  # letters of a technology that are worth showing


class Room(NamedTuple):
    """How wide a label may be, how many rows its name may have, and how wide the words of a step may be, and those of
    what it passes through."""

    width: float
    rows: int
    told: float
    via: float


WIDE = Room(140, 3, 172, 216)
# Between cards that stand side by side on the usual pitch there are 128 units.
NARROW = Room(112, 4, 84, 102)


@dataclass(frozen=True, kw_only=True)
class Label:
    """A line's words, stacked and centred: what it passes through, its name, its
    technologies, its badges; over them the numbers of the steps that go along it, with the words of a step beside its
    number where it is the only one and they fit. Units."""

    via: Block
    name: Block
    type: Block
    told: Block
    chips: tuple[Chip, ...] = ()
    pills: tuple[Pill, ...] = ()
    icon_ids: tuple[str, ...] = ()

    @cached_property
    def width(self) -> float:
        chip = self.via.width + 2 * CHIP_PADDING if self.via.rows else 0.0
        return max(chip, self.name.width, self.icons_width + self.type.width, row_width(self.chips), self.told_width)

    @property
    def told_width(self) -> float:
        """The row of steps' numbers with the words of the one."""
        beside = TOLD_GAP + self.told.width if self.told.rows else 0.0
        return pills.row_width(self.pills) + beside

    @property
    def icons_width(self) -> float:
        """The technologies' icons before their words, each with the gap behind it."""
        return len(self.icon_ids) * (ICON + ICON_GAP)

    @cached_property
    def height(self) -> float:
        return self.told_height + self.via_height + self.name.height + self.type.height + self.chips_height

    @property
    def told_height(self) -> float:
        """The steps' numbers and words, and the gap below them where anything is."""
        if not self.pills:
            return 0.0
        alone = not (self.via.rows or self.name.rows or self.type.rows or self.chips)
        return max(pills.HEIGHT, TOLD_DROP + self.told.height) + (0.0 if alone else _GAP)

    @property
    def chips_height(self) -> float:
        """The row of badges and the gap over it."""
        return chips.HEIGHT + _GAP if self.chips else 0.0

    @property
    def via_height(self) -> float:
        """The chip's height and the gap below it."""
        return self.via.height + 8 if self.via.rows else 0.0


def known(picture: Picture, ids: Sequence[str]) -> list[str]:
    """The short names of technologies, those that the picture knows."""
    found = (picture.technologies.get(id_) for id_ in ids[:12])
    return [(technology.short or technology.name)[:60] for technology in found if technology is not None]


def _listed(names: Sequence[str], count: int) -> str:
    """The first of some names, and how many more there are."""
    return ", ".join([*names[:count], *([f"+{len(names) - count}"] if count < len(names) else [])])


def shorter(names: Sequence[str]) -> Iterator[str]:
    """All names in a row, then fewer and fewer of them, then less and less of the first."""
    for count in range(len(names), 0, -1):
        yield _listed(names, count)
    for end in range(len(names[0]) - 1 if names else 0, _LEAST_NAME, -1):
        yield _listed([f"{names[0][:end].rstrip()}…", *names[1:]], 1)


class Inscriptions:
    """Setting the words of one picture's lines."""

    def __init__(self, resolved: Resolved, ruler: Ruler) -> None:
        self._picture, self._overlay, self._story = resolved.picture, resolved.overlay, resolved.story
        self._ruler = ruler

    def label(self, line: Line, room: Room) -> Label | None:
        """What stands on a line where there is that much room; None where nothing does."""
        named = self._picture.line_names
        technologies = line.technology_ids if named else []
        icons = tuple(id_ for id_ in technologies if self._pictured(id_))[:_ICONS]
        shown = marked(self._overlay.lines, line.id)
        wider = max(room.width, _CHIP_WIDTH)
        steps = self._story.at_lines.get(line.id, ())
        label = Label(
            via=wrap(line.via, self._ruler, SMALL, width=room.via, rows=1),
            name=balanced(line.name if named else "", self._ruler, NAME, width=room.width, rows=room.rows),
            type=self._typed(technologies, room.width - len(icons) * (ICON + ICON_GAP)),
            told=self._told([step.text for step in steps], room),
            icon_ids=icons,
            chips=fitted(shown.badges, self._ruler, wider),
            pills=(*pills.sign(shown.sign, self._ruler), *pills.pills(steps, self._ruler, room.width)),
        )
        return label if label.height else None

    def _typed(self, technology_ids: Sequence[str], width: float) -> Block:
        """`[one, two]` on two lines at most; technologies that find no room are counted, `+3`, and the first is cut
        where not even that has room."""
        names = known(self._picture, technology_ids)
        block = Block(TYPE)
        for text in shorter(names):
            block = wrap(f"[{text}]", self._ruler, TYPE, width=width, rows=2)
            if not block.cut:
                break
        return block

    def _told(self, texts: Sequence[str], room: Room) -> Block:
        """The words of the only step, where all of them fit: the list under the picture has them anyway."""
        if len(texts) != 1:
            return Block(NAME)
        block = balanced(texts[0], self._ruler, NAME, width=room.told, rows=room.rows)
        return Block(NAME) if block.cut or block.parted else block

    def _pictured(self, technology_id: str) -> bool:
        technology = self._picture.technologies.get(technology_id)
        return technology is not None and bool(technology.icon_light or technology.icon_dark)
