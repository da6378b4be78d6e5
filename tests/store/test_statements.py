from __future__ import annotations

from nunatak.core.kinds import MODEL_OBJECT
from nunatak.store import statements
from tests.make import World


def test_a_statement_is_built_once() -> None:
    assert statements.one("tag", "id", scoped=True) is statements.one("tag", "id", scoped=True)
    assert statements.several("tag") is statements.several("tag")
    assert statements.columns("tag", "id", "name", by="id") is statements.columns("tag", "id", "name", by="id")


def test_one_built_statement_answers_many_questions(world: World) -> None:
    one, two = world.object(name="One", status="future"), world.object(name="Two")
    with world.service.reading() as unit:
        for asked in (one, two):
            assert unit.get(MODEL_OBJECT, asked.id, world.version_id).name == asked.name
            assert unit.get(MODEL_OBJECT, asked.handle_id).name == asked.name
            assert unit.having(MODEL_OBJECT, world.version_id, "name", [asked.name.lower()]) == [
                (asked.name.lower(), asked.id)
            ]
        assert [o.id for o in unit.among(MODEL_OBJECT, world.version_id, [two.id, one.id])] == [one.id, two.id]
        assert unit.with_column(MODEL_OBJECT, world.version_id, "status", ["future"]) == [("future", one.id)]
        assert unit.lookup(MODEL_OBJECT, world.version_id, [one.id, "nothing"], "status") == {one.id: "future"}
        assert unit.find(MODEL_OBJECT, one.id, "another version") is None
        assert unit.first_having(MODEL_OBJECT, world.version_id, "name", "two").id == two.id
        assert unit.first_having(MODEL_OBJECT, world.version_id, "name", "three") is None
