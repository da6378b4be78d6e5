"""Imports as work: a record and its job together, done once, every end told in the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path as Folder
from typing import Any

import msgspec
import pytest

from nunatak.core.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge
from nunatak.core.import_file import LandscapeImportData
from nunatak.core.kinds import LANDSCAPE_IMPORT, LOG_ENTRY, MODEL_OBJECT
from nunatak.core.work import LandscapeImport
from nunatak.services import keys, landscape_imports, landscapes, versions
from nunatak.services.places import Path
from nunatak.store.database import Database
from tests.importing import importing_world, payload
from tests.make import World

FILE = {
    "modelObjects": [
        {"id": "shop", "name": "Shop", "type": "domain"},
        {"id": "crm", "name": "Crm", "type": "system", "parentId": "shop"},
    ]
}


@pytest.fixture
def importing(database: Database, tmp_path: Folder) -> Iterator[World]:
    """An organization with an empty landscape, whose imports a test carries out."""
    with importing_world(database, tmp_path) as world:
        yield world


def asked(world: World, file: dict[str, Any], **options: Any) -> LandscapeImport:
    data = msgspec.convert(file, LandscapeImportData)
    return landscape_imports.create(world.service, world.actor, world.path, data, **{"prune": False, **options})


def done(world: World, record: LandscapeImport) -> LandscapeImport:
    landscape_imports.carry_out(world.service, payload(world, record.id))
    return landscape_imports.get(world.service, world.actor, world.path, record.id)


def names(world: World) -> list[str]:
    with world.service.reading() as unit:
        return [one.name for one in unit.every(MODEL_OBJECT, world.version_id)]


def test_an_import_is_recorded_then_done_once_and_told_in_the_log(importing: World) -> None:
    world = importing
    record = asked(world, FILE, prune=True)
    assert (record.status, record.prune, record.created_by_id) == ("in-progress", True, world.actor.id)
    assert record.delete_at == record.created_at + world.service.keep_files
    assert names(world) == [""]
    ended = done(world, record)
    assert (ended.status, ended.errors, ended.created_at) == ("completed", msgspec.UNSET, record.created_at)
    assert isinstance(ended.completed_at, datetime)
    assert ended.completed_at > record.created_at
    assert done(world, record) == ended
    assert names(world) == ["", "", "Crm"]
    with world.service.reading() as unit:
        entries = unit.every(LOG_ENTRY, world.organization_id)
    (entry,) = [one for one in entries if one.action_type == "landscape-import"]
    below = [one for one in entries if one.parent_id == entry.id]
    assert entry.action["props"]["modelObjectTypeCount"] == {"domain": 1, "system": 1}
    assert (entry.action["props"]["prune"], entry.action["context"]["landscapeName"]) == (True, "L")
    assert (entry.performed_by_id, entry.performed_by_name) == (world.actor.id, "k")
    assert {one.action_type for one in below} == {"domain-create", "model-object-create", "model-object-update"}


def test_bad_entries_end_the_import_and_nothing_of_it_is_kept(importing: World) -> None:
    world = importing
    bad = {"id": "x", "name": "X", "type": "app", "parentId": "nowhere"}
    ended = done(world, asked(world, {"modelObjects": [*FILE["modelObjects"], bad]}))
    assert ended.status == "error"
    assert [(one.entity_id, one.entity_original_id, one.message) for one in ended.errors or ()] == [
        ("x", "x", "Parent nowhere not found")
    ]
    assert names(world) == [""]


def test_a_failure_is_told_in_words(importing: World) -> None:
    world = importing
    record = asked(world, FILE)
    assert landscape_imports.reason(RuntimeError("secret")).endswith("the server's log says why")
    words = landscape_imports.reason(TooLarge("It was too much"))
    landscape_imports.fail(world.service, payload(world, record.id), words)
    ended = landscape_imports.get(world.service, world.actor, world.path, record.id)
    assert (ended.status, [one.message for one in ended.errors or ()]) == ("error", ["It was too much"])
    assert done(world, record) == ended
    assert names(world) == [""]


def test_an_import_into_a_landscape_that_is_gone_ends_quietly(importing: World) -> None:
    world = importing
    record = asked(world, FILE)
    landscapes.delete(world.service, world.actor, world.path.landscape_id)
    landscape_imports.carry_out(world.service, payload(world, record.id))
    with world.service.reading() as unit:
        assert unit.find(LANDSCAPE_IMPORT, record.id) is None


def test_only_writers_import_and_only_into_the_live_version(importing: World) -> None:
    world = importing
    _, credentials = keys.create(world.service, world.actor, world.organization_id, name="r", permission="read")
    reader = keys.authenticate(world.service, credentials)
    data = LandscapeImportData()
    with pytest.raises(Forbidden, match="write permission"):
        landscape_imports.create(world.service, reader, world.path, data, prune=False)
    with pytest.raises(NotFound):
        landscape_imports.get(world.service, reader, world.path, "nothing")
    snapshot = versions.create(
        world.service,
        world.actor,
        world.path.landscape_id,
        {"name": "S", "notes": "Ten characters", "modelHandleId": None},
    )
    old = Path(landscape_id=world.path.landscape_id, version_id=snapshot.id)
    with pytest.raises(Conflict, match="snapshot"):
        landscape_imports.create(world.service, world.actor, old, data, prune=False)


def test_a_file_is_brought_in_at_once_where_nobody_waits_for_a_job(importing: World) -> None:
    world = importing
    data = msgspec.convert(FILE, LandscapeImportData)
    landscape_imports.at_once(world.service, world.actor, world.path, data, prune=False)
    assert names(world) == ["", "", "Crm"]
    lone = msgspec.convert({"modelObjects": [{"id": "x", "name": "X", "type": "app"}]}, LandscapeImportData)
    with pytest.raises(Invalid, match="nothing of the file was taken") as caught:
        landscape_imports.at_once(world.service, world.actor, world.path, lone, prune=True)
    assert caught.value.errors == ("model-object x: parentId: expected the id of an entry of type system",)
    assert names(world) == ["", "", "Crm"]
