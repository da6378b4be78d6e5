"""What a writing unit keeps in its hands: it must answer exactly as the database would."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from nunatak.core.errors import Conflict
from nunatak.core.kinds import MODEL_OBJECT, TAG_GROUP
from nunatak.store.unit import Unit
from tests.make import World

_IDS = [f"o{number}" for number in range(6)]
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "put", "remove", "flush", "hold", "text", "raw"]),
        st.sampled_from(_IDS),
        st.sampled_from(["a", "B", "b"]),
        st.sampled_from([None, "p", "q"]),
    ),
    max_size=25,
)


def answers(unit: Unit, scope: str) -> list[Any]:
    """All that a unit says of the objects of a scope."""
    return [
        [unit.find(MODEL_OBJECT, id_, scope) for id_ in _IDS],
        [unit.find(MODEL_OBJECT, f"h-{id_}", scope) for id_ in _IDS],
        unit.among(MODEL_OBJECT, scope, _IDS),
        unit.lookup(MODEL_OBJECT, scope, _IDS, "name"),
        unit.having(MODEL_OBJECT, scope, "name", ["a", "b"]),
        unit.having(MODEL_OBJECT, scope, "tag_ids", ["t-a", "t-B"]),
        unit.having(MODEL_OBJECT, scope, "labels.l", ["a", "B"]),
        unit.with_column(MODEL_OBJECT, scope, "parent_id", ["p", "q"]),
        unit.every(MODEL_OBJECT, scope, {"type": "app"}),
        unit.every(MODEL_OBJECT, scope),
        [each for (each,) in unit.values(MODEL_OBJECT, scope, ("id",), {"name": "b"})],
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_what_a_unit_has_in_its_hands_is_what_the_database_has_after_it(world: World, steps: list[Any]) -> None:
    scope = world.version_id
    with world.service.database.write() as unit:
        root = unit.get(MODEL_OBJECT, world.root_id, scope)
        unit.remove(MODEL_OBJECT, scope, _IDS)
        before = answers(unit, scope)
        for step in steps:
            carry_out(unit, scope, root, step)
        seen = answers(unit, scope)
    with world.service.reading() as reader:
        assert answers(reader, scope) == seen
    if not any(step[0] == "add" for step in steps):
        assert seen == before


def carry_out(unit: Unit, scope: str, root: Any, step: Any) -> None:
    word, id_, name, parent = step
    there = unit.find(MODEL_OBJECT, id_, scope)
    values = {"name": name, "parent_id": parent, "tag_ids": [f"t-{name}"], "labels": {"l": name}}
    match word:
        case "add" if there is None:
            made = replace(root, id=id_, handle_id=f"h-{id_}", type="app", **values)
            unit.add(MODEL_OBJECT, made)
        case "put" if there is not None:
            unit.put(MODEL_OBJECT, replace(there, **values))
        case "remove":
            unit.remove(MODEL_OBJECT, scope, [id_])
        case "flush":
            unit.flush()
        case "hold":
            unit.hold(MODEL_OBJECT, scope)
        case "text" if there is not None:
            assert f'"name":"{there.name}"' in unit.text(MODEL_OBJECT, id_, scope)
        case "raw":
            assert unit.connection.in_transaction()


def test_a_unit_that_asks_much_reads_the_rest_at_once_and_answers_the_same(world: World) -> None:
    made = [world.object(name=f"S{number}") for number in range(3)]
    with world.service.database.write() as unit:
        for number in range(500):
            assert unit.find(MODEL_OBJECT, f"nothing{number}", world.version_id) is None
        assert [unit.find(MODEL_OBJECT, each.handle_id, world.version_id) for each in made] == made
        assert unit.having(MODEL_OBJECT, world.version_id, "name", ["s1"]) == [("s1", made[1].id)]
        unit.add(TAG_GROUP, replace(unit.every(TAG_GROUP, world.version_id)[0], id="g", handle_id="g"))
    with world.service.reading() as unit:
        assert unit.get(TAG_GROUP, "g", world.version_id).id == "g"


def test_a_savepoint_undoes_what_was_written_within_and_nothing_before(world: World) -> None:
    scope = world.version_id
    with world.service.database.write() as unit:
        group = unit.every(TAG_GROUP, scope)[0]
        unit.add(TAG_GROUP, replace(group, id="kept", handle_id="kept"))
        with pytest.raises(RuntimeError), unit.savepoint():  # noqa: PT012 -- what is undone
            unit.add(TAG_GROUP, replace(group, id="undone", handle_id="undone"))
            unit.put(TAG_GROUP, replace(group, name="undone"))
            raise RuntimeError
        assert unit.find(TAG_GROUP, "undone", scope) is None
        assert unit.get(TAG_GROUP, group.id, scope) == group
    with world.service.reading() as reader:
        assert {each.id for each in reader.every(TAG_GROUP, scope)} >= {"kept", group.id}
        assert reader.get(TAG_GROUP, group.id, scope) == group


def test_two_of_one_handle_are_a_conflict_when_they_are_stored(world: World) -> None:
    with pytest.raises(Conflict, match="exists already"), world.service.database.write() as unit:  # noqa: PT012
        group = unit.every(TAG_GROUP, world.version_id)[0]
        unit.add(TAG_GROUP, replace(group, id="other"))
