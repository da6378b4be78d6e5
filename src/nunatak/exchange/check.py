"""Whether parts hold together: unique ids, references that lead somewhere, parents of the right type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

import msgspec

from nunatak.core.diagram import DIAGRAM_MODELS, GRID
from nunatak.core.errors import Invalid
from nunatak.core.flow import FORKS
from nunatak.core.model import PARENTS
from nunatak.exchange.parts import ConnectionPart, DiagramPart, FlowPart, ObjectPart, Parts

# So many details of one refusal are worth reading.
ERROR_LIMIT = 20


def checked(parts: Parts) -> Parts:
    """The same parts. Raises Invalid, naming each path, when an id is used twice, a reference leads nowhere, a parent
    or a diagram's object is of the wrong type, parents run in a circle, or a position is off the grid."""
    errors = tuple(islice(_errors(parts), ERROR_LIMIT))
    if errors:
        raise Invalid(f"The file doesn't hold together: {errors[0]}", errors)
    return parts


def sound(parts: Parts) -> Parts:
    """The same parts, with each field held against its type and limits, as `native.read` holds a file's. Raises Invalid
    naming the path."""
    try:
        return msgspec.convert(msgspec.to_builtins(parts), Parts)
    except msgspec.ValidationError as error:
        raise Invalid(f"The file goes beyond a limit: {error}", (str(error),)) from None


def _errors(parts: Parts) -> Iterator[str]:
    objects = {part.id: part for part in parts.objects}
    connections = {part.id for part in parts.connections}
    tags = {part.id for part in parts.tags}
    yield from _repeated("objects", parts.objects)
    yield from _repeated("connections", parts.connections)
    yield from _repeated("diagrams", parts.diagrams)
    yield from _tag_errors(parts)
    yield from _each("objects", parts.objects, lambda at, part: _object_errors(at, part, objects, tags))
    yield from _each("connections", parts.connections, lambda at, part: _connection_errors(at, part, objects, tags))
    yield from _each("diagrams", parts.diagrams, lambda at, part: _diagram_errors(at, part, objects, connections))
    diagrams = {part.id: part for part in parts.diagrams}
    yield from _repeated("flows", parts.flows)
    yield from _each("flows", parts.flows, lambda at, part: _flow_errors(at, part, diagrams))


def _each(name: str, parts: Iterable[Any], errors: Callable[[str, Any], Iterable[str]]) -> Iterator[str]:
    return chain.from_iterable(errors(f"{name}[{index}]", part) for index, part in enumerate(parts))


def _repeated(name: str, parts: Iterable[Any]) -> Iterator[str]:
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if part.id in seen:
            yield f"{name}[{index}].id: '{part.id}' is used twice"
        seen.add(part.id)


def _unknown(at: str, ids: Iterable[str | None], known: Iterable[str], what: str) -> Iterator[str]:
    return (f"{at}: there is no {what} '{id}'" for id in ids if id is not None and id not in known)


def _tag_errors(parts: Parts) -> Iterator[str]:
    groups = {group.id for group in parts.tag_groups}
    yield from _repeated("tagGroups", parts.tag_groups)
    yield from _repeated("tags", parts.tags)
    for index, tag in enumerate(parts.tags):
        yield from _unknown(f"tags[{index}].groupId", (tag.group_id,), groups, "tag group")


def _object_errors(at: str, part: ObjectPart, objects: dict[str, ObjectPart], tags: set[str]) -> Iterator[str]:
    yield from _unknown(f"{at}.parentId", (part.parent_id,), objects, "object")
    yield from _unknown(f"{at}.tags", part.tags, tags, "tag")
    groups = {id for id in part.group_ids if id in objects and objects[id].type == "group"}
    yield from _unknown(f"{at}.groupIds", part.group_ids, groups, "group")
    parent = objects[part.parent_id].type if part.parent_id in objects else "root"
    if (part.parent_id is None or part.parent_id in objects) and parent not in PARENTS[part.type]:
        yield f"{at}.parentId: the parent of type {part.type} is one of {', '.join(PARENTS[part.type])}, not {parent}"
    if _circular(part, objects):
        yield f"{at}.parentId: '{part.id}' stands under itself"


def _circular(part: ObjectPart, objects: dict[str, ObjectPart]) -> bool:
    """Only groups can stand under their own kind."""
    seen: set[str] = set()
    above: ObjectPart | None = part
    while above is not None and above.type == "group" and above.id not in seen:
        seen.add(above.id)
        above = objects.get(above.parent_id) if above.parent_id is not None else None
    return above is not None and above.id == part.id and bool(seen)


def _connection_errors(at: str, part: ConnectionPart, objects: dict[str, ObjectPart], tags: set[str]) -> Iterator[str]:
    yield from _unknown(f"{at}.originId", (part.origin_id,), objects, "object")
    yield from _unknown(f"{at}.targetId", (part.target_id,), objects, "object")
    yield from _unknown(f"{at}.viaId", (part.via_id,), objects, "object")
    yield from _unknown(f"{at}.tags", part.tags, tags, "tag")


def _diagram_errors(at: str, part: DiagramPart, objects: dict[str, ObjectPart], connections: set[str]) -> Iterator[str]:
    yield from _unknown(f"{at}.modelId", (part.model_id,), objects, "object")
    owner = objects[part.model_id].type if part.model_id in objects else "root"
    if (part.model_id is None or part.model_id in objects) and owner not in DIAGRAM_MODELS[part.type]:
        yield f"{at}.modelId: a {part.type} belongs to one of {', '.join(DIAGRAM_MODELS[part.type])}, not {owner}"
    yield from _content_errors(at, part, objects, connections)


def _content_errors(at: str, part: DiagramPart, objects: dict[str, ObjectPart], connections: set[str]) -> Iterator[str]:
    placed = {thing.id for thing in part.objects}
    yield from _repeated(f"{at}.objects", part.objects)
    yield from _repeated(f"{at}.connections", part.connections)
    for index, thing in enumerate(part.objects):
        yield from _unknown(f"{at}.objects[{index}].modelId", (thing.model_id,), objects, "object")
        if thing.x % GRID or thing.y % GRID:
            yield f"{at}.objects[{index}]: x and y are multiples of {GRID}, not {thing.x}, {thing.y}"
    for index, line in enumerate(part.connections):
        here = f"{at}.connections[{index}]"
        yield from _unknown(f"{here}.modelId", (line.model_id,), connections, "connection")
        yield from _unknown(f"{here}.originId", (line.origin_id,), placed, "object of the diagram")
        yield from _unknown(f"{here}.targetId", (line.target_id,), placed, "object of the diagram")


def _flow_errors(at: str, part: FlowPart, diagrams: dict[str, DiagramPart]) -> Iterator[str]:
    yield from _unknown(f"{at}.diagramId", (part.diagram_id,), diagrams, "diagram")
    shown = diagrams.get(part.diagram_id)
    placed = {thing.id for thing in shown.objects} if shown else set()
    drawn = {line.id for line in shown.connections} if shown else set()
    paths: set[str] = set()
    yield from _repeated(f"{at}.steps", part.steps)
    for index, step in enumerate(part.steps):
        here = f"{at}.steps[{index}]"
        yield from _unknown(f"{here}.originId", (step.origin_id,), placed, "object of the flow's diagram")
        yield from _unknown(f"{here}.targetId", (step.target_id,), placed, "object of the flow's diagram")
        yield from _unknown(f"{here}.viaId", (step.via_id,), drawn, "connection of the flow's diagram")
        yield from _unknown(f"{here}.pathId", (step.path_id,), paths, "path of an earlier step")
        if step.paths and step.type not in FORKS:
            yield f"{here}.paths: only {' and '.join(FORKS)} have paths, not {step.type}"
        paths |= {path.id for path in step.paths}
