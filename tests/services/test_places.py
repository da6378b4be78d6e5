"""Places: a path names a version of a landscape that exists for the actor, or nothing."""

from __future__ import annotations

import pytest

from nunatak.core.access import Actor
from nunatak.core.errors import Conflict, Forbidden, NotFound
from nunatak.services import places
from nunatak.services.places import Place
from tests.make import World


def actor(organization_id: str, permission: str) -> Actor:
    return Actor(kind="api-key", id="a", permissions={organization_id: permission}, name="A")  # type: ignore[dict-item]


def test_latest_and_the_live_versions_id_are_the_same_writable_place(world: World) -> None:
    with world.service.reading() as unit:
        found = [
            places.place(unit, world.actor, world.path.landscape_id, name, "write")
            for name in ("latest", world.version_id)
        ]
    assert found[0] == found[1]
    assert (found[0].version_id, found[0].organization_id) == (world.version_id, world.organization_id)
    found[0].writable()


def test_a_snapshot_is_never_written_to() -> None:
    with pytest.raises(Conflict, match="snapshot"):
        Place(organization_id="o", landscape_id="l", version_id="v", is_latest=False).writable()


def test_a_strangers_landscape_is_not_there_and_a_readers_is_not_writable(world: World) -> None:
    with world.service.reading() as unit:
        land = world.path.landscape_id
        with pytest.raises(NotFound, match="Landscape not found"):
            places.place(unit, actor("another", "admin"), land, "latest", "read")
        with pytest.raises(Forbidden):
            places.place(unit, actor(world.organization_id, "read"), land, "latest", "write")
        assert places.place(unit, actor(world.organization_id, "read"), land, "latest", "read").is_latest


@pytest.mark.parametrize("name", ["nothing", "LATEST", ""])
def test_a_version_of_another_name_is_not_found(world: World, name: str) -> None:
    with world.service.reading() as unit, pytest.raises(NotFound, match="Version not found"):
        places.place(unit, world.actor, world.path.landscape_id, name, "read")
