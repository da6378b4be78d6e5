"""The audit: what is told, in whose log, and how much of it at most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, NotFound, Unauthenticated
from nunatak.core.kinds import LOG_ENTRY
from nunatak.core.log import LogEntry
from nunatak.services import audit
from nunatak.services.refusals import MOST_AN_HOUR, Refusals
from tests.make import World

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def entries(world: World) -> list[LogEntry]:
    with world.service.reading() as unit:
        found = unit.every(LOG_ENTRY, world.organization_id)
    return [one for one in found if one.action_type in ("access-refuse", "user-login-failed")]


def test_a_refusal_is_told_with_actor_address_and_agent(world: World) -> None:
    who = world.actor.seen_from("10.1.2.3", "curl/8")
    refusal = Forbidden("This needs admin permission")
    audit.refused(world.service, who, refusal, operation="organizations.delete", organization_id=world.organization_id)
    (entry,) = entries(world)
    assert (entry.performed_by_id, entry.performed_by_ip, entry.performed_by_user_agent) == (
        world.actor.id,
        "10.1.2.3",
        "curl/8",
    )
    assert entry.action["context"] == {"operation": "organizations.delete", "count": 1}
    assert entry.action["props"] == {"code": "auth/forbidden", "message": "This needs admin permission"}


def test_a_landscape_says_whose_log_it_is(world: World) -> None:
    everywhere = Actor(kind="user", id="u", permissions={"elsewhere": "read", world.organization_id: "read"})
    land = world.path.landscape_id
    audit.refused(world.service, everywhere, Forbidden("no"), operation="x", landscape_id=land)
    with world.service.reading() as unit:
        assert unit.every(LOG_ENTRY, "elsewhere") == []
    assert len(entries(world)) == 1


def test_what_is_not_there_and_what_nobody_asked_is_not_told(world: World) -> None:
    audit.refused(world.service, world.actor, NotFound("no"), operation="x")
    audit.refused(world.service, None, Unauthenticated("no"), operation="x")
    stranger = Actor(kind="user", id="u", permissions={})
    audit.refused(world.service, stranger, Forbidden("no"), operation="x", organization_id=world.organization_id)
    assert entries(world) == []


def test_the_same_refusal_is_told_again_after_a_while_with_its_number() -> None:
    refusals = Refusals()
    assert refusals.count("o", ("a",), NOON) == 1
    assert [refusals.count("o", ("a",), NOON + MINUTE) for _ in range(4)] == [None] * 4
    assert refusals.count("o", ("b",), NOON + MINUTE) == 1
    assert refusals.count("o", ("a",), NOON + 10 * MINUTE) == 5
    assert refusals.count("p", ("a",), NOON + 10 * MINUTE) == 1


def test_an_organizations_log_takes_so_many_an_hour() -> None:
    refusals = Refusals()
    told = [refusals.count("o", (str(number),), NOON) for number in range(MOST_AN_HOUR + 50)]
    assert sum(one is not None for one in told) == MOST_AN_HOUR
    assert refusals.count("p", ("1",), NOON) == 1
    assert refusals.count("o", ("new",), NOON + 60 * MINUTE) == 1


def test_what_is_held_is_bounded() -> None:
    refusals = Refusals()
    for number in range(20_000):
        refusals.count(str(number), ("a",), NOON)
    assert len(refusals._same) <= 10_000
    assert len(refusals._hours) <= 10_000
