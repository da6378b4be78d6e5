from __future__ import annotations

import pytest

from nunatak.services import search
from tests.make import World


def scores(world: World, typed: str) -> dict[str, float]:
    return {one.name: one.score for one in search.search(world.service, world.actor, world.path, typed)}


def test_the_whole_name_is_worth_more_than_its_beginning_a_word_and_a_part(world: World) -> None:
    for name in ("Mail", "Mail relay", "Old mail", "Webmail"):
        world.object(name=name)
    assert scores(world, "mail") == {"Mail": 1.0, "Mail relay": 0.846, "Old mail": 0.76, "Webmail": 0.5743}


def test_a_beginning_is_corrected_as_well_as_a_word(world: World) -> None:
    world.object(name="Payment gateway")
    assert scores(world, "paymnt") == scores(world, "paymet")
    assert list(scores(world, "gatw")) == ["Payment gateway"]


def test_two_letters_are_never_a_mistyping(world: World) -> None:
    world.object(name="Pay")
    assert scores(world, "px") == {}


@pytest.mark.parametrize("name", ["100% safe", "a_b", "C\\D", "naïve Ünïcode", "数据库", "O'Brien"])
def test_signs_are_signs(world: World, name: str) -> None:
    world.object(name=name)
    world.object(name="Something else")
    assert list(scores(world, name.split()[0].casefold())) == [name]


def test_words_of_new_names_are_found_at_once_and_corrected_within_a_minute(world: World) -> None:
    assert scores(world, "ledgr") == {}
    world.object(name="Ledger")
    assert list(scores(world, "ledg")) == ["Ledger"]
    for _ in range(60):
        world.service.clock()
    assert list(scores(world, "ledgr")) == ["Ledger"]
