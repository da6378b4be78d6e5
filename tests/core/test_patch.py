"""Patches: operators on maps and id lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.errors import Invalid
from nunatak.core.patch import as_given, patched

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)
MAPS = st.dictionaries(st.sampled_from("abcdefgh"), st.fixed_dictionaries({"x": st.integers(0, 9)}))
LIST = {"tagIds": "list"}
MAP = {"links": "map"}


def test_a_plain_value_replaces_the_old_one() -> None:
    assert patched({"name": "a", "index": 1}, {"name": "b"}, {}) == {"name": "b", "index": 1}


def test_dollar_keys_in_a_field_without_operators_are_ordinary_keys() -> None:
    assert patched({"labels": {"a": "1"}}, {"labels": {"$add": "x"}}, MAP) == {"labels": {"$add": "x"}}


@given(old=IDS, add=IDS, remove=IDS)
def test_a_list_loses_what_is_removed_and_then_gains_what_is_added_once(
    old: list[str], add: list[str], remove: list[str]
) -> None:
    after = patched({"tagIds": old}, {"tagIds": {"$add": add, "$remove": remove}}, LIST)["tagIds"]
    assert set(after) == (set(old) - set(remove)) | set(add)
    assert len(after) == len(set(after))
    assert [i for i in after if i in old and i not in remove] == [i for i in old if i not in remove]


@given(old=MAPS, add=MAPS)
def test_adding_to_a_map_and_removing_the_same_keys_leaves_the_others(
    old: dict[str, object], add: dict[str, object]
) -> None:
    more = patched({"links": old}, {"links": {"$add": add}}, MAP)
    less = patched(more, {"links": {"$remove": list(add)}}, MAP)
    assert less["links"] == {key: value for key, value in old.items() if key not in add}


@given(old=MAPS, new=MAPS)
def test_replace_swaps_the_whole_map(old: dict[str, object], new: dict[str, object]) -> None:
    assert patched({"links": old}, {"links": {"$replace": new}}, MAP)["links"] == new


def test_update_merges_the_fields_of_one_entry() -> None:
    after = patched({"links": {"a": {"x": 1, "y": 2}}}, {"links": {"$update": {"a": {"y": 3}}}}, MAP)
    assert after == {"links": {"a": {"x": 1, "y": 3}}}


def test_updating_an_entry_that_is_not_there_names_it() -> None:
    with pytest.raises(Invalid) as refusal:
        patched({"links": {}}, {"links": {"$update": {"b": {"y": 3}}}}, MAP)
    assert refusal.value.errors == ("body.links.$update.b: there is no such entry",)


def test_an_unknown_operator_is_named_with_what_was_expected() -> None:
    with pytest.raises(Invalid) as refusal:
        patched({"tagIds": []}, {"tagIds": {"$push": ["a"]}}, LIST)
    assert refusal.value.errors == ("body.tagIds.$push: expected one of $add, $remove",)


@pytest.mark.parametrize(
    ("error", "given_"),
    [
        ("body.tagIds[2]: no", "body.tagIds.$add[0]: no"),
        ("body.tagIds[3]: no", "body.tagIds.$add[2]: no"),
        ("body.tagIds[1]: no", "body.tagIds[1]: no"),
        ("body.tagIds[9]: no", "body.tagIds[9]: no"),
        ("body.teamIds[0]: no", "body.teamIds[0]: no"),
        ("body.links.a.url: no", "body.links.$add.a.url: no"),
        ("body.links.a.b: no", "body.links.$update.a.b: no"),
        ("body.links.c: no", "body.links.$replace.c: no"),
        ("body.links.d.url: no", "body.links.d.url: no"),
        ("body.labels.x: no", "body.labels.x: no"),
        ("id: no", "id: no"),
    ],
)
def test_an_error_names_the_operator_that_put_a_thing_where_it_is(error: str, given_: str) -> None:
    values = {
        "tagIds": {"$add": ["c", "a", "d"], "$remove": ["x"]},
        "teamIds": ["t"],
        "links": {"$add": {"a": {}}, "$update": {"a.b": {}}, "$replace": {"c": {}}},
        "labels": {"x": "y"},
    }
    if error == "body.links.a.b: no":
        values["links"] = {"$update": {"a.b": {}}}
    after = {"tagIds": ["a", "b", "c", "d"], "teamIds": ["t"]}
    assert as_given(error, values, after) == given_
