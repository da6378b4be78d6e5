"""Landscapes: begun with what every one needs, moved by administrators of both ends, deleted whole."""

from __future__ import annotations

import pytest

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, NotFound
from nunatak.core.kinds import DOMAIN, MODEL_OBJECT, TAG, TAG_GROUP
from nunatak.services import entities, landscapes, organizations, versions
from tests.make import World, beside


def test_a_new_landscape_has_a_domain_with_a_root_and_the_usual_tags(world: World) -> None:
    assert len(world.ids(DOMAIN)) == 1
    assert world.ids(MODEL_OBJECT) == [world.root_id]
    with world.service.reading() as unit:
        groups = unit.every(TAG_GROUP, world.version_id)
        tags = unit.every(TAG, world.version_id)
    assert [group.name for group in groups] == ["Cost", "Deployment", "Risk"]
    assert [tag.name for tag in tags if tag.group_id == groups[2].id] == ["Low", "Medium", "High"]


def test_a_deleted_landscape_is_gone_with_its_versions_and_leaves_its_neighbour(world: World) -> None:
    land, live = landscapes.create(world.service, world.actor, world.organization_id, {"name": "Second"})
    landscapes.delete(world.service, world.actor, land.id)
    with world.service.reading() as unit:
        assert unit.every(TAG, live.id) == []
        assert unit.every(TAG, world.version_id) != []
    with pytest.raises(NotFound, match="Landscape not found"):
        versions.get(world.service, world.actor, land.id, "latest")
    with pytest.raises(NotFound):
        landscapes.delete(world.service, world.actor, land.id)


def test_a_landscape_moves_only_where_its_mover_administers_both_ends(world: World) -> None:
    other = organizations.create(world.service, world.actor, {"name": "Other"})
    both = {world.organization_id: "admin", other.id: "admin"}
    id_ = world.path.landscape_id
    for permissions, refusal in (
        ({**both, other.id: "write"}, Forbidden),
        ({**both, world.organization_id: "write"}, Forbidden),
        ({world.organization_id: "admin"}, NotFound),
    ):
        mover = Actor(kind="api-key", id="m", permissions=permissions, name="M")  # type: ignore[arg-type]
        with pytest.raises(refusal):
            landscapes.update(world.service, mover, id_, {"organizationId": other.id})
    mover = Actor(kind="api-key", id="m", permissions=both, name="M")  # type: ignore[arg-type]
    landscapes.update(world.service, mover, id_, {"organizationId": other.id, "name": "Moved"})
    assert landscapes.get(world.service, mover, id_).name == "Moved"
    assert len(landscapes.listing(world.service, mover, other.id)) == 1
    assert len(landscapes.listing(world.service, mover, world.organization_id)) == 0
    with pytest.raises(NotFound, match="Landscape not found"):
        landscapes.get(world.service, world.actor, id_)


def test_who_writes_to_a_landscape_while_it_is_deleted_is_refused_and_leaves_nothing(world: World) -> None:
    refusals = []

    def write() -> None:
        try:
            entities.create(world.service, world.actor, DOMAIN, world.path, {"name": "Late", "index": 1})
        except NotFound as refusal:
            refusals.append(refusal.message)

    with world.service.writing(world.actor) as ledger:
        landscapes.remove(ledger, world.path.landscape_id)
        writing = beside(write)
    writing.join()
    assert (refusals, world.ids(DOMAIN)) == (["Landscape not found"], [])
