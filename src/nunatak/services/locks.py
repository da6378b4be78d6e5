"""Locks: an object that only its teams may edit is closed to other writers, with its diagrams, folders and flows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, DIAGRAM_GROUP, FLOW, MODEL_OBJECT, TEAM, Kind
from nunatak.core.model import ModelObject
from nunatak.core.people import Team
from nunatak.services.places import Place
from nunatak.store.unit import Unit

if TYPE_CHECKING:
    from nunatak.services.changes import Ledger

_DRAWN = (DIAGRAM, DIAGRAM_CONTENT, DIAGRAM_GROUP)


def require_open(ledger: Ledger, place: Place, kind: Kind, things: Iterable[Any]) -> None:
    """Raises Forbidden where one of these is locked to the ledger's actor. Administrators, members of an owning team,
    and what is carried out for nobody to keep pass."""
    if ledger.actor.permissions.get(place.organization_id) in (None, "admin"):
        return
    for thing in things:
        owner = _owner(ledger.unit, place, kind, thing)
        if owner is not None and owner.team_only_editing and not _owns(ledger.unit, place, ledger.actor, owner):
            raise Forbidden(
                f"{owner.name[:100]!r} may be edited by its teams and by administrators only",
                (f"teamOnlyEditing: expected a member of one of the teams {', '.join(owner.team_ids) or '(none)'}",),
            )


def require_own(unit: Unit, actor: Actor, team: Team, places: Iterable[Place]) -> None:
    """Raises Forbidden where somebody else than its members and administrators would change who is in a team that
    objects are locked to, or take it away."""
    if actor.permissions.get(team.organization_id) == "admin" or _is_in(actor, team):
        return
    for place in places:
        ids = [id_ for _, id_ in unit.having(MODEL_OBJECT, place.version_id, "team_ids", [team.id])]
        owned: list[ModelObject] = unit.among(MODEL_OBJECT, place.version_id, ids)
        if any(one.team_only_editing for one in owned):
            raise Forbidden(
                "This team alone may edit some objects; its members and administrators may change who is in it",
                ("teamId: expected a team of yours, or one that no object is locked to",),
            )


def _owner(unit: Unit, place: Place, kind: Kind, thing: Any) -> ModelObject | None:
    """The model object that a thing is, or belongs to."""
    if kind is MODEL_OBJECT:
        found: ModelObject = thing
        return found
    if kind is FLOW:
        diagram = unit.find(DIAGRAM, thing.diagram_id, place.version_id)
        return None if diagram is None else _owner(unit, place, DIAGRAM, diagram)
    return unit.find(MODEL_OBJECT, thing.model_id, place.version_id) if kind in _DRAWN and thing.model_id else None


def _owns(unit: Unit, place: Place, actor: Actor, owner: ModelObject) -> bool:
    teams: list[Team] = unit.among(TEAM, place.organization_id, owner.team_ids)
    return any(_is_in(actor, team) for team in teams)


def _is_in(actor: Actor, team: Team) -> bool:
    return actor.kind == "user" and actor.id in team.user_ids
