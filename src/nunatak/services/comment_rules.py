"""Rules among comments, their replies and their pins, and the numbers of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.adr import ADR as Decision  # noqa: N811 -- the kind has the name too
from nunatak.core.adr import ADRStatusChange
from nunatak.core.comment import CommentReply
from nunatak.core.errors import Invalid
from nunatak.core.kinds import ADR, COMMENT, DIAGRAM, DRAFT, Kind
from nunatak.services.places import Place
from nunatak.services.tag_rules import require_all

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger

Values = dict[str, Any]
# Which field a related item names its thing by, and of which kind that is.
_RELATED: dict[str, tuple[str, str, Kind]] = {
    "adr": ("adr_id", "adrId", ADR),
    "diagram": ("diagram_id", "diagramId", DIAGRAM),
    "draft": ("draft_id", "draftId", DRAFT),
}


def prepared_reply(_ledger: Ledger, _place: Place, values: Values, before: Any) -> tuple[Values, Values]:
    """The comment that a reply is for stands in its path, so it isn't the writer's choice."""
    comment_id = values.pop("commentId", None)
    return values, {} if before else {"commentId": comment_id}


def checked_reply(ledger: Ledger, place: Place, after: CommentReply, before: CommentReply | None) -> CommentReply:
    """A reply's comment must be there."""
    if before is None:
        require_all(ledger, place, COMMENT, {"commentId": after.comment_id})
    return after


def prepared_decision(ledger: Ledger, place: Place, values: Values, before: Any) -> tuple[Values, Values]:
    """Items get the ids they are kept under; a new decision gets the next number of its version."""
    items = values.get("relatedItems")
    if isinstance(items, dict):
        values = {**values, "relatedItems": {key: {**item, "id": key} for key, item in items.items()}}
    if before is not None:
        return values, {}
    numbers = [found.number for found in ledger.unit.every(ADR, place.version_id)]
    return values, {"number": max(numbers, default=0) + 1}


def checked_decision(ledger: Ledger, place: Place, after: Decision, before: Decision | None) -> Decision:
    """What a decision is about must be there; a new status is noted with who gave it and when."""
    items = {} if after.related_items is UNSET else after.related_items
    old = {} if before is None or before.related_items is UNSET else before.related_items
    for key, item in items.items():
        if item.type in _RELATED and old.get(key) != item:
            field, wire, kind = _RELATED[item.type]
            id_ = getattr(item, field)
            if id_ is UNSET:
                raise Invalid(
                    f"A related {item.type} is named by {wire}", (f"body.relatedItems.{key}.{wire}: expected an id",)
                )
            require_all(ledger, place, kind, {f"relatedItems.{key}.{wire}": id_})
    return _stated(ledger, after, before)


def _stated(ledger: Ledger, after: Decision, before: Decision | None) -> Decision:
    told = [] if after.status_changes is UNSET else after.status_changes
    known = [] if before is None or before.status_changes is UNSET else before.status_changes
    if told != known or (before is not None and before.status == after.status):
        return after
    by = ledger.stamp
    change = ADRStatusChange(status=after.status, created_at=by.at, created_by=by.by, created_by_id=by.by_id)
    return replace(after, status_changes=[*told, change])
