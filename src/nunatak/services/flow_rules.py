"""Rules among flows, the diagrams they are told over, and each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from nunatak.core.diagram import DiagramContent
from nunatak.core.errors import Dangling, Invalid
from nunatak.core.flow import FORKS, NESTING, STEP_LIMIT, Flow, FlowStep
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, FLOW
from nunatak.services.places import Place
from nunatak.services.tag_rules import require_all

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger

Values = dict[str, Any]
_MOST_ERRORS = 30
_NAMES = {"origin_id": "originId", "target_id": "targetId", "via_id": "viaId", "flow_id": "flowId"}


def checked_flow(ledger: Ledger, place: Place, after: Flow, before: Flow | None) -> Flow:
    """Steps and paths have their keys as ids, as all that lies in maps has; steps name things of the flow's diagram, by
    the ids of what is placed there or else by those of the model; a subflow is another flow, which may lead back."""
    if len(after.steps) > STEP_LIMIT:
        raise Invalid(
            f"A flow has at most {STEP_LIMIT:,} steps",
            (f"body.steps: expected at most {STEP_LIMIT:,} entries, got {len(after.steps):,}",),
        )
    moved = before is None or before.diagram_id != after.diagram_id
    if moved:
        require_all(ledger, place, DIAGRAM, {"diagramId": after.diagram_id})
    after = replace(after, steps={key: _keyed(key, step) for key, step in after.steps.items()})
    _paths(after)
    old = {} if before is None or moved else before.steps
    changed = [step for step in after.steps.values() if old.get(step.id) != step]
    _subflows(ledger, place, after, changed)
    found = _found(ledger, place, after.diagram_id, changed)
    return replace(after, steps=after.steps | {step.id: step for step in found})


def _keyed(key: str, step: FlowStep) -> FlowStep:
    paths = {id_: replace(path, id=id_) for id_, path in step.paths.items()} if step.paths else step.paths
    return replace(step, id=key, paths=paths)


def _paths(flow: Flow) -> None:
    """Only forks have paths, every path has an id of its own, and steps hang on paths without going in circles."""
    fork_of: dict[str, str] = {}
    errors: list[str] = []
    for step in flow.steps.values():
        if step.paths and step.type not in FORKS:
            errors.append(f"body.steps.{step.id}.paths: expected null for a step of type {step.type or 'null'}")
        for path_id in step.paths or ():
            if fork_of.setdefault(path_id, step.id) != step.id:
                errors.append(f"body.steps.{step.id}.paths.{path_id}: expected a path id that no other step has")
    _refused("Only alternate-path and parallel-path steps have paths, each with an id of its own", errors)
    for step in flow.steps.values():
        if step.parent_id is not None and step.parent_id not in fork_of:
            expected = "expected null or the id of a path of a step of this flow"
            errors.append(f"body.steps.{step.id}.parentId: {expected}, got {step.parent_id!r}")
    _refused("A step's parent is a path of the same flow", errors, Dangling)
    _refused(
        f"Steps hang on paths at most {NESTING} deep and never below themselves",
        [f"body.steps.{id_}.parentId: expected a path that isn't below this step" for id_ in _lost(flow, fork_of)],
    )


def _lost(flow: Flow, fork_of: dict[str, str]) -> Iterable[str]:
    """The steps that no way from the top leads to within the permitted depth."""
    below: dict[str | None, list[str]] = {}
    for step in flow.steps.values():
        below.setdefault(step.parent_id and fork_of[step.parent_id], []).append(step.id)
    left = dict.fromkeys(flow.steps)
    reached = below.get(None, [])
    for _ in range(NESTING + 1):
        for id_ in reached:
            del left[id_]
        reached = [child for id_ in reached for child in below.get(id_, ())]
    return left


def _subflows(ledger: Ledger, place: Place, flow: Flow, changed: list[FlowStep]) -> None:
    wanted = {f"steps.{step.id}.flowId": step.flow_id for step in changed if step.flow_id is not None}
    itself = [f"body.{field}: expected another flow than this" for field, id_ in wanted.items() if id_ == flow.id]
    _refused("A flow is no subflow of itself", itself)
    require_all(ledger, place, FLOW, wanted)


def _found(ledger: Ledger, place: Place, diagram_id: str, changed: list[FlowStep]) -> list[FlowStep]:
    """The steps with the ids of what is placed on the diagram; raises Invalid for what isn't there."""
    if all(step.origin_id is step.target_id is step.via_id is None for step in changed):
        return changed
    content: DiagramContent = ledger.unit.get(DIAGRAM_CONTENT, diagram_id, place.version_id)
    known = {"origin_id": _objects(content), "target_id": _objects(content), "via_id": _connections(content)}
    found: list[FlowStep] = []
    errors: list[str] = []
    for step in changed:
        named = {name: getattr(step, name) for name in known if getattr(step, name) is not None}
        here = {name: known[name][id_] for name, id_ in named.items() if id_ in known[name]}
        errors += [_missing(step, name, id_) for name, id_ in named.items() if name not in here]
        found.append(replace(step, **here))
    _refused("A step names something that is not on the flow's diagram", errors, Dangling)
    return found


def _missing(step: FlowStep, name: str, id_: str) -> str:
    sort = "a connection" if name == "via_id" else "an object"
    return f"body.steps.{step.id}.{_NAMES[name]}: expected the id of {sort} of the flow's diagram, got {id_!r}"


def _objects(content: DiagramContent) -> dict[str, str]:
    """Placed objects' ids by themselves and by model id; of several places of an object the first box is taken."""
    placed = sorted(content.objects.values(), key=lambda o: (o.shape != "box", o.id), reverse=True)
    return {o.model_id: o.id for o in placed} | {id_: id_ for id_ in content.objects}


def _connections(content: DiagramContent) -> dict[str, str]:
    """Drawn lines' ids by themselves and by model id."""
    drawn = sorted(content.connections.values(), key=lambda c: c.id, reverse=True)
    return {c.model_id: c.id for c in drawn if c.model_id} | {id_: id_ for id_ in content.connections}


def followed_content(
    ledger: Ledger, place: Place, before: DiagramContent | None, after: DiagramContent, _values: Values
) -> None:
    """Steps stay when what they name is taken off the diagram; they name nothing then."""
    objects = set(before.objects) - set(after.objects) if before else set()
    lines = set(before.connections) - set(after.connections) if before else set()
    if objects or lines:
        ids = [id_ for _, id_ in ledger.unit.with_column(FLOW, place.version_id, "diagram_id", [after.id])]
        for flow in ledger.unit.among(FLOW, place.version_id, ids):
            _unname(ledger, place, flow, {"origin_id": objects, "target_id": objects, "via_id": lines})


def before_flow(ledger: Ledger, place: Place, flow_id: str) -> None:
    """Before a flow is deleted: subflow steps of other flows stay, and lead nowhere then."""
    found = ledger.unit.having(FLOW, place.version_id, "subflow_ids", [flow_id])
    for flow in ledger.unit.among(FLOW, place.version_id, [id_ for _, id_ in found]):
        _unname(ledger, place, flow, {"flow_id": {flow_id}})


def _unname(ledger: Ledger, place: Place, flow: Flow, gone: dict[str, set[str]]) -> None:
    updates = {
        step.id: {_NAMES[name]: None for name, ids in gone.items() if getattr(step, name) in ids}
        for step in flow.steps.values()
    }
    changed = {id_: values for id_, values in updates.items() if values}
    if changed:
        ledger.update(place, FLOW, flow.id, {"steps": {"$update": changed}})


def _refused(message: str, errors: list[str], refusal: type[Invalid] = Invalid) -> None:
    if errors:
        raise refusal(message, tuple(errors[:_MOST_ERRORS]))
