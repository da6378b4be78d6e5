"""Scopes copied within the database: exactly what was asked for, found as the originals are, and nothing else moved."""

from __future__ import annotations

from typing import Any

from nunatak.core.kinds import DOMAIN, MODEL_OBJECT, TAG, VERSION
from nunatak.store.copies import SNAPSHOT, clear_kinds, copy_scope, differ, restore_scope
from nunatak.store.unit import Unit
from tests.make import World


def rows(unit: Unit, scope: str) -> dict[str, list[Any]]:
    columns = ("id", "handle_id", "position", "body")
    return {kind.name: unit.values(kind, scope, columns, {}) for kind in SNAPSHOT}


def test_a_snapshot_holds_what_is_in_a_version_and_neither_its_drafts_nor_what_the_server_keeps() -> None:
    held = {kind.name for kind in SNAPSHOT}
    assert {"model-object", "diagram-content", "flow", "comment-reply", "adr"} <= held
    assert not {"draft", "draft-task", "share-link", "diagram-export-image", "version", "log-entry"} & held


def test_a_copy_has_every_row_and_every_term_under_its_new_scope(world: World) -> None:
    one = world.object(labels={"a": "b"})
    world.object("app", one.id)
    with world.service.database.write() as unit:
        copy_scope(unit, source=world.version_id, target="copy", landscape_id="elsewhere")
        assert rows(unit, "copy") == rows(unit, world.version_id)
        found = unit.every(MODEL_OBJECT, "copy", {"labels": {"a": "b"}})
        assert [(each.id, each.version_id, each.landscape_id) for each in found] == [(one.id, "copy", "elsewhere")]
        assert len(unit.having(MODEL_OBJECT, "copy", "parent_ids", [one.id])) == 1


def test_a_copy_of_some_kinds_holds_no_others(world: World) -> None:
    world.object(labels={"a": "b"})
    with world.service.database.write() as unit:
        copy_scope(unit, source=world.version_id, target="copy", landscape_id="x", kinds=[DOMAIN, TAG])
        assert {name for name, found in rows(unit, "copy").items() if found} == {"domain", "tag"}
        assert unit.having(MODEL_OBJECT, "copy", "labels.a", ["b"]) == []


def test_what_a_unit_has_just_written_is_copied_too(world: World) -> None:
    one = world.object()
    with world.service.writing(world.actor) as ledger:
        unit = ledger.unit
        before = unit.get(MODEL_OBJECT, one.id, world.version_id)
        unit.put(
            MODEL_OBJECT, type(before)(**{f: getattr(before, f) for f in before.__struct_fields__} | {"name": "N"})
        )
        copy_scope(unit, source=world.version_id, target="copy", landscape_id="x")
        assert unit.get(MODEL_OBJECT, one.id, "copy").name == "N"


def test_kinds_are_cleared_in_one_scope_alone(world: World) -> None:
    one = world.object(labels={"a": "b"})
    with world.service.database.write() as unit:
        copy_scope(unit, source=world.version_id, target="copy", landscape_id="x")
        clear_kinds(unit, "copy", [MODEL_OBJECT])
        assert unit.having(MODEL_OBJECT, "copy", "labels.a", ["b"]) == []
        assert (rows(unit, "copy")["model-object"], len(rows(unit, "copy")["domain"])) == ([], 1)
        assert unit.having(MODEL_OBJECT, world.version_id, "labels.a", ["b"]) == [("b", one.id)]
        assert unit.values(VERSION, world.path.landscape_id, ("id",), {}) == [(world.version_id,)]


def test_restored_counters_are_above_all_that_was_seen(world: World) -> None:
    same, changed, gone = world.object(), world.object(), world.object()
    live, land = world.version_id, world.path.landscape_id
    with world.service.database.write() as unit:
        copy_scope(unit, source=live, target="old", landscape_id=land)
    for name in ("x", "y"):
        world.update(MODEL_OBJECT, changed.id, name=name)
    world.delete(MODEL_OBJECT, gone.id)
    new = world.object()
    with world.service.database.write() as unit:
        copy_scope(unit, source=live, target="seen", landscape_id=land)
        assert differ(unit, "old", live)
        restore_scope(unit, source="old", target=live, seen="seen", landscape_id=land, beyond=5_000_000_000)
        found = {one.id: (one.commit, one.version) for one in unit.every(MODEL_OBJECT, live)}
        assert unit.get(MODEL_OBJECT, changed.id, live).name == changed.name
    assert found[same.id] == (1, 1)
    assert found[changed.id] == (4, 4)
    assert found[gone.id] == (5_000_000_001, 5_000_000_001)
    assert new.id not in found


def test_versions_differ_by_what_is_in_them(world: World) -> None:
    one = world.object()
    live = world.version_id
    with world.service.database.write() as unit:
        copy_scope(unit, source=live, target="old", landscape_id="x")
        assert not differ(unit, "old", live)
    added = world.object()
    with world.service.reading() as unit:
        assert differ(unit, "old", live)
        assert differ(unit, live, "old")
    world.delete(MODEL_OBJECT, added.id)
    with world.service.reading() as unit:
        assert not differ(unit, "old", live)
    world.update(MODEL_OBJECT, one.id, caption="Other")
    with world.service.reading() as unit:
        assert differ(unit, "old", live)
