"""Organizations: kept apart from each other, and deleted with all that is theirs."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.errors import Forbidden, NotFound, Unauthenticated
from nunatak.core.kinds import ORGANIZATION
from nunatak.services import keys, landscapes, organizations, people
from nunatak.store.tables import TABLES, TERM
from tests.make import World, beside, placed


def rows(world: World) -> int:
    with world.service.reading() as unit:
        tables = [*TABLES.values(), TERM]
        return sum(unit.connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables)


def key(world: World, permission: Any) -> tuple[Actor, str]:
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="k", permission=permission)
    return keys.authenticate(world.service, credentials), credentials


def test_who_makes_an_organization_administers_it_from_then_on(world: World) -> None:
    actor, credentials = key(world, "admin")
    made = organizations.create(world.service, actor, {"name": "Second"})
    again = keys.authenticate(world.service, credentials)
    assert again.permissions[made.id] == "admin"
    assert [one.id for one in organizations.listing(world.service, again)] == [world.organization_id, made.id]
    with pytest.raises(NotFound):
        organizations.get(world.service, world.actor, made.id)


def test_a_writer_makes_changes_and_deletes_no_organization(world: World) -> None:
    writer, _ = key(world, "write")
    with pytest.raises(Forbidden):
        organizations.create(world.service, writer, {"name": "x"})
    with pytest.raises(Forbidden):
        organizations.update(world.service, writer, world.organization_id, {"name": "x"})
    with pytest.raises(Forbidden):
        organizations.delete(world.service, writer, world.organization_id)
    assert organizations.get(world.service, writer, world.organization_id).name == "O"


def test_a_deleted_organization_leaves_no_row_behind_and_takes_none_of_another(world: World) -> None:
    admin, credentials = key(world, "admin")
    before = rows(world)
    made = organizations.create(world.service, admin, {"name": "Second"})
    admin = keys.authenticate(world.service, credentials)
    keys.create(world.service, admin, made.id, name="its own", permission="read")
    landscapes.create(world.service, admin, made.id, {"name": "L"})
    organizations.delete(world.service, admin, made.id)
    assert rows(world) == before
    with pytest.raises(NotFound):
        organizations.get(world.service, admin, made.id)


def test_the_keys_of_a_deleted_organization_open_nothing(world: World) -> None:
    actor, credentials = key(world, "admin")
    world.diagram(objects={"a": placed(world.object(tagIds=[world.tag().id]))})
    organizations.delete(world.service, actor, world.organization_id)
    with pytest.raises(Unauthenticated):
        keys.authenticate(world.service, credentials)
    assert rows(world) == 0


def test_of_two_people_who_are_taken_in_at_once_both_belong(world: World) -> None:
    def add(email: str) -> None:
        people.add(world.service, world.actor, world.organization_id, {"email": email}, {"permission": "read"})

    with world.service.writing(world.actor) as ledger:
        before = ledger.held(ORGANIZATION, world.organization_id)
        users = {**before.users, "first": {"permission": "read"}}
        change = Change(verb="update", kind=ORGANIZATION.name, id=before.id, values={"users": users})
        ledger.found(change)
        second = beside(lambda: add("second@example.com"))
    second.join()
    members = organizations.get(world.service, world.actor, world.organization_id).users
    assert (len(members), "first" in members) == (2, True)
