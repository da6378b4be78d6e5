"""Rules among things, a module a family: what a change must find, what it completes, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nunatak.core.kinds import Kind
from nunatak.services import comment_rules, diagram_rules, draft_rules, flow_rules, model_rules, tag_rules
from nunatak.services.places import Place

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger

Values = dict[str, Any]

_PREPARED: dict[str, Callable[[Ledger, Place, Values, Any], tuple[Values, Values]]] = {
    "model-object": model_rules.prepared_object,
    "model-connection": model_rules.prepared_connection,
    "diagram-content": diagram_rules.prepared_content,
    "comment-reply": comment_rules.prepared_reply,
    "adr": comment_rules.prepared_decision,
    "draft": draft_rules.prepared_draft,
}
_CHECKED: dict[str, Callable[[Ledger, Place, Any, Any], Any]] = {
    "model-object": model_rules.checked_object,
    "model-connection": model_rules.checked_connection,
    "diagram": diagram_rules.checked_diagram,
    "diagram-content": diagram_rules.checked_content,
    "diagram-group": diagram_rules.checked_group,
    "flow": flow_rules.checked_flow,
    "tag": tag_rules.checked_tag,
    "comment-reply": comment_rules.checked_reply,
    "adr": comment_rules.checked_decision,
    "draft": draft_rules.checked_draft,
}
_FOLLOWED: dict[str, Callable[[Ledger, Place, Any, Any, Values], None]] = {
    "domain": model_rules.followed_domain,
    "model-object": model_rules.followed_object,
    "diagram": diagram_rules.followed_diagram,
    "diagram-content": flow_rules.followed_content,
}


def prepared(ledger: Ledger, place: Place, kind: Kind, values: Values, before: Any = None) -> tuple[Values, Values]:
    """The writer's values, completed, and for a create the derived ones that the entity can't be made without."""
    if kind.name not in _PREPARED:
        return values, {}
    return _PREPARED[kind.name](ledger, place, values, before)


def checked(ledger: Ledger, place: Place, kind: Kind, after: Any, before: Any = None) -> Any:
    """The entity with its derived fields set; raises a refusal when what it refers to isn't there or doesn't fit."""
    return _CHECKED[kind.name](ledger, place, after, before) if kind.name in _CHECKED else after


def followed(ledger: Ledger, place: Place, kind: Kind, before: Any, after: Any, values: Values) -> None:
    """Writes what a create or update with these values entails elsewhere."""
    if kind.name in _FOLLOWED:
        _FOLLOWED[kind.name](ledger, place, before, after, values)
