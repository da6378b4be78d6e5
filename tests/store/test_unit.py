"""The unit of work: finding, listing and paging entities."""

import pytest
from msgspec.structs import replace

from nunatak.core.errors import NotFound
from nunatak.core.kinds import DOMAIN, MODEL_OBJECT
from tests.make import World


def test_an_entity_is_found_by_id_and_by_handle_in_its_own_version_only(world: World) -> None:
    made = world.object(handleId="my-handle")
    with world.service.reading() as unit:
        assert unit.get(MODEL_OBJECT, made.id, world.version_id) == made
        assert unit.get(MODEL_OBJECT, "my-handle", world.version_id) == made
        assert unit.find(MODEL_OBJECT, made.id, "another-version") is None
        with pytest.raises(NotFound, match="Model object not found"):
            unit.get(MODEL_OBJECT, "nothing", world.version_id)


def test_an_id_that_no_database_could_hold_is_found_nowhere(world: World) -> None:
    with world.service.reading() as unit:
        assert unit.find(MODEL_OBJECT, "a\0b", world.version_id) is None


def test_texts_are_the_wire_form_of_the_entities_in_creation_order(world: World) -> None:
    made = [world.domain(name=f"D{i}") for i in range(3)]
    with world.service.reading() as unit:
        texts = unit.texts(DOMAIN, world.version_id, {"name": "d"})
        assert list(texts)[1:] == [unit.text(DOMAIN, domain.id, world.version_id) for domain in made]
        assert texts.joined("[", "]") == f"[{','.join(texts)}]"
        assert unit.texts(DOMAIN, world.version_id, {"name": "none"}).joined("[", "]") == "[]"


def test_texts_come_after_a_spot_whether_something_is_there_or_not(world: World) -> None:
    made = [world.domain(name=f"D{i}") for i in range(3)]
    with world.service.writing(world.actor) as ledger:
        spot = (ledger.unit.position(DOMAIN, world.version_id, made[1].id), made[1].id)
        ledger.unit.remove(DOMAIN, world.version_id, [made[1].id])
    with world.service.reading() as unit:
        after = unit.texts(DOMAIN, world.version_id, {}, after=spot, limit=5)
        assert list(after) == [unit.text(DOMAIN, made[2].id, world.version_id)]
        assert len(unit.texts(DOMAIN, world.version_id, {}, after=(spot[0], ""))) == 1


def test_more_ids_than_a_statement_may_hold_are_found(world: World) -> None:
    made = world.object()
    with world.service.reading() as unit:
        found = unit.among(MODEL_OBJECT, world.version_id, [made.id, *(f"x{i}" for i in range(2000))])
        assert [one.id for one in found] == [made.id]


def test_clearing_a_scope_leaves_the_others(world: World) -> None:
    world.object()
    with world.service.writing(world.actor) as ledger:
        ledger.unit.clear("another-version")
        assert len(ledger.unit.every(MODEL_OBJECT, world.version_id)) == 2
        ledger.unit.clear(world.version_id)
        assert ledger.unit.every(MODEL_OBJECT, world.version_id) == []


def test_a_unit_that_only_reads_on_sees_what_it_wrote_and_keeps_nothing_in_its_hands(world: World) -> None:
    one = world.object(name="One")
    with world.service.database.trial() as unit:
        unit.put(MODEL_OBJECT, replace(one, name="Two"))
        unit.only_read()
        body = unit.lookup(MODEL_OBJECT, world.version_id, [one.id], "body")[one.id]
        assert '"name":"Two"' in body
        assert unit.get(MODEL_OBJECT, one.id, world.version_id) is not unit.get(MODEL_OBJECT, one.id, world.version_id)
