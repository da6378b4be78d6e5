"""The first start: an organization, its administrator's key, and a sample landscape."""

from __future__ import annotations

from dataclasses import dataclass

from nunatak.core.change import Change
from nunatak.core.kinds import ORGANIZATION
from nunatak.exchange.parts import Parts
from nunatak.services import imports, keys, landscapes, projects
from nunatak.services.changes import new_id
from nunatak.services.places import Place
from nunatak.services.service import Service


@dataclass(frozen=True, kw_only=True)
class FirstStart:
    """What was made; `credentials` are `id:secret`, told this once."""

    organization_id: str
    landscape_id: str
    diagram_id: str
    credentials: str


def begin(service: Service, sample: Parts) -> FirstStart | None:
    """Makes the first organization, key and landscape in one transaction; None when there is one already."""
    organization_id = new_id()
    with service.writing(keys.operator([organization_id])) as ledger:
        ledger.unit.lock("setup")
        if ledger.unit.values(ORGANIZATION, "", ("id",), {}):
            return None
        values = {"name": "Default organization", "urlName": projects.FIRST}
        ledger.found(Change(verb="create", kind=ORGANIZATION.name, id=organization_id, values=values), {})
        _, credentials = keys.issue(
            ledger, organization_id, name="Administrator", permission="admin", pepper=service.pepper
        )
        land, live = landscapes.begin(ledger, organization_id, {"name": sample.name})
        place = Place(organization_id=organization_id, landscape_id=land.id, version_id=live.id, is_latest=True)
        made = imports.bring(ledger, place, sample)
        return FirstStart(
            organization_id=organization_id,
            landscape_id=land.id,
            diagram_id=made.diagram_ids[0],
            credentials=credentials,
        )


def organization_ids(service: Service) -> list[str]:
    """All organizations, for the operator."""
    with service.reading() as unit:
        return [id_ for (id_,) in unit.values(ORGANIZATION, "", ("id",), {})]
