"""A flow's steps as a picture tells them: in order, along all paths, with the numbers that its text has too."""

from __future__ import annotations

from collections.abc import Iterator

from nunatak.core.diagram import DiagramContent
from nunatak.core.flow import FORKS, Flow, FlowStep
from nunatak.render.picture import Step, Way


def steps(flow: Flow, content: DiagramContent) -> list[Step]:
    """The flow's steps, each path's behind the fork it leaves. Messages and processes have numbers from 1."""
    told: list[Step] = []
    number = 0
    for step in _in_order(flow, None, frozenset()):
        made = _step(step, content)
        if made.sort in ("message", "process"):
            number += 1
            made = Step(**{name: getattr(made, name) for name in Step.__struct_fields__} | {"number": number})
        told.append(made)
    return told


def _in_order(flow: Flow, path_id: str | None, seen: frozenset[str]) -> Iterator[FlowStep]:
    for step in flow.steps_on(path_id):
        yield step
        for path in step.ordered_paths():
            if path.id not in seen:
                yield from _in_order(flow, path.id, seen | {path.id})


def _step(step: FlowStep, content: DiagramContent) -> Step:
    line = content.connections.get(step.via_id or "")
    origin, target = step.origin_id, step.target_id
    if line is not None and origin is None and target is None:
        origin, target = line.origin_id, line.target_id
    sort = step.sort(origin, target)
    if sort == "process":
        origin = target = origin or target
    ways = step.ordered_paths() if step.type in FORKS else []
    return Step(
        id=step.id,
        sort=sort,
        text=step.description,
        origin_id=origin,
        target_id=target,
        line_id=line.id if line is not None and sort == "message" else None,
        reply=step.type == "reply" and sort == "message",
        path_id=step.parent_id,
        ways=[Way(id=way.id, name=way.name or f"Path {place}") for place, way in enumerate(ways, 1)],
    )
