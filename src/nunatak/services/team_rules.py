"""Rules among teams and what they own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nunatak.core.errors import Invalid
from nunatak.core.kinds import TEAM
from nunatak.services.places import Place

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger


def require_teams(ledger: Ledger, place: Place, after: Any, before: Any) -> None:
    """Every team newly made an owner must be one of the organization's."""
    old = set(before.team_ids) if before else set()
    new = [(i, id_) for i, id_ in enumerate(after.team_ids) if id_ not in old]
    if not new:
        return
    there = ledger.unit.lookup(TEAM, place.organization_id, [id_ for _, id_ in new], "id")
    missing = [(i, id_) for i, id_ in new if id_ not in there]
    if missing:
        errors = (
            f"body.teamIds[{i}]: expected the id of a team of this organization, got {id_!r}" for i, id_ in missing
        )
        raise Invalid("Team not found", tuple(errors))
