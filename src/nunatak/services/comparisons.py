"""Comparisons of a diagram: two versions, or a version and a draft on it, as one picture or as a list."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.access import Actor, require_drafts
from nunatak.core.change import derived_names
from nunatak.core.comparison import ChangeSort, ComparedKind, DiagramChange, DiagramDiff, FieldChange
from nunatak.core.diagram import Diagram, DiagramContent, DiagramExportImageOptions
from nunatak.core.errors import NotFound
from nunatak.core.fields import Struct
from nunatak.core.kinds import COMMENT, DIAGRAM, DIAGRAM_CONTENT, DRAFT, MODEL_CONNECTION, MODEL_OBJECT, Kind
from nunatak.render.compare import compare, partners
from nunatak.render.picture import Picture
from nunatak.services import drafts, pictures, places
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit

# What says where something is; all else says what it is.
_PLACE = {
    "diagram-object": frozenset({"x", "y"}),
    "diagram-connection": frozenset({"lineShape", "originConnector", "targetConnector", "labelPosition"}),
    "diagram-comment": frozenset({"x", "y"}),
}
# What is no difference: an id that a thing got when it was put on again, a way that was laid out, an area's size.
_PASSED = frozenset({"id", "points"})
_AREA_PASSED = frozenset({"x", "y", "width", "height"})
_MODELS: dict[ComparedKind, Kind] = {"model-object": MODEL_OBJECT, "model-connection": MODEL_CONNECTION}


@dataclass(frozen=True, kw_only=True)
class States:
    """Which two states of a diagram are compared: one version, and another one or the same, with a draft applied."""

    before: Place
    after: Place
    draft_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class State:
    """A diagram in one state, with what of the model is on it in either: entities by id."""

    diagram: Diagram | None
    content: DiagramContent | None
    entities: Mapping[ComparedKind, Mapping[str, Any]] = field(default_factory=dict)
    comments: Mapping[str, Any] = field(default_factory=dict)

    def placed(self, part: Literal["objects", "connections", "comments"]) -> list[Any]:
        return [] if self.content is None else list(getattr(self.content, part).values())


def states(
    unit: Unit, actor: Actor, path: Path, *, before: str | None, after: str | None, draft_id: str | None, sent: str
) -> States:
    """The states that ids or the word `latest` name; those that aren't named are the path's version. Raises NotFound
    for a version that isn't there, by the name under which it was `sent`."""
    require_drafts(actor, draft_id)
    here = places.place(unit, actor, path.landscape_id, path.version_id, "read")
    earlier = _version(unit, actor, here, f"{sent}.from", before)
    later = _version(unit, actor, here, f"{sent}.to", after)
    return States(before=earlier, after=later, draft_id=draft_id)


def _version(unit: Unit, actor: Actor, here: Place, name: str, version_id: str | None) -> Place:
    if version_id is None:
        return here
    try:
        return places.place(unit, actor, here.landscape_id, version_id, "read")
    except NotFound:
        expected = f"expected the id of a version of this landscape, got {version_id!r}"
        raise NotFound("Version not found", (f"{name}: {expected}",)) from None


def difference(
    service: Service, actor: Actor, path: Path, diagram_id: str, *, before: str | None, after: str | None
) -> DiagramDiff:
    """All that differs between two versions, the later one with the path's draft. Raises NotFound for a diagram that
    neither has, for a version and for the draft."""
    with service.reading() as unit:
        compared = states(unit, actor, path, before=before, after=after, draft_id=path.draft_id, sent="query")
        earlier = _state(unit, compared.before, diagram_id)
    with drafts.opened(service.database, compared.draft_id) as unit:
        drafts.apply(unit, compared.after, compared.draft_id, now=service.clock)
        later = _state(unit, compared.after, diagram_id, earlier)
    with service.reading() as unit:  # with what only the later one shows
        earlier = _state(unit, compared.before, diagram_id, later)
    one = later.diagram or earlier.diagram
    if one is None:
        raise NotFound("Diagram not found")
    found = [change for changes in _changes(earlier, later) for change in changes]
    return DiagramDiff(
        diagram_id=one.id,
        from_version_id=compared.before.version_id,
        to_version_id=compared.after.version_id,
        draft_id=compared.draft_id or UNSET,
        changes=sorted(found, key=lambda change: (change.kind, change.name, change.id)),
    )


def picture(service: Service, compared: States, diagram_id: str, options: DiagramExportImageOptions) -> Picture:
    """Both states as one picture with its differences marked, with the options' flow of the later one; where versions
    are compared it is there for the differences. Raises NotFound for a diagram that neither state has."""
    titled = bool(options.title)
    with service.reading() as unit:
        earlier = _shown(unit, compared.before, diagram_id, titled=titled)
        first = pictures.version_words(unit, compared.before)
    with drafts.opened(service.database, compared.draft_id) as unit:
        drafts.apply(unit, compared.after, compared.draft_id, now=service.clock)
        later = _shown(unit, compared.after, diagram_id, options.flow_id or None, titled=titled)
        second = _words(unit, compared)
    one = later or earlier
    if one is None:
        raise NotFound("Diagram not found")
    told = f"{first} → {second}" if are_versions(options) else ""
    return compare(earlier or _bare(one), later or _bare(one), told)


def are_versions(options: DiagramExportImageOptions) -> bool:
    """Whether an export compares versions."""
    return options.from_ is not UNSET or options.to is not UNSET


def _shown(unit: Unit, place: Place, diagram_id: str, flow_id: str | None = None, *, titled: bool) -> Picture | None:
    if unit.find(DIAGRAM, diagram_id, place.version_id) is None:
        return None
    return pictures.load(unit, place, diagram_id, flow_id, titled=titled)


def _words(unit: Unit, compared: States) -> str:
    """What the later state is called."""
    version = pictures.version_words(unit, compared.after)
    if compared.draft_id is None:
        return version
    name: str = unit.get(DRAFT, compared.draft_id, compared.after.version_id).name
    return name if compared.before.version_id == compared.after.version_id else f"{version}, {name}"


def _bare(one: Picture) -> Picture:
    return replace(one, things=[], lines=[], pins=[])


def _state(unit: Unit, place: Place, diagram_id: str, other: State | None = None) -> State:
    scope = place.version_id
    diagram = unit.find(DIAGRAM, diagram_id, scope)
    content = unit.find(DIAGRAM_CONTENT, diagram.id, scope) if diagram else None
    here = State(diagram=diagram, content=content)
    both = (here, other) if other else (here,)
    ids = {
        "model-object": {one.model_id for state in both for one in state.placed("objects")},
        "model-connection": {one.model_id for state in both for one in state.placed("connections") if one.model_id},
    }
    comments = {one.comment_id for state in both for one in state.placed("comments")}
    return State(
        diagram=diagram,
        content=content,
        entities={kind: {e.id: e for e in unit.among(_MODELS[kind], scope, ids[kind])} for kind in _MODELS},
        comments={c.id: c for c in unit.among(COMMENT, scope, comments)},
    )


def _changes(before: State, after: State) -> Iterator[Iterable[DiagramChange]]:
    if (change := _entity("diagram", before.diagram, after.diagram)) is not None:
        yield [change]
    yield _placements("diagram-object", before, after)
    yield _placements("diagram-connection", before, after)
    yield _placements("diagram-comment", before, after)
    for kind in _MODELS:
        earlier, later = before.entities[kind], after.entities[kind]
        ids = sorted(earlier.keys() | later.keys())
        found = (_entity(kind, earlier.get(id_), later.get(id_)) for id_ in ids)
        yield [change for change in found if change is not None]


def _entity(kind: ComparedKind, before: Any, after: Any) -> DiagramChange | None:
    """What became of an entity between the two states."""
    one = after or before
    if one is None:
        return None
    fields = _fields(_values(before), _values(after))
    if before is not None and after is not None and not fields:
        return None
    return DiagramChange(
        kind=kind, id=one.id, handle_id=one.handle_id, name=one.name, change=_sort(before, after),
        fields=fields if before is not None and after is not None else [],
    )  # fmt: skip


def _values(entity: Any) -> dict[str, Any]:
    """An entity's fields that a writer gives, by wire name."""
    if entity is None:
        return {}
    given: dict[str, Any] = msgspec.to_builtins(entity)
    struct: type[Struct] = type(entity)
    return {name: value for name, value in given.items() if name not in derived_names(struct)}


def _placements(kind: ComparedKind, before: State, after: State) -> list[DiagramChange]:
    parts: dict[str, tuple[Literal["objects", "connections", "comments"], Any]] = {
        "diagram-object": ("objects", lambda one: (one.model_id, one.shape)),
        "diagram-connection": ("connections", lambda one: one.model_id),
        "diagram-comment": ("comments", lambda one: one.comment_id),
    }
    part, key = parts[kind]
    earlier, later = before.placed(part), after.placed(part)
    if kind == "diagram-connection":
        earlier = _renamed(earlier, before, after)
    same = partners(earlier, later, key)
    kept = {one.id for one in same.values()}
    gone = [(one, None) for one in earlier if one.id not in kept]
    pairs = [*((same.get(one.id), one) for one in later), *gone]
    found = (_placement(kind, was, now, before, after) for was, now in pairs)
    return [change for change in found if change is not None]


def _renamed(lines: list[Any], before: State, after: State) -> list[Any]:
    """The earlier lines with the ids that their ends have in the later state."""
    same = partners(before.placed("objects"), after.placed("objects"), lambda one: (one.model_id, one.shape))
    names = {was.id: id_ for id_, was in same.items()}
    return [
        replace(line, origin_id=names.get(line.origin_id, line.origin_id),
                target_id=names.get(line.target_id, line.target_id))
        for line in lines
    ]  # fmt: skip


def _placement(kind: ComparedKind, was: Any, now: Any, before: State, after: State) -> DiagramChange | None:
    one = now or was
    fields = []
    if was is not None and now is not None:
        passed = _PASSED | (_AREA_PASSED if getattr(now, "shape", "") == "area" else frozenset())
        earlier, later = _without(was, passed), _without(now, passed)
        fields = _fields(earlier, later)
        if not fields:
            return None
    named = _named(kind, one, after if now is not None else before)
    moved = fields and all(each.field in _PLACE[kind] for each in fields)
    return DiagramChange(
        kind=kind,
        id=one.id,
        handle_id=named.handle_id if named else None,
        name=getattr(named, "name", "") if named else "",
        change="moved" if moved else _sort(was, now),
        fields=fields,
    )


def _named(kind: ComparedKind, one: Any, state: State) -> Any:
    """What a placement places."""
    if kind == "diagram-comment":
        return state.comments.get(one.comment_id)
    model: ComparedKind = "model-object" if kind == "diagram-object" else "model-connection"
    return state.entities[model].get(one.model_id)


def _without(one: Struct, passed: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in msgspec.to_builtins(one).items() if name not in passed}


def _sort(before: Hashable | None, after: Hashable | None) -> ChangeSort:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """The fields that differ, by name; lists of ids are the same in any order."""
    names = sorted(before.keys() | after.keys())
    return [
        FieldChange(field=name, before=before.get(name, UNSET), after=after.get(name, UNSET))
        for name in names
        if _plain(before.get(name)) != _plain(after.get(name))
    ]


def _plain(value: Any) -> Any:
    texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return sorted(value) if texts else value
