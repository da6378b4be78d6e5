from __future__ import annotations

from typing import Any

from nunatak.core.conflict import conflicts_of, refused
from nunatak.core.errors import Conflict, Dangling
from nunatak.core.task import Task


def update(props: Any, snapshot: Any, kind: str = "model-object") -> Task:
    return {"type": f"draft-{kind}-update", "entityId": "e", "props": props, "snapshot": snapshot}


def values(task: Task, base: Any, current: Any = None) -> list[tuple[Any, ...]]:
    found = conflicts_of("t", task, base=base, current=base if current is None else current)
    return [(each.type, each.field_name, each.original_value, each.current_value, each.draft_value) for each in found]


def test_only_a_value_that_is_neither_what_was_seen_nor_what_is_wanted_is_overwritten() -> None:
    task = update({"name": "new", "caption": "c"}, {"name": "old"})
    assert values(task, {"name": "old"}) == []
    assert values(task, {"name": "new"}) == []
    assert values(task, {"name": "other", "caption": None}) == [("overwrite", "name", "old", "other", "new")]
    assert values(task, {"name": "old", "caption": "theirs"}) == [("overwrite", "caption", None, "theirs", "c")]


def test_what_the_draft_itself_has_written_before_is_no_conflict() -> None:
    second = update({"name": "third"}, {"name": "second"})
    assert values(second, {"name": "first"}, {"name": "second"}) == []
    of_base = update({"name": "third"}, {"name": "first"})
    assert values(of_base, {"name": "first"}, {"name": "second"}) == []
    assert values(of_base, {"name": "moved"}, {"name": "second"}) == [
        ("overwrite", "name", "first", "moved", "third"),
    ]


def test_maps_are_compared_entry_by_entry_and_field_by_field() -> None:
    props = {"objects": {"$update": {"a": {"x": 4, "y": 4}}, "$remove": ["b"], "$add": {"c": {"x": 0}}}}
    seen = {"objects": {"$update": {"a": {"x": 0, "y": 0}}, "$add": {"b": {"x": 1}}, "$remove": ["c"]}}
    task = update(props, seen, "diagram-content")
    assert values(task, {"objects": {"a": {"x": 0, "y": 0, "w": 9}, "b": {"x": 1}}}) == []
    assert values(task, {"objects": {"a": {"x": 8, "y": 0}, "b": {"x": 2}, "c": {"x": 9}}}) == [
        ("overwrite", "objects.b", {"x": 1}, {"x": 2}, None),
        ("overwrite", "objects.a.x", 0, 8, 4),
        ("overwrite", "objects.c", None, {"x": 9}, {"x": 0}),
    ]
    assert values(task, {"objects": {"b": {"x": 1}}}) == [
        ("invalid-entity-reference", "objects.a", {"x": 0, "y": 0}, None, {"x": 4, "y": 4})
    ]


def test_an_entity_that_is_gone_or_there_already_is_invalid() -> None:
    gone = conflicts_of("t", update({"name": "n"}, {}), base=None, current=None)
    assert [(each.type, each.message) for each in gone] == [("invalid-entity", "Model object e is gone")]
    delete = {"type": "draft-tag-delete", "entityId": "e"}
    assert [each.type for each in conflicts_of("t", delete, base=None, current=None)] == ["invalid-entity"]
    assert conflicts_of("t", delete, base={}, current={"name": "n"}) == []
    create = {"type": "draft-tag-create", "entityId": "e", "props": {}}
    assert [each.type for each in conflicts_of("t", create, base=None, current={"id": "e"})] == ["invalid-entity"]
    assert conflicts_of("t", create, base=None, current=None) == []


def test_each_overwritten_value_comes_with_the_tasks_that_settle_it() -> None:
    task = update({"name": "new", "caption": "c"}, {"name": "old"})
    (found,) = conflicts_of("t", task, base={"name": "other"}, current={"name": "other"})
    assert found.replacement_tasks
    assert found.replacement_tasks.draft == [{**task, "snapshot": {"name": "other"}}]
    assert found.replacement_tasks.current == [{**task, "props": {"caption": "c"}}]
    alone = update({"name": "new"}, {"name": "old"})
    (found,) = conflicts_of("t", alone, base={"name": "other"}, current={"name": "other"})
    assert found.replacement_tasks
    assert found.replacement_tasks.current == []


def test_a_refusal_becomes_a_conflict_of_its_field() -> None:
    task = update({"tagIds": ["x"]}, {"tagIds": []})
    dangling = refused("t", task, Dangling("Tag not found", ("body.tagIds[0]: expected a tag",)))
    assert (dangling.type, dangling.field_name, dangling.draft_value) == (
        "invalid-entity-reference",
        "tagIds[0]",
        ["x"],
    )
    taken = refused("t", update({"name": "n"}, {}), Conflict("'n' already exists", ("body.name: expected another",)))
    assert (taken.type, taken.field_name, taken.message) == ("refused", "name", "name: expected another")
    plain = refused("t", update({"name": "n"}, {}), Conflict("No"))
    assert (plain.type, plain.message) == ("refused", "No")
