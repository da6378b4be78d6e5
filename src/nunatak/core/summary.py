"""What a draft's tasks come to, in one plain sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT
from nunatak.core.task import Task, change_of

_ORDER = ("added", "changed", "renamed", "removed")
# One and many of each kind, in the order of the sentence.
_NOUNS = {
    "model-object": ("object", "objects"),
    "model-connection": ("connection", "connections"),
    "diagram": ("diagram", "diagrams"),
    "diagram-group": ("folder", "folders"),
    "flow": ("flow", "flows"),
    "tag": ("tag", "tags"),
    "tag-group": ("tag group", "tag groups"),
    "comment": ("comment", "comments"),
    "comment-reply": ("reply", "replies"),
}


def summary(tasks: Iterable[Task]) -> str:
    """What the tasks do taken together, by kind: "2 objects added, 1 renamed; 1 diagram changed"."""
    deeds = Counter((kind, deed) for (kind, _), deed in _deeds(tasks).items())
    parts = []
    for kind, nouns in _NOUNS.items():
        counted = [(deeds[kind, deed], deed) for deed in _ORDER if deeds[kind, deed]]
        if counted:
            first, *others = counted
            words = [f"{first[0]} {nouns[first[0] > 1]} {first[1]}", *(f"{count} {deed}" for count, deed in others)]
            parts.append(", ".join(words))
    return "; ".join(parts) or "No changes"


def _deeds(tasks: Iterable[Task]) -> dict[tuple[str, str], str]:
    """What becomes of each entity, all its tasks taken together."""
    found: dict[tuple[str, str], str] = {}
    for task in tasks:
        change = change_of(task)
        key = (DIAGRAM.name if change.kind == DIAGRAM_CONTENT.name else change.kind, change.id)
        before = found.get(key)
        if change.verb == "create":
            found[key] = "added"
        elif change.verb == "delete":
            found.pop(key, None)
            if before != "added":
                found[key] = "removed"
        elif before != "added":
            found[key] = "renamed" if set(change.values) == {"name"} and before in (None, "renamed") else "changed"
    return found
