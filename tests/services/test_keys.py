"""API keys: what opens, what doesn't, and who may make and revoke them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.errors import Forbidden, NotFound, Unauthenticated
from nunatak.core.kinds import API_KEY
from nunatak.services import keys
from tests.make import World, beside


def made(world: World, permission: str = "read") -> tuple[keys.ApiKey, str]:
    return keys.create(world.service, world.actor, world.organization_id, name="ci", permission=permission)  # type: ignore[arg-type]


def stranger(permission: str = "admin") -> Actor:
    return Actor(kind="api-key", id="s", permissions={"another": permission}, name="S")  # type: ignore[dict-item]


@pytest.mark.parametrize("permission", ["read", "write", "admin", "billing"])
def test_a_key_opens_with_its_own_permission_in_its_own_organization(world: World, permission: str) -> None:
    key, credentials = made(world, permission)
    actor = keys.authenticate(world.service, credentials)
    assert (actor.id, actor.name, actor.permissions) == (key.id, "ci", {world.organization_id: permission})


def test_a_secret_is_stored_nowhere(world: World) -> None:
    key, credentials = made(world)
    secret = credentials.partition(":")[2]
    with world.service.reading() as unit:
        assert secret not in unit.text(API_KEY, key.id)
    assert len(secret) == 64


def test_only_the_whole_secret_under_the_same_pepper_opens(world: World) -> None:
    key, credentials = made(world)
    _, other = made(world)
    swapped = f"{key.id}:{other.partition(':')[2]}"
    for wrong in (credentials[:-1], f"{credentials}0", swapped, key.id, f"{key.id}:", f":{credentials}", ""):
        with pytest.raises(Unauthenticated, match="The API key is not valid"):
            keys.authenticate(world.service, wrong)
    with pytest.raises(Unauthenticated):
        keys.authenticate(replace(world.service, pepper=b"another"), credentials)


def test_a_revoked_key_opens_nothing_and_is_still_listed(world: World) -> None:
    key, credentials = made(world)
    assert keys.revoke(world.service, world.actor, key.id).revoked_at
    with pytest.raises(Unauthenticated):
        keys.authenticate(world.service, credentials)
    listed = keys.listing(world.service, world.actor, world.organization_id)
    assert [one.revoked_at is not None for one in listed if one.id == key.id] == [True]


def test_only_administrators_make_list_and_revoke_keys(world: World) -> None:
    key, credentials = made(world, "write")
    writer = keys.authenticate(world.service, credentials)
    with pytest.raises(Forbidden):
        keys.create(world.service, writer, world.organization_id, name="x", permission="admin")
    with pytest.raises(Forbidden):
        keys.listing(world.service, writer, world.organization_id)
    with pytest.raises(Forbidden):
        keys.revoke(world.service, writer, key.id)


def test_another_organizations_keys_are_not_there(world: World) -> None:
    key, credentials = made(world)
    with pytest.raises(NotFound):
        keys.revoke(world.service, stranger(), key.id)
    with pytest.raises(NotFound):
        keys.listing(world.service, stranger(), world.organization_id)
    assert keys.authenticate(world.service, credentials).id == key.id


def test_a_key_that_is_used_while_it_is_revoked_stays_revoked(world: World) -> None:
    key, credentials = made(world)
    noting = replace(world.service, ahead=lambda work: work() is None)
    with world.service.writing(world.actor) as ledger:
        change = Change(verb="update", kind=API_KEY.name, id=key.id, values={"revokedAt": ledger.stamp.at})
        ledger.found(change)
        using = beside(lambda: keys.authenticate(noting, credentials))
    using.join()
    with pytest.raises(Unauthenticated):
        keys.authenticate(world.service, credentials)
