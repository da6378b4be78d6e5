from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from nunatak.core import task as tasks
from nunatak.core.patch import patched

CONTENT = {
    "objects": {"a": {"id": "a", "x": 0, "y": 0}, "b": {"id": "b", "x": 4, "y": 8}},
    "connections": {},
    "tagIds": ["t"],
}


def update(props: Any, snapshot: Any = None, kind: str = "diagram-content") -> tasks.Task:
    return {"type": f"draft-{kind}-update", "entityId": "e", "props": props, "snapshot": snapshot or {}}


def paths(task: tasks.Task) -> dict[str, Any]:
    return {".".join(touch.path): touch.value for touch in tasks.touches(task)}


@pytest.mark.parametrize(
    ("type_", "kind", "verb"),
    [
        ("draft-model-object-create", "model-object", "create"),
        ("draft-diagram-content-update", "diagram-content", "update"),
        ("draft-tag-delete", "tag", "delete"),
    ],
)
def test_a_task_is_a_change_of_the_kind_and_verb_that_its_type_names(type_: str, kind: str, verb: str) -> None:
    change = tasks.change_of({"type": type_, "entityId": "e", "props": {"name": "n", "commit": 4}})
    assert (change.kind, change.verb, change.id, change.values, change.commit) == (kind, verb, "e", {"name": "n"}, None)


def test_a_new_reply_names_its_comment() -> None:
    task = {"type": "draft-comment-reply-create", "entityId": "r", "commentId": "c", "props": {"content": "x"}}
    assert tasks.change_of(task).values == {"content": "x", "commentId": "c"}
    assert tasks.completed_create(task, "handle") == task


def test_a_new_object_is_of_the_future_and_keeps_its_handle_unless_its_writer_says_so() -> None:
    task = {"type": "draft-model-object-create", "entityId": "o", "props": {"name": "n"}}
    assert tasks.completed_create(task, "h")["props"] == {"name": "n", "handleId": "h", "status": "future"}
    said = {**task, "props": {"handleId": "own", "status": "live"}}
    assert tasks.completed_create(said, "h") == said


def test_an_update_touches_fields_and_entries_and_no_list_of_ids_that_it_adds_to() -> None:
    objects = {"$add": {"c": {"x": 1}}, "$remove": ["b"], "$update": {"a": {"x": 4, "y": 0}}}
    assert paths(update({"objects": objects})) == {
        "objects.b": UNSET,
        "objects.a.x": 4,
        "objects.a.y": 0,
        "objects.c": {"x": 1},
    }
    assert paths(update({"objects": {"$replace": {"c": {}}}})) == {"objects": {"c": {}}}
    props = {"name": "n", "tagIds": {"$add": ["t"]}, "labels": {"k": "v"}}
    assert paths(update(props, kind="model-object")) == {"name": "n", "labels": {"k": "v"}}


def test_a_snapshot_says_of_each_value_what_was_there() -> None:
    objects = {"$add": {"c": {"x": 1}, "b": {"x": 2}}, "$remove": ["b"], "$update": {"a": {"x": 4}}}
    assert tasks.snapshot_of(update({"objects": objects}), CONTENT) == {
        "objects": {"$add": {"b": CONTENT["objects"]["b"]}, "$remove": ["c"], "$update": {"a": {"x": 0}}}
    }
    props = {"name": "n", "caption": "c", "tagIds": {"$add": ["t", "u"], "$remove": ["v"]}}
    before = {"name": "old", "tagIds": ["t"]}
    assert tasks.snapshot_of(update(props, kind="model-object"), before) == {
        "name": "old",
        "tagIds": {"$remove": ["u"], "$add": []},
    }


def test_what_a_writer_saw_wins_over_what_is_there() -> None:
    props = {"objects": {"$update": {"a": {"x": 4, "y": 4}}}}
    seen = {"objects": {"$update": {"a": {"x": 100}}}}
    filled = tasks.filled(update(props, seen), CONTENT)
    assert filled["snapshot"] == {"objects": {"$update": {"a": {"x": 100, "y": 0}}}}
    assert tasks.seen_at(filled, ("objects", "a", "x")) == 100
    assert tasks.seen_at(filled, ("objects", "z")) is UNSET


def test_entries_that_are_gone_and_were_to_change_are_found() -> None:
    task = update({"objects": {"$update": {"a": {"x": 4}, "z": {"x": 4}}, "$remove": ["y"]}})
    assert tasks.vanished(task, CONTENT) == [("objects", "z")]


def test_a_rebased_update_sees_what_is_there_and_leaves_out_what_changes_nothing() -> None:
    objects = {"$update": {"a": {"x": 0, "y": 4}, "z": {"x": 4}}, "$remove": ["y"], "$add": {"b": {"x": 4}}}
    task = tasks.rebased(update({"objects": objects}), CONTENT)
    assert task is not None
    assert {word: part for word, part in task["props"]["objects"].items() if part} == {"$update": {"a": {"y": 4}}}
    assert task["snapshot"] == {"objects": {"$update": {"a": {"y": 0}}}}
    assert tasks.rebased(update({"tagIds": {"$add": ["t"]}, "name": "n"}, kind="tag"), {"name": "n"}) is not None
    assert tasks.rebased(update({"tagIds": {"$add": ["t"]}}, kind="model-object"), CONTENT) is None


def test_a_label_may_be_called_as_an_operator_is() -> None:
    labels = {"$update": "x", "$replace": "y", "$remove": ""}
    task = tasks.filled(update({"labels": labels}, {"labels": {"$add": "z"}}, kind="model-object"), {"labels": {}})
    assert paths(task) == {"labels": labels}
    assert tasks.vanished(task, {"labels": {}}) == []
    assert tasks.seen_at(task, ("labels",)) == {"$add": "z"}
    left = tasks.rebased(task, {"labels": {"a": "b"}})
    assert left is not None
    assert (left["props"], left["snapshot"]) == ({"labels": labels}, {"labels": {"a": "b"}})
    assert tasks.seen_at(tasks.resaw(task, ("labels",), {"c": "d"}), ("labels",)) == {"c": "d"}


def test_an_update_can_be_told_that_its_writer_saw_something_else() -> None:
    task = update({"objects": {"$update": {"a": {"x": 4}}, "$remove": ["b"], "$add": {"c": {"x": 1}}}})
    for path, value in ((("objects", "a", "x"), 8), (("objects", "b"), {"x": 1}), (("objects", "c"), UNSET)):
        assert tasks.seen_at(tasks.resaw(task, path, value), path) == value
    plain = update({"name": "n"}, {"name": "o"}, kind="tag")
    assert tasks.resaw(plain, ("name",), "p")["snapshot"] == {"name": "p"}
    assert tasks.resaw(plain, ("name",), UNSET)["snapshot"] == {}


_KEYS = st.sampled_from("abcd")
_FIELDS = st.dictionaries(st.sampled_from("xy"), st.integers(0, 3), min_size=1)
_ENTRIES = st.dictionaries(_KEYS, st.fixed_dictionaries({"x": st.integers(0, 3), "y": st.integers(0, 3)}))


@st.composite
def _words(draw: st.DrawFn, there: dict[str, Any]) -> dict[str, Any]:
    keys = sorted(there)
    changed = draw(st.dictionaries(st.sampled_from(keys), _FIELDS)) if keys else {}
    gone = draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    new = draw(st.dictionaries(st.sampled_from("xyz"), st.fixed_dictionaries({"x": st.just(1), "y": st.just(1)})))
    return {"$update": {k: v for k, v in changed.items() if k not in gone}, "$remove": gone, "$add": new}


@given(_ENTRIES, st.data())
def test_the_snapshot_takes_the_update_back(entries: dict[str, Any], data: st.DataObject) -> None:
    before = {"objects": entries}
    task = update({"objects": data.draw(_words(entries))})
    sorts = {"objects": "map"}
    after = patched(before, task["props"], sorts)
    assert patched(after, tasks.snapshot_of(task, before), sorts) == before


@given(_ENTRIES, _ENTRIES, st.data())
def test_rebasing_changes_nothing_of_what_an_update_makes(
    entries: dict[str, Any], now: dict[str, Any], data: st.DataObject
) -> None:
    """Where all that it changes is still there, the rebased update has the same outcome."""
    current = {"objects": {**now, **{key: value for key, value in entries.items() if key not in now}}}
    task = update({"objects": data.draw(_words(entries))})
    left = tasks.rebased(task, current)
    whole = patched(current, task["props"], {"objects": "map"})
    assert (current if left is None else patched(current, left["props"], {"objects": "map"})) == whole
