"""What a path names is there for the caller, or the request ends before its body is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nunatak.core.errors import Forbidden, NotFound
from nunatak.services.admission import admit
from tests.make import World


def test_what_is_there_is_admitted(world: World) -> None:
    land = world.path.landscape_id
    for path in (
        {},
        {"organizationId": world.organization_id},
        {"landscapeId": land},
        {"landscapeId": land, "versionId": "latest"},
        {"landscapeId": land, "versionId": world.version_id, "modelObjectId": "nowhere"},
    ):
        admit(world.service, world.actor, path)


@pytest.mark.parametrize(
    "change", [{"organizationId": "other"}, {"landscapeId": "other"}, {"versionId": "other"}, {"versionId": "\0"}]
)
def test_what_is_not_there_is_not_found(world: World, change: dict[str, str]) -> None:
    path = {"organizationId": world.organization_id, "landscapeId": world.path.landscape_id, "versionId": "latest"}
    with pytest.raises(NotFound):
        admit(world.service, world.actor, path | change)


def test_another_organizations_landscape_is_not_there_and_billing_reads_nothing(world: World) -> None:
    path = {"landscapeId": world.path.landscape_id}
    with pytest.raises(NotFound, match="Landscape not found"):
        admit(world.service, replace(world.actor, permissions={"other": "admin"}), path)
    with pytest.raises(Forbidden):
        admit(world.service, replace(world.actor, permissions={world.organization_id: "billing"}), path)
