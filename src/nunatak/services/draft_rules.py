"""Rules of drafts: which version they start from, and that a merged one is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from nunatak.core.draft import Draft
from nunatak.core.errors import Conflict, Invalid
from nunatak.services.places import Place

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger

Values = dict[str, Any]


def prepared_draft(_ledger: Ledger, place: Place, values: Values, before: Draft | None) -> tuple[Values, Values]:
    """A new draft starts from the version that it is made in; a merged one stays as it is."""
    if before is not None and before.status == "merged":
        raise Conflict(
            "This draft is merged and can't be changed any more", ("draftId: expected a draft that isn't merged",)
        )
    return values, {} if before else {"originVersionId": place.version_id}


def checked_draft(_ledger: Ledger, _place: Place, after: Draft, before: Draft | None) -> Draft:
    """A draft becomes merged by being merged, not by saying so."""
    if before is not None and after.status == "merged" and after.merged_at is UNSET:
        raise Invalid("A draft is merged by merging it", ("body.status: expected in-progress or archived, got merged",))
    return after
