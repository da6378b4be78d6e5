"""Overlays: what a tab of marks adds to a picture, what of it is hidden, and what fades behind what is in focus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as altered
from itertools import chain

from msgspec.structs import replace

from nunatak.core.diagram import ExportTab
from nunatak.core.tag import TagColor
from nunatak.drawing.scene import OPAQUE
from nunatak.render.options import Options
from nunatak.render.picture import DifferenceSort, Line, Mark, Picture, Thing, differing
from nunatak.render.story import Story
from nunatak.render.swatches import STATUS_COLORS

FADED, QUIET = 0.25, 0.45
# What differences are shown in; each has a sign of its own, too.
DIFFERENCE_COLORS: dict[str, TagColor] = {
    "added": "green", "removed": "red", "moved": "blue", "changed": "yellow",
}  # fmt: skip
_TABS: tuple[ExportTab, ...] = ("tags", "technology", "status", "teams")


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark as it is shown at a card or a line."""

    id: str
    name: str
    color: TagColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """How a thing or a line is shown: `faded` where others are in focus, with its badges, and in the colour of the
    first mark that is pinned. `sign` is how it differs from what it is compared with; where it doesn't, it is
    `quiet`."""

    faded: bool = False
    badges: tuple[Badge, ...] = ()
    pinned: TagColor | None = None
    sign: DifferenceSort | None = None
    quiet: bool = False

    @property
    def opacity(self) -> float:
        """How strong it is, 0 to 1."""
        return FADED if self.faded else QUIET if self.quiet else OPAQUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """All marks of a picture, by thing and line id; `legend` holds every badge shown, once, in the marks' order."""

    things: Mapping[str, Marked] = field(default_factory=dict)
    lines: Mapping[str, Marked] = field(default_factory=dict)
    legend: tuple[Badge, ...] = ()


_PLAIN = Marked()
_NO_STORY = Story()


def marked(shown: Mapping[str, Marked], id_: str) -> Marked:
    """How one of them is shown."""
    return shown.get(id_, _PLAIN)


def without_hidden(picture: Picture, options: Options) -> Picture:
    """The picture without what bears a hidden mark, and without the lines that hung on it."""
    hidden = set(options.hide_ids)
    if not hidden:
        return picture
    gone = {thing.id for thing in picture.things if _bears(thing, hidden, options.tab)}
    gone_models = {thing.model_id for thing in picture.things if thing.id in gone}
    things = [thing for thing in picture.things if thing.id not in gone]
    left = gone | (gone_models - {thing.model_id for thing in things})
    lines = [
        line
        for line in picture.lines
        if not left & {line.origin_id, line.target_id} and not _bears(line, hidden, options.tab)
    ]
    return replace(picture, things=things, lines=lines)


def overlay(picture: Picture, options: Options, told: Story = _NO_STORY) -> Overlay:
    """What the options' tab, focus and pins come to on what is left of the picture; a story fades what has no part in
    it, and what differs has a sign."""
    found = _overlay(picture, options, told)
    if not picture.compared and not differing(picture):
        return found
    things = {one.id: _differing(one, picture, marked(found.things, one.id)) for one in picture.things}
    lines = {one.id: _differing(one, picture, marked(found.lines, one.id)) for one in picture.lines}
    return altered(found, things=things, lines=lines)


def _differing(one: Thing | Line, picture: Picture, shown: Marked) -> Marked:
    """How something is shown with its difference, or with none in a picture that shows differences."""
    difference = one.difference
    if difference is None:
        return altered(shown, quiet=True) if picture.compared else shown
    color = DIFFERENCE_COLORS[difference.sort]
    fields = (Badge("", ", ".join(difference.fields), color),) if difference.sort == "changed" else ()
    return altered(shown, sign=difference.sort, badges=(*fields, *shown.badges), pinned=shown.pinned or color)


def _overlay(picture: Picture, options: Options, told: Story) -> Overlay:
    if options.tab is None and not options.focus_ids and not options.pin_ids:
        return _untold(picture, told) if told.told else Overlay()
    marks = _marks(picture, options)
    things = {thing.id: _thing(thing, options, marks) for thing in picture.things}
    if options.focus_ids:
        things |= _around(picture, things)
    lines = {line.id: _line(line, options, marks, things) for line in picture.lines}
    shown = {badge.id for each in (*things.values(), *lines.values()) for badge in each.badges}
    return Overlay(things=things, lines=lines, legend=tuple(badge for id_, badge in marks.items() if id_ in shown))


def _untold(picture: Picture, told: Story) -> Overlay:
    things, lines = told.thing_ids(), told.line_ids()
    lit = {thing.id: Marked(faded=thing.id not in things) for thing in picture.things}
    lit |= _around(picture, lit)
    return Overlay(things=lit, lines={line.id: Marked(faded=line.id not in lines) for line in picture.lines})


def _marks(picture: Picture, options: Options) -> dict[str, Badge]:
    """The marks that badges are made of: those of the tab (tags of the one group, where there is one) and, without a
    tab, those that are pinned or in focus."""
    asked = set(options.pin_ids) | set(options.focus_ids)
    found: dict[str, Badge] = {}
    for tab in _TABS:
        for id_, mark in _of_tab(picture, tab).items():
            grouped = tab != "tags" or options.group_id is None or mark.group == options.group_id
            if (options.tab == tab and grouped) or id_ in asked:
                found[id_] = Badge(id_, mark.name, mark.color)
    return found


def _of_tab(picture: Picture, tab: ExportTab) -> Mapping[str, Mark]:
    match tab:
        case "tags":
            return picture.tags
        case "teams":
            return picture.teams
        case "technology":
            return {id_: Mark(name=t.short or t.name, color=t.color) for id_, t in picture.technologies.items()}
        case "status":
            return {status: Mark(name=status.capitalize(), color=color) for status, color in STATUS_COLORS.items()}


def _ids(one: Thing | Line, tab: ExportTab | None) -> Iterable[str]:
    """The ids of the marks that something bears, of one tab or of all."""
    teams = one.team_ids if isinstance(one, Thing) else []
    every: dict[ExportTab, Iterable[str]] = {
        "tags": one.tag_ids, "technology": one.technology_ids, "status": (one.status,), "teams": teams,
    }  # fmt: skip
    return chain.from_iterable(every.values()) if tab is None else every[tab]


def _bears(one: Thing | Line, wanted: set[str], tab: ExportTab | None) -> bool:
    return not wanted.isdisjoint(_ids(one, tab))


def _shown(one: Thing | Line, marks: Mapping[str, Badge]) -> tuple[Badge, ...]:
    borne = set(_ids(one, None))
    return tuple(badge for id_, badge in marks.items() if id_ in borne)


def _pin(badges: Iterable[Badge], options: Options) -> TagColor | None:
    pinned = set(options.pin_ids)
    return next((badge.color for badge in badges if badge.id in pinned), None)


def _thing(thing: Thing, options: Options, marks: Mapping[str, Badge]) -> Marked:
    badges = _shown(thing, marks)
    faded = bool(options.focus_ids) and not _bears(thing, set(options.focus_ids), options.tab)
    return _lit(faded, badges, options)


def _lit(faded: bool, badges: tuple[Badge, ...], options: Options) -> Marked:
    """What bears a pinned mark never fades: it was pinned to stay in sight."""
    pinned = _pin(badges, options)
    return Marked(faded=faded and pinned is None, badges=badges, pinned=pinned)


def _around(picture: Picture, things: Mapping[str, Marked]) -> dict[str, Marked]:
    """The areas round what is in focus stay as they are: they say where it is."""
    lit = {
        id_ for thing in picture.things if not things[thing.id].faded for id_ in (*thing.parent_ids, *thing.group_ids)
    }
    return {
        thing.id: Marked(badges=things[thing.id].badges, pinned=things[thing.id].pinned)
        for thing in picture.things
        if thing.shape == "area" and thing.model_id in lit
    }


def _line(line: Line, options: Options, marks: Mapping[str, Badge], things: Mapping[str, Marked]) -> Marked:
    """A line is in focus when it bears the mark itself, or joins two things that are."""
    badges = _shown(line, marks) if options.tab != "status" or line.status != "live" else ()
    ends = [things.get(id_ or "") for id_ in (line.origin_id, line.target_id)]
    joins = all(end is not None and not end.faded for end in ends)
    focus = set(options.focus_ids)
    faded = bool(focus) and not joins and not _bears(line, focus, options.tab)
    return _lit(faded, badges, options)
