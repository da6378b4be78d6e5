"""Rules among technologies and what is built with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from msgspec.structs import replace

from nunatak.catalog.bundled import catalog
from nunatak.core.catalog import CatalogTechnology
from nunatak.core.errors import Invalid
from nunatak.core.kinds import TECHNOLOGY
from nunatak.core.model import ModelObject, ModelObjectIcon
from nunatak.services.places import Place

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger


def require_technologies(ledger: Ledger, place: Place, after: Any, before: Any) -> None:
    """Every technology newly put on something must be there."""
    old = set(before.technology_ids) if before else set()
    wanted = {f"technologyIds[{i}]": id_ for i, id_ in enumerate(after.technology_ids) if id_ not in old}
    _found(ledger, place, wanted)


def with_icon(ledger: Ledger, place: Place, after: ModelObject, before: ModelObject | None) -> ModelObject:
    """The object with the addresses of its icon's technology, which must be there. Those of the shared catalog aren't
    kept with it: whoever answers a caller knows them."""
    icon = after.icon
    if icon is None or (before is not None and before.icon == icon):
        return after
    found = _found(ledger, place, {"icon.catalogTechnologyId": icon.catalog_technology_id})
    shown = found[icon.catalog_technology_id]
    kept = ModelObjectIcon(catalog_technology_id=shown.id, name=icon.name)
    if shown.organization_id is not None:
        kept = replace(
            kept,
            url=shown.icon_url or UNSET,
            url_light=shown.icon_url_light or UNSET,
            url_dark=shown.icon_url_dark or UNSET,
        )
    return replace(after, icon=kept)


def _found(ledger: Ledger, place: Place, wanted: dict[str, str]) -> dict[str, CatalogTechnology]:
    """The technologies by id; raises Invalid naming each field, the keys of `wanted`, whose id isn't one here."""
    shared = {t.id: t for t in catalog().among(wanted.values())}
    found = shared | _own(ledger, place, set(wanted.values()) - shared.keys())
    wrong = tuple(
        f"body.{field}: expected the id of a technology of the catalog or of this organization, got {id_!r}"
        for field, id_ in wanted.items()
        if id_ not in found
    )
    if wrong:
        raise Invalid("Catalog technology not found", wrong)
    return found


def _own(ledger: Ledger, place: Place, ids: set[str]) -> dict[str, CatalogTechnology]:
    """The organization's own among the ids. A thousand objects of an import name the same few: they are kept."""
    if unknown := ids - ledger.known.keys():
        found = ledger.unit.among(TECHNOLOGY, place.organization_id, unknown)
        ledger.known |= {t.id: t for t in found if t.deleted_at is UNSET}
    here = {id_: ledger.known[id_] for id_ in ids if isinstance(ledger.known.get(id_), CatalogTechnology)}
    return {id_: t for id_, t in here.items() if t.organization_id == place.organization_id}
