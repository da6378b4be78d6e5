"""Changes: creating, updating and replacing entities, purely."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.change import Change, Stamp, applied, created, derived_names, writable
from nunatak.core.errors import Conflict, Invalid
from nunatak.core.kinds import DOMAIN, MODEL_OBJECT

EARLY = Stamp(at=datetime(2026, 1, 1, tzinfo=UTC), by="api-key", by_id="k1")
LATE = Stamp(at=datetime(2026, 1, 2, tzinfo=UTC), by="user", by_id="u1")
HEAD = {"landscapeId": "l", "versionId": "v", "handleId": "h"}


def made(**values: Any) -> Any:
    full = {"name": "n", "type": "app", "parentId": "p", **values}
    return created(MODEL_OBJECT, Change(verb="create", kind="model-object", id="i", values=full), HEAD, EARLY)


def changed(before: Any, verb: Any = "update", commit: int | None = None, **values: Any) -> Any:
    change = Change(verb=verb, kind="model-object", id=before.id, values=values, commit=commit)
    return applied(MODEL_OBJECT, change, before, LATE)


def test_a_created_entity_has_its_writer_and_starts_at_one() -> None:
    entity = made()
    assert (entity.commit, entity.version, entity.created_by_id, entity.updated_at) == (1, 1, "k1", EARLY.at)
    assert (entity.status, entity.external, entity.tag_ids) == ("live", False, [])


def test_an_update_keeps_what_it_does_not_name_and_grows_commit_and_version() -> None:
    after = changed(made(caption="c"), name="m")
    assert (after.name, after.caption, after.commit, after.version) == ("m", "c", 2, 2)
    assert (after.created_by_id, after.updated_by_id) == ("k1", "u1")


def test_a_replace_forgets_what_it_does_not_name_but_keeps_identity() -> None:
    after = changed(made(caption="c", external=True), "replace", name="m", type="app", parentId="p")
    assert (after.external, after.handle_id, after.created_at, after.commit) == (False, "h", EARLY.at, 2)
    assert not after.caption


def test_a_stale_commit_is_a_conflict_and_the_present_one_is_not() -> None:
    before = changed(made(), name="second")
    assert changed(before, commit=2, name="third").commit == 3
    with pytest.raises(Conflict, match="the commit is 2, the request says 1"):
        changed(before, commit=1, name="third")


def test_without_a_commit_nothing_is_checked() -> None:
    assert changed(changed(made(), name="a"), name="b").name == "b"


def test_a_value_of_the_wrong_type_names_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        changed(made(), external="yes")
    assert "body.external" in refusal.value.errors[0]


@given(values=st.fixed_dictionaries({}, optional={"name": st.text(max_size=20), "index": st.integers(0, 99)}))
def test_an_update_with_the_old_values_undoes_an_update(values: dict[str, Any]) -> None:
    change = Change(verb="create", kind="domain", id="d", values={"name": "n", "index": 7})
    before = created(DOMAIN, change, HEAD, EARLY)
    after = applied(DOMAIN, Change(verb="update", kind="domain", id="d", values=values), before, LATE)
    old = {"name": before.name, "index": before.index}  # type: ignore[attr-defined]
    undone: Any = applied(DOMAIN, Change(verb="update", kind="domain", id="d", values=old), after, LATE)
    assert (undone.name, undone.index, undone.commit) == ("n", 7, 3)


def test_what_a_writer_could_have_given_makes_the_same_entity_again_under_another_id() -> None:
    first = made(caption="c", labels={"a": "b"}, links={"l": {"id": "l", "url": "u", "index": 0}})
    values = writable(changed(first, name="m"))
    assert not values.keys() & derived_names(type(first))
    twin = created(MODEL_OBJECT, Change(verb="create", kind="model-object", id="j", values=values), HEAD, LATE)
    assert (twin.id, twin.commit, twin.created_by_id) == ("j", 1, "u1")
    assert writable(twin) == values
