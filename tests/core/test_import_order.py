"""The order in which a file's objects can be made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from nunatak.core.import_file import ModelObjectImport
from nunatak.core.import_order import ordered


def entry(id_: str, parent: str | None = None, groups: list[str] | None = None) -> ModelObjectImport:
    return ModelObjectImport(
        id=id_, name=id_, type="group", parent_id=parent, group_ids=UNSET if groups is None else groups
    )


def ids(entries: list[ModelObjectImport]) -> list[str]:
    return [one.id for one in entries]


def test_parents_and_groups_come_before_what_is_in_them() -> None:
    found = ordered([entry("c", "b", ["g"]), entry("b", "a"), entry("g", "elsewhere"), entry("a")])
    assert ids(found.entries) == ["g", "a", "b", "c"]
    assert (found.rings, found.after) == ([], [])


def test_a_ring_is_told_from_what_hangs_on_it() -> None:
    found = ordered([entry("a", "b"), entry("b", "a"), entry("c", "b"), entry("d", "c"), entry("e", "e"), entry("f")])
    assert (ids(found.entries), ids(found.rings)) == (["f"], ["a", "b", "e"])
    assert sorted(ids(found.after)) == ["c", "d"]


def test_a_long_chain_is_no_deep_recursion() -> None:
    chain = [entry(str(number), str(number + 1)) for number in range(20_000)]
    assert ids(ordered(chain).entries)[0] == "19999"


@given(
    st.dictionaries(
        st.integers(0, 8), st.tuples(st.none() | st.integers(0, 8), st.lists(st.integers(0, 8), max_size=3))
    )
)
def test_every_entry_is_in_one_place_and_after_all_it_needs(rows: dict[int, tuple[int | None, list[int]]]) -> None:
    entries = [
        entry(str(id_), None if parent is None else str(parent), [str(group) for group in groups])
        for id_, (parent, groups) in rows.items()
    ]
    found = ordered(entries)
    every = ids(found.entries) + ids(found.rings) + ids(found.after)
    assert sorted(every) == sorted(ids(entries))
    done: set[str] = set()
    for one in found.entries:
        needs = {*(one.group_ids or ()), *([one.parent_id] if one.parent_id else [])}
        assert needs & set(every) <= done
        done.add(one.id)
    if len(done) < len(entries):
        assert found.rings
