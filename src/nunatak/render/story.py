"""Stories: which steps of a flow a picture shows, and where on it each has its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
    told = tuple(_follow(picture.steps, None, 0, set(options.flow_path_ids), names))
    at_lines: dict[str, tuple[Step, ...]] = {}
    at_things: dict[str, tuple[Step, ...]] = {}
    for each in told:
        if each.step.sort not in _NUMBERED:
            continue
        line = _line(each.step, picture.lines)
        if line is not None:
            at_lines[line] = (*at_lines.get(line, ()), each.step)
        elif (place := each.step.origin_id or each.step.target_id) in names:
            at_things[place] = (*at_things.get(place, ()), each.step)
    return Story(told=told, at_lines=at_lines, at_things=at_things)


def _follow(
    steps: Sequence[Step], path_id: str | None, depth: int, chosen: set[str], things: Mapping[str, Thing]
) -> Iterator[Told]:
    for step in steps:
        if step.path_id != path_id:
            continue
        taken = next((place for place, way in enumerate(step.ways) if way.id in chosen), 0)
        yield Told(step=step, depth=depth, ends=_ends(step, things), ways=tuple(w.name for w in step.ways), taken=taken)
        if step.ways and depth < len(steps):
            yield from _follow(steps, step.ways[taken].id, depth + 1, chosen, things)


def _ends(step: Step, things: Mapping[str, Thing]) -> str:
    origin, target = (things.get(id_ or "") for id_ in (step.origin_id, step.target_id))
    if step.sort not in _NUMBERED or (origin is None and target is None):
        return ""
    if step.sort == "process" or origin is None or target is None or origin is target:
        one = origin or target
        return one.name if one else ""
    return f"{origin.name} → {target.name}"


def _line(step: Step, lines: Sequence[Line]) -> str | None:
    """The line a message goes along: the one it names, or else the first between its ends, whichever way it points."""
    if step.sort != "message":
        return None
    if any(line.id == step.line_id for line in lines):
        return step.line_id
    ends = {step.origin_id, step.target_id}
    return next((line.id for line in lines if {line.origin_id, line.target_id} == ends), None)
