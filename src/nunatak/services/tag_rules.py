"""Rules among tags and what bears them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nunatak.core.errors import Dangling
from nunatak.core.kinds import TAG, TAG_GROUP, Kind
from nunatak.core.tag import Tag
from nunatak.services.places import Place

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger


def checked_tag(ledger: Ledger, place: Place, after: Tag, before: Tag | None) -> Tag:
    """A tag's group must be there."""
    if before is None or after.group_id != before.group_id:
        require_all(ledger, place, TAG_GROUP, {"groupId": after.group_id})
    return after


def require_tags(ledger: Ledger, place: Place, after: Any, before: Any) -> None:
    """Every tag newly put on something must be there."""
    old = set(before.tag_ids) if before else set()
    new = [id_ for id_ in after.tag_ids if id_ not in old]
    require_all(ledger, place, TAG, {f"tagIds[{after.tag_ids.index(id_)}]": id_ for id_ in new})


def require_all(ledger: Ledger, place: Place, kind: Kind, wanted: dict[str, str]) -> dict[str, str]:
    """Raises Dangling naming each field, the keys of `wanted`, whose id isn't an entity of this kind here."""
    if not wanted:
        return wanted
    found = ledger.unit.lookup(kind, place.version_id, wanted.values(), "id")
    missing = [(field, id_) for field, id_ in wanted.items() if id_ not in found]
    if missing:
        raise missing_things(kind, missing)
    return wanted


def missing_things(kind: Kind, missing: Iterable[tuple[str, str | None]]) -> Dangling:
    """The refusal of references that lead nowhere."""
    expected = f"expected the id of a {kind.title.lower()} of this version"
    errors = tuple(f"body.{field}: {expected}, got {'null' if id_ is None else repr(id_)}" for field, id_ in missing)
    return Dangling(f"{kind.title} not found", errors)
