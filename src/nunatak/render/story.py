"""Stories: which steps of a flow a picture shows, and where on it each has its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nunatak.core.flow import NESTING
from nunatak.render.options import Options
from nunatak.render.picture import Line, Picture, Step, Thing

_NUMBERED = ("message", "process")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step that is shown: `depth` counts the forks it is in; a fork's `ways` are its paths' names, and `taken` the
    place of the one that the picture follows. `ends` names who sends and who receives."""

    step: Step
    depth: int
    ends: str = ""
    ways: tuple[str, ...] = ()
    taken: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a picture tells: all that is shown in order, and the numbered steps by the line or thing they are at."""

    told: tuple[Told, ...] = ()
    at_lines: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    at_things: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)

    def line_ids(self) -> frozenset[str]:
        """The lines that the story goes along."""
        return frozenset(self.at_lines)

    def thing_ids(self) -> frozenset[str]:
        """The things that take part."""
        ends = (id_ for each in self.told for id_ in (each.step.origin_id, each.step.target_id) if id_)
        return frozenset([*ends, *self.at_things])


def story(picture: Picture, options: Options) -> Story:
    """The picture's flow along the chosen path of each fork, or its first one."""
    if not picture.steps:
        return Story()
    names = {thing.id: thing for thing in picture.things}
    told = tuple(_Telling(picture.steps, options.flow_path_ids, names).path(None, 0))
    going = _Going(picture.lines)
    at_lines: dict[str, tuple[Step, ...]] = {}
    at_things: dict[str, tuple[Step, ...]] = {}
    for each in told:
        if each.step.sort not in _NUMBERED:
            continue
        line = going.line(each.step)
        if line is not None:
            at_lines[line] = (*at_lines.get(line, ()), each.step)
        elif (place := each.step.origin_id or each.step.target_id) in names:
            at_things[place] = (*at_things.get(place, ()), each.step)
    return Story(told=told, at_lines=at_lines, at_things=at_things)


class _Telling:
    """One story being followed: each path once, whatever leads to it."""

    def __init__(self, steps: Sequence[Step], chosen: Collection[str], things: Mapping[str, Thing]) -> None:
        self._chosen, self._things = frozenset(chosen), things
        self._on: defaultdict[str | None, list[Step]] = defaultdict(list)
        for step in steps:
            self._on[step.path_id].append(step)

    def path(self, path_id: str | None, depth: int) -> Iterator[Told]:
        """The steps of a path with those of the paths taken on it."""
        for step in self._on.pop(path_id, []):
            taken = next((place for place, way in enumerate(step.ways) if way.id in self._chosen), 0)
            ways = tuple(way.name for way in step.ways)
            yield Told(step=step, depth=depth, ends=_ends(step, self._things), ways=ways, taken=taken)
            if step.ways and depth < NESTING:
                yield from self.path(step.ways[taken].id, depth + 1)


def _ends(step: Step, things: Mapping[str, Thing]) -> str:
    origin, target = (things.get(id_ or "") for id_ in (step.origin_id, step.target_id))
    if step.sort not in _NUMBERED or (origin is None and target is None):
        return ""
    if step.sort == "process" or origin is None or target is None or origin is target:
        one = origin or target
        return one.name if one else ""
    return f"{origin.name} → {target.name}"


class _Going:
    """Which line a message goes along."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._ids = {line.id for line in lines}
        self._between: dict[frozenset[str | None], str] = {}
        for line in lines:
            self._between.setdefault(frozenset((line.origin_id, line.target_id)), line.id)

    def line(self, step: Step) -> str | None:
        """The line that a message names, or else the first between its ends, whichever way it points."""
        if step.sort != "message":
            return None
        if step.line_id in self._ids:
            return step.line_id
        return self._between.get(frozenset((step.origin_id, step.target_id)))
