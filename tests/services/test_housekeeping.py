"""Housekeeping: what has run out goes, what a record still names stays, whatever else happens meanwhile."""

from __future__ import annotations

import os
import random
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nunatak.core.answer import KeptAnswer
from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import Busy
from nunatak.core.kinds import DIAGRAM_EXPORT_IMAGE, KEPT_ANSWER, LANDSCAPE_EXPORT, LOG_ENTRY
from nunatak.services import exports, files, housekeeping, landscape_exports, thumbnails
from nunatak.services.housekeeping import Keeping
from nunatak.services.landscape_exports import Wish
from nunatak.services.service import Service
from tests.make import World, placed

SOON = timedelta(minutes=1)


def at(world: World, time: datetime, **keeping: Any) -> Service:
    """The service at another time."""
    return replace(world.service, clock=lambda: time, keeping=Keeping(**keeping))


def later(world: World, days: float, **keeping: Any) -> Service:
    return at(world, datetime.now(UTC) + timedelta(days=days), **keeping)


def exported(world: World, diagram: Any, service: Service | None = None, **options: Any) -> Any:
    service = service or later(world, 0)
    given = DiagramExportImageOptions(**options)
    record = exports.create(service, world.actor, world.path, diagram.id, given)
    payload = {"exportId": record.id, "versionId": world.version_id, "organizationId": world.organization_id}
    exports.carry_out(service, payload)
    return exports.get(service, world.actor, world.path, diagram.id, record.id)


def diagram_of(world: World, name: str = "Ledger") -> Any:
    return world.diagram(objects={"a": placed(world.object(name=name))})


def test_exports_go_with_their_files_when_their_time_has_come(drawing: World) -> None:
    old = exported(drawing, diagram_of(drawing))
    young = exported(drawing, diagram_of(drawing, "Other"), later(drawing, 39))
    found = housekeeping.clean(later(drawing, 40))
    assert found["diagram-export-image"] == 1
    assert drawing.ids(DIAGRAM_EXPORT_IMAGE) == [young.id]
    blobs = drawing.service.blobs
    assert not any(blobs.exists(key) for key in (old.file_urls.svg, old.file_urls.png))
    assert all(blobs.exists(key) for key in (young.file_urls.svg, young.file_urls.png))


def test_a_picture_that_two_exports_name_stays_as_long_as_one_of_them(drawing: World) -> None:
    diagram = diagram_of(drawing)
    first, second = exported(drawing, diagram), exported(drawing, diagram, later(drawing, 39))
    assert first.file_urls == second.file_urls
    assert housekeeping.clean(later(drawing, 40)) == {"diagram-export-image": 1}
    assert drawing.service.blobs.exists(second.file_urls.png)


def test_a_finished_picture_that_nobody_names_stays_for_its_time(drawing: World) -> None:
    diagram = diagram_of(drawing)
    address = files.thumbnail(drawing.service, drawing.actor, drawing.path, diagram.id, "").url
    signed = drawing.service.tokens.read(address.removeprefix("/files/"))  # type: ignore[attr-defined]
    files.read(drawing.service, signed.key, "image/png", "a.png")
    assert housekeeping.clean(later(drawing, 29)) == {}
    assert housekeeping.clean(later(drawing, 31)) == {"blob": 3}
    assert list(drawing.service.blobs.list("pictures")) == []


def test_a_thumbnail_that_is_swept_while_it_is_read_is_drawn_again(drawing: World) -> None:
    diagram = diagram_of(drawing)
    address = thumbnails.of_landscape(drawing.service, drawing.actor, drawing.path.landscape_id, "").url
    signed = drawing.service.tokens.read(address.removeprefix("/files/"))  # type: ignore[attr-defined]
    first = files.read(drawing.service, signed.key, "image/png", "a.png")
    assert diagram.id in signed.key
    for key in list(drawing.service.blobs.list("pictures")):
        if not key.endswith(".json"):
            drawing.service.blobs.delete(key)
    assert files.read(drawing.service, signed.key, "image/png", "a.png") == first


def test_landscape_exports_and_their_files_go_when_their_time_has_come(drawing: World) -> None:
    service = later(drawing, 0)
    record = landscape_exports.create(service, drawing.actor, drawing.path, Wish(type="json"))
    payload = {"exportId": record.id, "versionId": drawing.version_id, "organizationId": drawing.organization_id}
    landscape_exports.carry_out(service, payload)
    done = landscape_exports.get(service, drawing.actor, drawing.path, record.id)
    assert done.file_url is not None
    assert service.blobs.exists(done.file_url)
    assert housekeeping.clean(later(drawing, 6)) == {}
    assert housekeeping.clean(later(drawing, 8)) == {"landscape-export": 1, "blob": 1}
    assert drawing.ids(LANDSCAPE_EXPORT) == []
    assert not service.blobs.exists(done.file_url)


def test_a_blob_without_a_record_goes_after_a_day_and_no_other_kind_of_blob_ever(drawing: World) -> None:
    for key in ("imports/ab.json", "landscape-exports/ab/c.pdf", "icons/a.png", "files/ab"):
        drawing.service.blobs.put(key, b"x")
    assert housekeeping.clean(later(drawing, 0.9)) == {}
    assert housekeeping.clean(later(drawing, 1.1)) == {"blob": 2}
    assert sorted(drawing.service.blobs.list()) == ["files/ab", "icons/a.png"]


def test_what_a_killed_put_left_on_the_disk_goes(drawing: World, tmp_path: Path) -> None:
    left = tmp_path / "blobs" / "pictures" / "ab.svg#7"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"half")
    assert housekeeping.clean(later(drawing, 0.9)) == {}
    assert housekeeping.clean(later(drawing, 1.1)) == {"unfinished blob": 1}
    assert not left.exists()


def test_sweeping_and_exporting_at_once_loses_no_file_of_a_record(drawing: World) -> None:
    """Every export finds the files of the one before, which nobody names: the sweep is after the very same."""
    diagram, pause = diagram_of(drawing), random.Random(6)
    stop = threading.Event()
    swept: list[int] = []

    def sweep() -> None:
        while not stop.is_set():
            found = housekeeping.clean(later(drawing, 0, pictures=timedelta(milliseconds=50)))
            swept.append(found.get("blob", 0))

    thread = threading.Thread(target=sweep)
    thread.start()
    try:
        for _ in range(25):
            done = exported(drawing, diagram, later(drawing, 0))
            kept = [done.file_urls.svg, done.file_urls.png]
            assert all(drawing.service.blobs.exists(key) for key in kept)
            with drawing.service.database.write() as unit:
                unit.remove(DIAGRAM_EXPORT_IMAGE, drawing.version_id, [done.id])
            time.sleep(pause.uniform(0, 0.1))
    finally:
        stop.set()
        thread.join()
    assert sum(swept) > 0


def test_kept_answers_go_when_their_time_has_come(world: World) -> None:
    now = datetime.now(UTC)
    with world.service.database.write() as unit:
        for name, end in (("old", now - SOON), ("young", now + SOON)):
            unit.add(KEPT_ANSWER, KeptAnswer(id=name, request_digest="d", created_at=now, delete_at=end))
    assert housekeeping._expired(world.service, KEPT_ANSWER, now) == 1
    with world.service.reading() as unit:
        assert [kept.id for kept in unit.every(KEPT_ANSWER, "")] == ["young"]


def test_the_log_stays_for_good_unless_a_time_is_set(drawing: World) -> None:
    drawing.object(name="A")
    with drawing.service.reading() as unit:
        before = len(unit.every(LOG_ENTRY, drawing.organization_id))
    assert housekeeping.clean(later(drawing, 4000)) == {}
    assert housekeeping.clean(later(drawing, 0, log=timedelta(days=1))) == {"log-entry": before}
    with drawing.service.reading() as unit:
        assert unit.every(LOG_ENTRY, drawing.organization_id) == []
        assert unit.having(LOG_ENTRY, drawing.organization_id, "touched", [drawing.root_id]) == []


def test_the_engines_notes_of_finished_jobs_go(drawing: World) -> None:
    jobs: Any = drawing.service.jobs
    record = exports.create(
        drawing.service, drawing.actor, drawing.path, diagram_of(drawing).id, DiagramExportImageOptions()
    )
    assert "job" not in housekeeping.clean(later(drawing, 400))
    assert jobs.status(record.id) == "waiting"
    jobs.cancel(record.id)
    found = housekeeping.clean(later(drawing, 400))
    assert found == {"job": 1}
    assert jobs.status(record.id) is None


def test_a_part_that_fails_keeps_no_other_from_being_done(drawing: World, tmp_path: Path) -> None:
    class Away:
        def __getattr__(self, name: str) -> Any:
            raise Busy("The file storage is not available; try again")

    exported(drawing, diagram_of(drawing))
    service = replace(later(drawing, 40), blobs=Away())
    with pytest.raises(Busy):
        housekeeping.clean(service)
    assert drawing.ids(DIAGRAM_EXPORT_IMAGE) == []
    assert os.listdir(tmp_path / "blobs" / "pictures") != []


def test_a_round_plans_the_next_one_once(drawing: World) -> None:
    jobs: Any = drawing.service.jobs
    noon = datetime(2026, 5, 29, 12, tzinfo=UTC)
    service = at(drawing, noon + SOON)
    housekeeping.carry_out(service, {"due": noon.isoformat()})
    housekeeping.plan(service)
    assert jobs.status(f"housekeeping-{int(noon.timestamp()) + 3600}") == "waiting"
    housekeeping.fail(service, {"due": (noon + timedelta(hours=1)).isoformat()}, "why")
    assert jobs.status(f"housekeeping-{int(noon.timestamp()) + 7200}") == "waiting"
    assert housekeeping.next_round(noon, timedelta(minutes=10)) == noon + timedelta(minutes=10)
    assert housekeeping.next_round(noon - SOON, timedelta(hours=1)) == noon
