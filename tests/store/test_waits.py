"""Waits: of two writers of one thing, the second sees what the first has made of it."""

from __future__ import annotations

from msgspec import structs

from nunatak.core.kinds import ORGANIZATION
from nunatak.store.waits import alone
from tests.make import World, beside


def test_who_takes_an_entity_alone_reads_what_the_writer_before_has_written(world: World) -> None:
    def add(word: str) -> None:
        with world.service.database.write() as unit:
            alone(unit, ORGANIZATION, world.organization_id)
            before = unit.get(ORGANIZATION, world.organization_id)
            unit.put(ORGANIZATION, structs.replace(before, name=before.name + word))

    with world.service.database.write() as unit:
        alone(unit, ORGANIZATION, world.organization_id)
        before = unit.get(ORGANIZATION, world.organization_id)
        unit.put(ORGANIZATION, structs.replace(before, name="first"))
        second = beside(lambda: add(", second"))
    second.join()
    with world.service.reading() as unit:
        assert unit.get(ORGANIZATION, world.organization_id).name == "first, second"


def test_a_thing_that_is_not_there_keeps_nobody_waiting(world: World) -> None:
    with world.service.database.write() as unit:
        alone(unit, ORGANIZATION, "nothing")
        alone(unit, ORGANIZATION, "no\0id")
        assert unit.find(ORGANIZATION, "nothing") is None
