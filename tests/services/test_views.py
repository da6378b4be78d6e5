"""What a read sees, and who may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nunatak.core.errors import NotFound
from nunatak.core.kinds import MODEL_OBJECT
from nunatak.services.views import viewing
from tests.drafted import draft, new, seen
from tests.make import World


def test_a_view_without_a_draft_is_the_version_as_it_is_stored(world: World) -> None:
    there = world.object()
    with viewing(world.service, world.actor, world.path) as (unit, place):
        assert place.version_id == world.version_id
        assert unit.get(MODEL_OBJECT, there.id, place.version_id) == there


def test_a_view_with_a_draft_has_the_drafts_things_too(world: World) -> None:
    there = world.object()
    with viewing(world.service, world.actor, seen(world, draft(world, new(world, "new")))) as (unit, place):
        assert {one.id for one in unit.every(MODEL_OBJECT, place.version_id)} == {world.root_id, there.id, "new"}


def test_a_draft_is_seen_only_by_who_may_see_its_landscape(world: World) -> None:
    path, stranger = seen(world, draft(world)), replace(world.actor, permissions={"other": "admin"})
    with pytest.raises(NotFound, match="Landscape not found"), viewing(world.service, stranger, path):
        pass
    with pytest.raises(NotFound, match="Draft not found"), viewing(world.service, world.actor, seen(world, "none")):
        pass
