"""What of an organization's own goes with a landscape to another organization: technologies by name, teams not."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec.structs import replace

from nunatak.catalog.bundled import catalog
from nunatak.core.catalog import CatalogTechnology
from nunatak.core.change import writable
from nunatak.core.kinds import TEAM
from nunatak.core.model import ModelConnection, ModelObject, ModelObjectIcon
from nunatak.services import technologies
from nunatak.services.changes import Ledger

Borne = TypeVar("Borne", ModelObject, ModelConnection)


class Crossing:
    """The way from one organization to another, or within one. Technologies of the source that the target has none of
    the same name for are made there when something first needs them; those that were deleted stay behind."""

    def __init__(self, ledger: Ledger, source_id: str, target_id: str) -> None:
        self._ledger = ledger
        self._target_id = target_id
        self.within = source_id == target_id
        self._own = {technology.id: technology for technology in technologies.own(ledger.unit, source_id)}
        self._names = technologies.Names(ledger.unit, target_id)
        self._ids: dict[str, str | None] = {}
        teams = ledger.unit.values(TEAM, source_id, ("id",), {}) if self.within else []
        self._teams = {id_ for (id_,) in teams}

    def crossed(self, entity: Borne) -> Borne:
        """The model object or connection with the technologies and teams that it has on the other side."""
        found = [self.technology(id_) for id_ in entity.technology_ids]
        fields: dict[str, Any] = {"technology_ids": list(dict.fromkeys(id_ for id_ in found if id_))}
        if isinstance(entity, ModelObject):
            fields["team_ids"] = [id_ for id_ in entity.team_ids if id_ in self._teams]
            fields["icon"] = self._icon(entity.icon)
        return replace(entity, **fields)

    def technology(self, id_: str) -> str | None:
        """The technology's id on the other side; None for one that is nowhere any more."""
        if id_ not in self._ids:
            self._ids[id_] = self._technology(id_)
        return self._ids[id_]

    def _technology(self, id_: str) -> str | None:
        if catalog().among([id_]):
            return id_
        own = self._own.get(id_)
        if own is None:
            return None
        return id_ if self.within else self._names.find(own.name) or self._made(own)

    def _made(self, own: CatalogTechnology) -> str:
        made = technologies.begin(self._ledger, self._target_id, writable(own))
        self._names.add(made)
        return made.id

    def _icon(self, icon: ModelObjectIcon | None) -> ModelObjectIcon | None:
        id_ = icon and self.technology(icon.catalog_technology_id)
        return replace(icon, catalog_technology_id=id_) if icon and id_ else None
