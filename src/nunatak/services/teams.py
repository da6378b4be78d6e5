"""Teams: users of an organization who own model objects together."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from nunatak.core.access import Actor, require, visible
from nunatak.core.change import Change
from nunatak.core.errors import Invalid
from nunatak.core.kinds import LANDSCAPE, MODEL_OBJECT, ORGANIZATION, TEAM
from nunatak.core.landscape import Landscape
from nunatak.core.people import Team
from nunatak.services import locks, places
from nunatak.services.changes import Ledger, new_id
from nunatak.services.places import Place
from nunatak.services.service import Service
from nunatak.store.rows import Texts
from nunatak.store.unit import Unit


def listing(service: Service, actor: Actor, organization_id: str) -> list[Team]:
    """An organization's teams."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        teams: list[Team] = unit.every(TEAM, organization_id)
        handles = _handles(unit, actor, organization_id, [team.id for team in teams])
        return [replace(team, model_object_handle_ids=handles.get(team.id, [])) for team in teams]


def get(service: Service, actor: Actor, organization_id: str, team_id: str) -> Team:
    """One team; raises NotFound."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        return _shown(unit, actor, unit.get(TEAM, team_id, organization_id))


def create(service: Service, actor: Actor, organization_id: str, values: dict[str, Any]) -> Team:
    """A new team; raises Invalid for members who aren't users of the organization."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        values = _members(ledger.unit, organization_id, values)
        change = Change(verb="create", kind=TEAM.name, id=new_id(), values=values)
        made: Team = ledger.found(change, {"organizationId": organization_id})
        return made


def update(service: Service, actor: Actor, organization_id: str, team_id: str, values: dict[str, Any]) -> Team:
    """The team with new values."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        before: Team = ledger.unit.get(TEAM, team_id, organization_id)
        values = _members(ledger.unit, organization_id, values, known=before.user_ids)
        if "userIds" in values:
            locks.require_own(ledger.unit, actor, before, places.live(ledger.unit, organization_id))
        changed = ledger.found(Change(verb="update", kind=TEAM.name, id=before.id, values=values))
        return _shown(ledger.unit, actor, changed)


def delete(service: Service, actor: Actor, organization_id: str, team_id: str) -> None:
    """Deletes a team; the objects that it owned in live versions are without it then."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        team: Team = ledger.unit.get(TEAM, team_id, organization_id)
        locks.require_own(ledger.unit, actor, team, places.live(ledger.unit, organization_id))
        for place in places.live(ledger.unit, organization_id):
            _disown(ledger, place, team.id)
        ledger.found(Change(verb="delete", kind=TEAM.name, id=team.id))


def _disown(ledger: Ledger, place: Place, team_id: str) -> None:
    for _, id_ in ledger.unit.having(MODEL_OBJECT, place.version_id, "team_ids", [team_id]):
        ledger.update(place, MODEL_OBJECT, id_, {"teamIds": {"$remove": [team_id]}})


def landscapes(service: Service, actor: Actor, organization_id: str, team_id: str) -> list[Landscape]:
    """The landscapes in whose live versions the team owns something."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        team: Team = unit.get(TEAM, team_id, organization_id)
        owned = {
            place.landscape_id
            for place in _seen(unit, actor, organization_id)
            if unit.having(MODEL_OBJECT, place.version_id, "team_ids", [team.id])
        }
        return list(unit.among(LANDSCAPE, organization_id, owned))


def model_objects(service: Service, actor: Actor, organization_id: str, team_id: str) -> dict[str, Texts]:
    """The JSON texts of the objects that the team owns in live versions, by landscape id."""
    require(actor, "read", organization_id)
    with service.reading() as unit:
        team: Team = unit.get(TEAM, team_id, organization_id)
        found = {
            place.landscape_id: unit.texts(MODEL_OBJECT, place.version_id, {"team_ids": team.id})
            for place in _seen(unit, actor, organization_id)
        }
        return {landscape_id: texts for landscape_id, texts in found.items() if texts}


def _members(
    unit: Unit, organization_id: str, values: dict[str, Any], *, known: list[str] | None = None
) -> dict[str, Any]:
    """The values with each member once; raises Invalid for one who is no user of the organization."""
    users = {*unit.get(ORGANIZATION, organization_id).user_ids, *(known or [])}
    missing = [(i, id_) for i, id_ in enumerate(values.get("userIds", [])) if id_ not in users]
    if missing:
        errors = (f"body.userIds[{i}]: expected the id of a user of this organization, got {u!r}" for i, u in missing)
        raise Invalid("User not found", tuple(errors))
    return values | ({"userIds": list(dict.fromkeys(values["userIds"]))} if "userIds" in values else {})


def _shown(unit: Unit, actor: Actor, team: Team) -> Team:
    """The team with the handles of what it owns, which no write of the team itself changes."""
    handles = _handles(unit, actor, team.organization_id, [team.id])
    return replace(team, model_object_handle_ids=handles.get(team.id, []))


def _handles(unit: Unit, actor: Actor, organization_id: str, team_ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in _seen(unit, actor, organization_id) if team_ids else ():
        pairs = unit.having(MODEL_OBJECT, place.version_id, "team_ids", team_ids)
        handles = unit.lookup(MODEL_OBJECT, place.version_id, [id_ for _, id_ in pairs], "handle_id")
        for team_id, id_ in pairs:
            found.setdefault(team_id, []).append(handles[id_])
    return found


def _seen(unit: Unit, actor: Actor, organization_id: str) -> list[Place]:
    """The live versions of those landscapes that are there for the actor."""
    return [one for one in places.live(unit, organization_id) if visible(actor, organization_id, one.landscape_id)]
