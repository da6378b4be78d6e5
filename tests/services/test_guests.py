"""Guests: a share link opens exactly its version, until it is renewed, guarded anew or closed."""

from __future__ import annotations

import pytest

from nunatak.core.errors import Forbidden, NotFound, Unauthenticated
from nunatak.core.kinds import DIAGRAM
from nunatak.services import entities, guests, landscapes, organizations, share_links, versions
from nunatak.services.places import Path
from tests.make import World


@pytest.fixture
def short_id(world: World) -> str:
    organizations.update(world.service, world.actor, world.organization_id, {"shareLinksEnabled": True})
    return share_links.create(world.service, world.actor, world.path, {"protected": False}).short_id


def test_a_visitor_reads_the_version_of_the_link_and_no_other(world: World, short_id: str) -> None:
    diagram = world.diagram()
    visitor = guests.actor(world.service, guests.enter(world.service, short_id))
    assert entities.get(world.service, visitor, DIAGRAM, world.path, diagram.id).id == diagram.id
    notes = {"name": "Then", "notes": "As it was at the time", "modelHandleId": None}
    snapshot = versions.create(world.service, world.actor, world.path.landscape_id, notes)
    other = Path(landscape_id=world.path.landscape_id, version_id=snapshot.id)
    with pytest.raises(NotFound):
        entities.get(world.service, visitor, DIAGRAM, other, diagram.id)
    with pytest.raises(NotFound):
        versions.get(world.service, visitor, world.path.landscape_id, snapshot.id)


def test_a_visitor_sees_no_other_landscape_and_no_organization(world: World, short_id: str) -> None:
    other, _ = landscapes.create(world.service, world.actor, world.organization_id, {"name": "Other"})
    visitor = guests.actor(world.service, guests.enter(world.service, short_id))
    with pytest.raises(NotFound):
        landscapes.get(world.service, visitor, other.id)
    with pytest.raises(NotFound):
        organizations.get(world.service, visitor, world.organization_id)
    assert organizations.listing(world.service, visitor) == []


def test_a_visitor_changes_nothing(world: World, short_id: str) -> None:
    visitor = guests.actor(world.service, guests.enter(world.service, short_id))
    values = {"name": "D", "type": "context-diagram", "modelId": world.root_id, "index": 0}
    with pytest.raises((NotFound, Forbidden)):
        entities.create(world.service, visitor, DIAGRAM, world.path, values)


def test_visits_are_counted_and_nothing_else_is_kept(world: World, short_id: str) -> None:
    guests.enter(world.service, short_id)
    guests.enter(world.service, short_id)
    _, stats = share_links.get(world.service, world.actor, world.path)
    assert stats.total_visitor_count == 2


def test_a_renewed_link_closes_what_was_open(world: World, short_id: str) -> None:
    token = guests.enter(world.service, short_id)
    share_links.update(world.service, world.actor, world.path, {}, reset=True)
    with pytest.raises(Unauthenticated):
        guests.actor(world.service, token)
    with pytest.raises(NotFound):
        guests.shared(world.service, short_id)


def test_a_password_is_asked_for_and_a_new_one_closes_what_was_open(world: World, short_id: str) -> None:
    open_token = guests.enter(world.service, short_id)
    share_links.update(world.service, world.actor, world.path, {"protected": True, "password": "sesame 1"}, reset=False)
    with pytest.raises(Unauthenticated):
        guests.actor(world.service, open_token)
    with pytest.raises(Unauthenticated, match="password"):
        guests.enter(world.service, short_id, "sesame 2")
    assert guests.actor(world.service, guests.enter(world.service, short_id, "sesame 1")).only is not None


def test_an_organization_that_shares_nothing_closes_all_links(world: World, short_id: str) -> None:
    token = guests.enter(world.service, short_id)
    organizations.update(world.service, world.actor, world.organization_id, {"shareLinksEnabled": False})
    with pytest.raises(Unauthenticated):
        guests.actor(world.service, token)
    with pytest.raises(NotFound):
        guests.shared(world.service, short_id)


@pytest.mark.parametrize("token", ["", "x", "W10.a.b"])
def test_a_token_that_was_not_made_here_is_nobody(world: World, token: str) -> None:
    with pytest.raises(Unauthenticated):
        guests.actor(world.service, token)
