"""Updates of fields: what is set, cleared, added and removed."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.errors import Invalid
from nunatak.core.field_update import updated

BEFORE: dict[str, Any] = {"name": "a", "metadata": {"a": "1", "b": "2"}, "ids": [1, 2], "labels": None}
ALLOWED = {"name", "metadata", "ids", "labels", "none"}


@pytest.mark.parametrize(
    ("update", "after"),
    [
        ({}, {}),
        ({"name": {"set": "b"}}, {"name": "b"}),
        ({"name": {"set": None}}, {"name": None}),
        ({"name": {"setNull": True}}, {"name": None}),
        ({"metadata": {"add": {"b": "3", "c": "4"}}}, {"metadata": {"a": "1", "b": "3", "c": "4"}}),
        ({"metadata": {"remove": ["a", "x"]}}, {"metadata": {"b": "2"}}),
        ({"metadata": {"add": {"a": "9"}, "remove": ["a"]}}, {"metadata": {"b": "2", "a": "9"}}),
        ({"ids": {"add": [2, 3, 3], "remove": [1]}}, {"ids": [2, 3]}),
        ({"labels": {"add": [{"externalId": "x"}]}}, {"labels": [{"externalId": "x"}]}),
        ({"labels": {"remove": [{"externalId": "x"}]}}, {"labels": []}),
        ({"none": {"add": {"a": "1"}}}, {"none": {"a": "1"}}),
    ],
)
def test_an_update_gives_the_new_values_of_the_fields_it_names(update: Any, after: Any) -> None:
    assert updated(BEFORE, update, ALLOWED) == after


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"other": {"set": 1}}, "body.items.update.other: unknown, expected one of ids, labels"),
        ({"name": {}}, "body.items.update.name: expected one of set, setNull, add and remove"),
        ({"name": {"put": 1}}, "body.items.update.name: expected one of"),
        ({"name": {"set": 1, "setNull": True}}, "body.items.update.name: expected one of"),
        ({"name": {"setNull": False}}, "body.items.update.name.setNull: expected true"),
        ({"name": {"add": ["b"]}}, "body.items.update.name.add: a single value: use set"),
        ({"ids": {"add": {"a": 1}}}, "body.items.update.ids.add: expected a list"),
        ({"ids": {"remove": {"a": 1}}}, "body.items.update.ids.remove: expected a list"),
        ({"metadata": {"add": [1]}}, "body.items.update.metadata.add: expected an object"),
    ],
)
def test_an_update_that_makes_no_sense_is_refused_by_the_field(update: Any, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        updated(BEFORE, update, ALLOWED)
    assert refused.value.errors[0].startswith(words)


def test_what_was_there_is_left_as_it_was() -> None:
    before = {"metadata": {"a": "1"}, "ids": [1]}
    updated(before, {"metadata": {"add": {"b": "2"}}, "ids": {"add": [2]}}, ALLOWED)
    assert before == {"metadata": {"a": "1"}, "ids": [1]}
