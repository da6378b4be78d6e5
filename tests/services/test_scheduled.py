"""Scheduled versions: each Friday evening, where somebody asked for them and something has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from nunatak.core.kinds import MODEL_OBJECT, VERSION
from nunatak.services import landscapes, scheduled
from tests.make import World
from tests.services.test_versions import snapshot

FRIDAY = datetime(2026, 5, 29, 20, tzinfo=UTC)


class Queue:
    """Remembers what is planned."""

    def __init__(self) -> None:
        self.planned: list[tuple[str, dict[str, str], float]] = []

    def enqueue(
        self, _connection: Any, _kind: str, payload: dict[str, str], *, job_id: str, delay_seconds: float = 0
    ) -> None:
        self.planned.append((job_id, payload, delay_seconds))


@pytest.fixture
def queue(world: World) -> Queue:
    made = Queue()
    world.service = replace(world.service, jobs=made)
    return made


def wants(world: World, wanted: bool = True) -> None:
    landscapes.update(world.service, world.actor, world.path.landscape_id, {"scheduledVersions": wanted})


def names(world: World) -> list[str]:
    with world.service.reading() as unit:
        return [version.name for version in unit.every(VERSION, world.path.landscape_id)]


def carry_out(world: World) -> None:
    scheduled.carry_out(world.service, {"due": FRIDAY.isoformat()})


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (datetime(2026, 5, 25, tzinfo=UTC), FRIDAY),
        (datetime(2026, 5, 29, 19, 59, 59, tzinfo=UTC), FRIDAY),
        (FRIDAY, datetime(2026, 6, 5, 20, tzinfo=UTC)),
        (datetime(2026, 5, 29, 20, 0, 0, 1, tzinfo=UTC), datetime(2026, 6, 5, 20, tzinfo=UTC)),
        (datetime(2026, 5, 30, 21, tzinfo=UTC), datetime(2026, 6, 5, 20, tzinfo=UTC)),
        (datetime(2026, 12, 26, tzinfo=UTC), datetime(2027, 1, 1, 20, tzinfo=UTC)),
    ],
)
def test_the_next_round_is_on_friday_evening(after: datetime, due: datetime) -> None:
    assert scheduled.next_round(after) == due


def test_a_version_is_made_where_something_has_changed_and_only_there(world: World, queue: Queue) -> None:
    wants(world)
    carry_out(world)
    assert names(world) == ["Current", "Week to 2026-05-29"]
    carry_out(world)
    assert len(names(world)) == 2
    system = world.object()
    carry_out(world)
    assert len(names(world)) == 3
    snapshot(world)
    carry_out(world)
    assert names(world)[3:] == ["May"]
    world.update(MODEL_OBJECT, system.id, caption="Changed")
    carry_out(world)
    assert len(names(world)) == 5
    assert len(queue.planned) == 5


def test_a_landscape_that_does_not_ask_gets_no_versions(world: World, queue: Queue) -> None:
    carry_out(world)
    wants(world)
    wants(world, False)
    carry_out(world)
    assert names(world) == ["Current"]


def test_a_round_plans_the_next_one_even_when_it_came_early_or_failed(world: World, queue: Queue) -> None:
    assert world.service.clock() < FRIDAY
    carry_out(world)
    scheduled.fail(world.service, {"due": FRIDAY.isoformat()}, "The database is away")
    following = datetime(2026, 6, 5, 20, tzinfo=UTC)
    assert {(id_, payload["due"]) for id_, payload, _ in queue.planned} == {
        ("scheduled-versions-2026-06-05", following.isoformat())
    }


def test_a_plan_waits_until_friday(world: World, queue: Queue) -> None:
    scheduled.plan(world.service)
    [(id_, payload, seconds)] = queue.planned
    assert (id_, payload) == ("scheduled-versions-2026-01-02", {"due": "2026-01-02T20:00:00+00:00"})
    assert 43 * 3600 < seconds <= 44 * 3600
