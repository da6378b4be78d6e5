"""Flows: a story told step by step over one diagram."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import AuthType, Derived, Labels, Map, Name, Number, Struct, Versioned

FlowStepType = Literal[
    "alternate-path", "subflow", "outgoing", "parallel-path", "reply", "self-action", "introduction", "information",
    "conclusion",
]  # fmt: skip
# What a step is told as.
StepSort = Literal[
    "introduction", "message", "process", "alternate", "parallel", "subflow", "information", "conclusion"
]
_SORTS: dict[str, StepSort] = {
    "alternate-path": "alternate", "parallel-path": "parallel", "subflow": "subflow", "introduction": "introduction",
    "information": "information", "conclusion": "conclusion",
}  # fmt: skip
StepText = Annotated[str, Meta(max_length=20_000)]
# The types whose steps hold paths.
FORKS = ("alternate-path", "parallel-path")
STEP_LIMIT = 5000
# How deep forks may stand within the paths of forks.
NESTING = 30


class FlowStepPath(Struct, frozen=True, kw_only=True):
    """One way out of a fork; the steps on it name it as their `parent_id`."""

    id: str
    index: Number
    name: str


class FlowStep(Struct, frozen=True, kw_only=True):
    """One step. `origin_id` and `target_id` are objects of the flow's diagram and `via_id` a connection of it,
    `flow_id` the flow that a subflow step goes to, `parent_id` the path that the step is on. Steps are in the order of
    `index`."""

    id: str
    index: Number
    type: FlowStepType | None
    description: StepText
    origin_id: str | None
    target_id: str | None
    via_id: str | None
    flow_id: str | None
    parent_id: str | None
    paths: dict[str, FlowStepPath] | None
    detailed_description: StepText | UnsetType = UNSET

    def ordered_paths(self) -> list[FlowStepPath]:
        """The paths of a fork in their order."""
        return sorted((self.paths or {}).values(), key=_place)

    def sort(self, origin: str | None, target: str | None) -> StepSort:
        """What the step is told as between these ends ("" or None for no end): one of no type is what its ends make
        it, and one without any end says something."""
        if self.type in _SORTS:
            return _SORTS[self.type]
        if not origin and not target:
            return "information"
        alone = origin == target or not origin or not target
        return "process" if self.type == "self-action" or (self.type is None and alone) else "message"


class Flow(Versioned, frozen=True, kw_only=True):
    """A story over one diagram."""

    name: Name
    diagram_id: str
    index: Number = 0
    labels: Labels = {}
    pinned: bool = False
    pinned_at: datetime | UnsetType = UNSET
    pinned_index: Number | UnsetType = UNSET
    show_all_steps: bool = False
    show_connection_names: bool = False
    steps: Map[FlowStep] = {}
    viewed_at: Derived[datetime | UnsetType] = UNSET
    viewed_by: Derived[AuthType | UnsetType] = UNSET
    viewed_by_id: Derived[str | UnsetType] = UNSET

    def ordered_steps(self) -> list[FlowStep]:
        """All steps in their order, whatever path they are on."""
        return sorted(self.steps.values(), key=_place)

    def steps_on(self, path_id: str | None) -> list[FlowStep]:
        """The steps of a path in their order; those on none with None."""
        return sorted((step for step in self.steps.values() if step.parent_id == path_id), key=_place)


def _place(found: FlowStep | FlowStepPath) -> tuple[float, str]:
    return found.index, found.id
