"""A flow as a story with all names resolved: what the writers of text, PlantUML and Mermaid tell in their own words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from nunatak.core.diagram import DiagramContent
from nunatak.core.flow import Flow, FlowStep, FlowStepPath, StepSort
from nunatak.core.model import ModelConnection, ModelObject

# Who stands where a step names one end only.
UNKNOWN = "?"
_NO_WORDS = frozenset({"Cc", "Cs", "Co", "Cn"})  # control, surrogate, private and unassigned


@dataclass(frozen=True, kw_only=True)
class Participant:
    """Somebody who sends or receives."""

    name: str
    type: str = ""


@dataclass(frozen=True, kw_only=True)
class Path:
    """One way out of a fork."""

    name: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. Messages and processes have a `number`, from 1 in the order of telling, and participants' ids as their
    ends, a process the same one twice; `connection` is the name of the line that a message goes along, `via` of the
    object it goes through."""

    sort: StepSort
    title: str = ""
    number: int = 0
    origin: str = ""
    target: str = ""
    connection: str = ""
    technologies: tuple[str, ...] = ()
    via: str = ""
    reply: bool = False
    both_ways: bool = False
    subflow: str = ""
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Story:
    """A flow: its participants by id, in the order of their first use, and its steps in order."""

    name: str
    participants: dict[str, Participant] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    show_connection_names: bool = False

    def walk(self) -> Iterator[Step]:
        """All steps with those on the paths of forks, in the order of telling."""
        return _walk(self.steps)


def _walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        for path in step.paths:
            yield from _walk(path.steps)


@dataclass(frozen=True, kw_only=True)
class Model:
    """What a flow's names come from: the content of its diagram, model objects and connections by id, and the names of
    technologies and flows by id."""

    content: DiagramContent
    objects: Mapping[str, ModelObject]
    connections: Mapping[str, ModelConnection]
    technologies: Mapping[str, str]
    flows: Mapping[str, str]


def one_line(text: str) -> str:
    """A text without line breaks, control characters, byte order marks and spaces too many."""
    spaced = " ".join(text.split()).replace("\ufeff", "")
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in _NO_WORDS).split())


def told(flow: Flow, model: Model) -> Story:
    """A flow's story. A message without any end, and a process without an object, are told as information."""
    teller = _Teller(flow=flow, model=model)
    steps = teller.steps(None)
    return Story(
        name=one_line(flow.name),
        participants=teller.participants,
        steps=steps,
        show_connection_names=flow.show_connection_names,
    )


@dataclass(kw_only=True)
class _Teller:
    flow: Flow
    model: Model
    participants: dict[str, Participant] = field(default_factory=dict)
    number: int = 0

    def steps(self, path_id: str | None) -> tuple[Step, ...]:
        """The steps of a path, or of the top."""
        return tuple(self.step(step) for step in self.flow.steps_on(path_id))

    def step(self, step: FlowStep) -> Step:
        title = one_line(step.description)
        match step.type:
            case "introduction" | "information" | "conclusion":
                return Step(sort=step.type, title=title)
            case "subflow":
                return Step(sort="subflow", title=title, subflow=one_line(self.model.flows.get(step.flow_id or "", "")))
            case "alternate-path" | "parallel-path":
                ways = tuple(self.path(path, place) for place, path in enumerate(step.ordered_paths(), 1))
                return Step(sort="alternate" if step.type == "alternate-path" else "parallel", title=title, paths=ways)
            case _:
                return self.action(step, title)

    def path(self, path: FlowStepPath, place: int) -> Path:
        return Path(name=one_line(path.name) or f"Path {place}", steps=self.steps(path.id))

    def action(self, step: FlowStep, title: str) -> Step:
        """A message or a process; a step of no type is what its ends make it."""
        line = self.model.content.connections.get(step.via_id or "")
        origin, target = self.end(step.origin_id), self.end(step.target_id)
        if line is not None and not origin and not target:
            origin, target = self.end(line.origin_id), self.end(line.target_id)
        sort = step.sort(origin, target)
        if sort == "information":
            return Step(sort=sort, title=title)
        if sort == "process":
            origin = target = origin or target
        self.number += 1
        made = Step(
            sort=sort,
            title=title,
            number=self.number,
            origin=self.on_stage(origin),
            target=self.on_stage(target),
            reply=step.type == "reply",
        )
        return made if line is None or sort == "process" else self.along(made, line.model_id or "")

    def along(self, step: Step, connection_id: str) -> Step:
        """A message with the words of the connection that it goes along."""
        found = self.model.connections.get(connection_id)
        if found is None:
            return step
        through = self.model.objects.get(found.via_id or "")
        names = [self.model.technologies.get(id_, "") for id_ in found.technology_ids]
        return replace(
            step,
            connection=one_line(found.name),
            technologies=tuple(one_line(name) for name in names if name),
            via=one_line(through.name) if through else "",
            both_ways=found.direction == "bidirectional" and not step.reply,
        )

    def end(self, placed_id: str | None) -> str:
        """The model object that is placed there, or ""."""
        placed = self.model.content.objects.get(placed_id or "")
        return placed.model_id if placed and placed.model_id in self.model.objects else ""

    def on_stage(self, id_: str) -> str:
        """The id of a participant, who is there from now on."""
        found = self.model.objects.get(id_)
        if found is None:
            self.participants.setdefault(UNKNOWN, Participant(name=UNKNOWN))
            return UNKNOWN
        self.participants.setdefault(id_, Participant(name=one_line(found.name) or found.type, type=found.type))
        return id_
