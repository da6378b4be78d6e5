"""Browser sessions: a cookie is its key's, as long as that is valid; tickets let in once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nunatak.core.errors import Unauthenticated
from nunatak.services import keys, sessions
from nunatak.services.sessions import LIFETIME, Tickets
from tests.make import World

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_a_cookie_is_the_actor_of_its_key(world: World) -> None:
    cookie = sessions.begin(world.service, world.actor)
    assert sessions.actor(world.service, cookie) == world.actor


def test_a_cookie_ends_with_its_key(world: World) -> None:
    cookie = sessions.begin(world.service, world.actor)
    keys.revoke(world.service, world.actor, world.actor.id)
    with pytest.raises(Unauthenticated):
        sessions.actor(world.service, cookie)


@pytest.mark.parametrize(
    "spoil", [lambda c: c[:-6] + ("a" if c[-6] != "a" else "b") + c[-5:], lambda c: "", lambda c: "x" + c]
)
def test_a_cookie_that_was_not_made_here_is_nobody(world: World, spoil: object) -> None:
    cookie = sessions.begin(world.service, world.actor)
    with pytest.raises(Unauthenticated):
        sessions.actor(world.service, spoil(cookie))  # type: ignore[operator]


def test_a_cookie_runs_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = sessions.begin(world.service, world.actor)
    later = world.service.clock() + LIFETIME + timedelta(minutes=1)
    monkeypatch.setattr(type(world.service.clock), "__call__", lambda _clock: later)
    with pytest.raises(Unauthenticated, match="run out"):
        sessions.actor(world.service, cookie)


def test_a_mark_belongs_to_one_cookie(world: World) -> None:
    mark = sessions.mark(world.service, "one")
    assert sessions.marked(world.service, "one", mark)
    assert not sessions.marked(world.service, "other", mark)
    assert not sessions.marked(world.service, "one", "")


def test_a_ticket_lets_in_once() -> None:
    tickets = Tickets()
    ticket = tickets.issue("key", NOON)
    assert tickets.redeem(ticket, NOON) == "key"
    with pytest.raises(Unauthenticated, match="used before"):
        tickets.redeem(ticket, NOON)


def test_a_ticket_runs_out_within_an_hour() -> None:
    tickets = Tickets()
    ticket = tickets.issue("key", NOON)
    with pytest.raises(Unauthenticated):
        tickets.redeem(ticket, NOON + timedelta(hours=1))


def test_a_mark_of_letters_beyond_ascii_is_no_fault_of_ours(world: World) -> None:
    cookie = sessions.begin(world.service, world.actor)
    assert not sessions.marked(world.service, cookie, "\xff" * 32)
    assert sessions.marked(world.service, cookie, sessions.mark(world.service, cookie))
