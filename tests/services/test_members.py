"""Members: users as actors, with their permissions and limits in each organization."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from nunatak.core.access import Actor
from nunatak.core.errors import Unauthenticated
from nunatak.core.kinds import USER
from nunatak.services import members, organizations, people
from tests.make import World


def added(world: World, permission: str, **member: Any) -> Actor:
    person = {"email": "ann@example.com", "name": "Ann"}
    may = {"permission": permission, **member}
    user, _ = people.add(world.service, world.actor, world.organization_id, person, may)
    return members.known(world.service, user.id, provider="https://login.example")


def test_a_user_may_in_each_organization_what_it_says(world: World) -> None:
    ann = added(world, "read")
    other = organizations.create(world.service, world.actor, {"name": "Other"})
    admin = replace(world.actor, permissions={other.id: "admin"})
    people.add(world.service, admin, other.id, {"email": "ANN@example.com"}, {"permission": "write"})
    found = members.known(world.service, ann.id)
    assert found.permissions == {world.organization_id: "read", other.id: "write"}
    assert (ann.kind, ann.name, ann.provider) == ("user", "Ann", "https://login.example")


def test_limits_are_the_landscapes_that_are_open(world: World) -> None:
    land = world.path.landscape_id
    assert added(world, "write", landscapePermissions={land: True}).limits == {world.organization_id: {land}}


@pytest.mark.parametrize(
    ("permission", "told", "limits"), [("read", False, True), ("admin", False, False), ("read", None, False)]
)
def test_nothing_open_is_nothing_and_nothing_said_is_everything(
    world: World, permission: str, told: bool | None, limits: bool
) -> None:
    member = {} if told is None else {"landscapePermissions": {world.path.landscape_id: told}}
    found = added(world, permission, **member)
    assert found.limits == ({world.organization_id: frozenset()} if limits else {})


def test_a_user_who_is_gone_is_nobody(world: World) -> None:
    with pytest.raises(Unauthenticated, match="not known here any more"):
        members.known(world.service, "nobody")


def test_activity_is_noted_beside_the_request_and_not_at_each(world: World) -> None:
    done: list[bool] = []
    world.service = replace(world.service, ahead=lambda work: done.append(True) or work() or True)  # type: ignore[func-returns-value]
    ann = added(world, "read")
    assert done == []  # they were added just now
    clock = world.service.clock
    later = clock() + timedelta(minutes=11)
    world.service = replace(world.service, clock=lambda: later)
    members.known(world.service, ann.id)
    members.known(world.service, ann.id)
    assert done == [True]
    with world.service.reading() as unit:
        assert unit.get(USER, ann.id).last_active_at == later
