"""Where a request works: an organization, a landscape and one of its versions, checked against the actor."""

from __future__ import annotations

from dataclasses import dataclass

from nunatak.core.access import Actor, Deed, require
from nunatak.core.errors import Conflict, NotFound
from nunatak.core.kinds import LANDSCAPE, VERSION
from nunatak.core.landscape import Landscape, Version
from nunatak.store.unit import Unit

LATEST = "latest"


@dataclass(frozen=True, kw_only=True)
class Path:
    """Which version of which landscape a request is about; `version_id` may be the word `latest`, and reads with a
    `draft_id` see that draft applied."""

    landscape_id: str
    version_id: str
    draft_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A version of a landscape of an organization."""

    organization_id: str
    landscape_id: str
    version_id: str
    is_latest: bool

    def writable(self) -> None:
        """Raises Conflict for a version that is a snapshot: those never change."""
        if not self.is_latest:
            raise Conflict("This version is a snapshot and can't be changed; write to the version `latest`")


def landscape(unit: Unit, actor: Actor, landscape_id: str, deed: Deed) -> Landscape:
    """The landscape, where the actor may do the deed. Raises NotFound for what isn't there for the actor."""
    found: Landscape = unit.get(LANDSCAPE, landscape_id)
    require(actor, deed, found.organization_id, landscape_id=found.id)
    return found


def version(unit: Unit, landscape_id: str, version_id: str) -> Version:
    """The version by id, or the live one by the word `latest`."""
    if version_id != LATEST:
        found: Version = unit.get(VERSION, version_id, landscape_id)
        return found
    latest: Version | None = unit.first_having(VERSION, landscape_id, "tag", LATEST)
    if latest is None:
        raise NotFound("Version not found")
    return latest


def live(unit: Unit, organization_id: str) -> list[Place]:
    """The live versions of an organization's landscapes, whoever asks."""
    lands = [id_ for (id_,) in unit.values(LANDSCAPE, organization_id, ("id",), {})]
    found = {land: unit.first_having(VERSION, land, "tag", LATEST) for land in lands}
    return [
        Place(organization_id=organization_id, landscape_id=land, version_id=version.id, is_latest=True)
        for land, version in found.items()
        if version is not None
    ]


def place(unit: Unit, actor: Actor, landscape_id: str, version_id: str, deed: Deed) -> Place:
    """The place a path names, where the actor may do the deed."""
    land = landscape(unit, actor, landscape_id, deed)
    state = version(unit, land.id, version_id)
    require(actor, deed, land.organization_id, landscape_id=land.id, version_id=state.id)
    return Place(
        organization_id=land.organization_id,
        landscape_id=land.id,
        version_id=state.id,
        is_latest=LATEST in state.tags,
    )
