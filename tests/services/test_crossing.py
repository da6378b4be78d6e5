"""What goes with a landscape to another organization: technologies by name, teams not, deleted things nowhere."""

from __future__ import annotations

from typing import Any

from nunatak.catalog.bundled import catalog
from nunatak.core.access import Actor
from nunatak.core.kinds import MODEL_CONNECTION, MODEL_OBJECT, TECHNOLOGY
from nunatak.services import organizations, teams, technologies
from nunatak.services.changes import Ledger
from nunatak.services.crossing import Crossing
from tests.make import World

NAMED = {"color": "blue", "provider": None, "restrictions": None, "type": "other", "description": "Ours"}


def other(world: World) -> tuple[str, Actor]:
    """A second organization, and somebody who administers both."""
    made = organizations.create(world.service, world.actor, {"name": "Other"})
    both: dict[str, Any] = {world.organization_id: "admin", made.id: "admin"}
    return made.id, Actor(kind="api-key", id="b", permissions=both, name="B")


def technology(world: World, actor: Actor, organization_id: str, name: str) -> Any:
    return technologies.create(world.service, actor, organization_id, {**NAMED, "name": name})


def test_an_own_technology_is_found_by_name_or_made_once_and_the_catalogs_stay(world: World) -> None:
    there, actor = other(world)
    ours = [technology(world, actor, world.organization_id, name) for name in ("Forge", "Anvil")]
    theirs = technology(world, actor, there, "FORGE")
    shared = catalog().technologies[0].id
    one = world.object(technologyIds=[ours[0].id, shared], icon={"catalogTechnologyId": ours[1].id, "name": "A"})
    two = world.object()
    line = world.connection(one, two, technologyIds=[ours[1].id])
    with world.service.writing(actor) as ledger:
        crossing = Crossing(ledger, world.organization_id, there)
        crossed = crossing.crossed(one)
        assert crossed.technology_ids == [theirs.id, shared]
        made = crossing.crossed(line).technology_ids[0]
        assert made not in (ours[1].id, theirs.id)
        assert crossed.icon is not None
        assert crossed.icon.catalog_technology_id == made
        copied = ledger.unit.get(TECHNOLOGY, made, there)
        assert (copied.name, copied.description, copied.organization_id) == ("Anvil", "Ours", there)
        assert len(technologies.own(ledger.unit, there)) == 2


def test_teams_stay_behind_and_so_does_what_was_deleted(world: World) -> None:
    there, actor = other(world)
    team = teams.create(world.service, world.actor, world.organization_id, {"name": "T", "color": "red", "userIds": []})
    gone = technology(world, actor, world.organization_id, "Gone")
    one = world.object(teamIds=[team.id], technologyIds=[gone.id])
    technologies.delete(world.service, actor, world.organization_id, gone.id)

    def crossed(ledger: Ledger, target_id: str) -> tuple[list[str], list[str]]:
        found = Crossing(ledger, world.organization_id, target_id).crossed(one)
        return found.team_ids, found.technology_ids

    with world.service.writing(actor) as ledger:
        assert crossed(ledger, world.organization_id) == ([team.id], [])
        assert crossed(ledger, there) == ([], [])
    assert world.get(MODEL_OBJECT, one.id).team_ids == [team.id]
    assert world.ids(MODEL_CONNECTION) == []
