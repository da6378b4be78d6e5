"""`nunatak backup`, `restore` and `move`: from either engine to either, with nothing lost and no job forgotten."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from nunatak.cli import backup
from nunatak.core.access import Actor
from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import Busy, Conflict, Invalid
from nunatak.core.kinds import DIAGRAM, DIAGRAM_EXPORT_IMAGE, LANDSCAPE
from nunatak.exchange import native
from nunatak.services import exports, keys, landscapes, setup
from nunatak.services.places import Path as Where
from nunatak.settings import Settings
from nunatak.store import dump
from nunatak.wiring import Program, build
from tests import postgres
from tests.blobs.test_blobs import make_bucket, s3_url

KINDS = ("sqlite", "postgresql")


def settings_of(engine: str, folder: Path, **more: Any) -> Settings:
    database = "" if engine == "sqlite" else postgres.database()
    return Settings(data=folder, database=database, jobs="none", **more)


class Filled:
    """An installation with the sample, a key, an export that is done and one whose job waits."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        program = build(settings)
        program.jobs.start()  # makes the engine's tables
        sample = native.read(files("nunatak.exchange").joinpath("sample.json").read_bytes())
        first = setup.begin(program.service, sample)
        assert first is not None
        self.credentials, self.first = first.credentials, first
        self.actor = keys.authenticate(program.service, first.credentials)
        self.where = Where(landscape_id=first.landscape_id, version_id="latest")
        self.done, self.waiting = (
            exports.create(program.service, self.actor, self.where, first.diagram_id, DiagramExportImageOptions())
            for _ in range(2)
        )
        program.service.blobs.put("files/a-drawing", os.urandom(100_000))
        program.service.blobs.put("pictures/can-be-drawn-again.svg", b"<svg/>")
        program.stop()


@pytest.fixture(params=KINDS)
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Filled:
    return Filled(settings_of(request.param, tmp_path / "here"))


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return settings_of(request.param, tmp_path / "there")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


def contents(settings: Settings) -> tuple[Any, Any]:
    """Digests of all rows, and all files."""
    program = build(settings)
    with dump.snapshot(program.service.database) as connection:
        rows = dump.digests(connection)
    found = {key: program.service.blobs.get(key) for key in program.service.blobs.list("")}
    program.stop()
    return rows, found


def opened(settings: Settings) -> Program:
    return build(settings)


def test_a_backup_restores_rows_files_keys_and_waiting_jobs_on_either_engine(
    filled: Filled, empty: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar.gz"
    backup.backup(filled.settings, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    backup.restore(empty, file)
    rows, found = contents(filled.settings)
    found.pop("pictures/can-be-drawn-again.svg")
    assert contents(empty) == (rows, found)
    assert sum(count for count, _ in rows.values()) > 50
    program = build(empty)
    actor: Actor = keys.authenticate(program.service, filled.credentials)
    assert actor.permissions == filled.actor.permissions
    assert {program.jobs.status(each.id) for each in (filled.done, filled.waiting)} == {"waiting"}
    program.stop()


def test_a_backup_that_is_made_while_a_server_writes_is_one_state(filled: Filled, tmp_path: Path) -> None:
    """Each write makes a landscape with its version and root object, all or nothing."""
    program, stop = build(filled.settings), threading.Event()
    names: list[str] = []

    def write() -> None:
        organization = filled.first.organization_id
        while not stop.is_set():
            landscapes.create(program.service, filled.actor, organization, {"name": f"L{len(names)}"})
            names.append(f"L{len(names)}")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        backup.backup(filled.settings, tmp_path / "b.tar.gz")
    finally:
        stop.set()
        thread.join()
    restored = settings_of("sqlite", tmp_path / "restored")
    backup.restore(restored, tmp_path / "b.tar.gz")
    copy = build(restored)
    with copy.service.reading() as unit:
        made = [land.name for land in unit.every(LANDSCAPE, None)][1:]
        assert made == names[: len(made)]
        for land in unit.every(LANDSCAPE, None):
            assert landscapes.get(copy.service, filled.actor, land.id).id == land.id
    for each in (copy, program):
        each.stop()


def test_what_is_there_is_replaced_only_when_that_is_said(filled: Filled, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    backup.backup(filled.settings, file)
    before = contents(filled.settings)
    program = build(filled.settings)
    landscapes.create(program.service, filled.actor, filled.first.organization_id, {"name": "Later"})
    program.stop()
    with pytest.raises(Conflict, match="isn't empty"):
        backup.restore(filled.settings, file)
    backup.restore(filled.settings, file, replace=True)
    assert contents(filled.settings) == before


@pytest.mark.parametrize("left", [0.2, 0.9, 0.999])
def test_half_a_backup_restores_nothing(tmp_path: Path, left: float) -> None:
    whole = Filled(settings_of("sqlite", tmp_path / "here"))
    file, half = tmp_path / "b.tar.gz", tmp_path / "half.tar.gz"
    backup.backup(whole.settings, file)
    half.write_bytes(file.read_bytes()[: int(file.stat().st_size * left)])
    target = settings_of("sqlite", tmp_path / "there")
    with pytest.raises(Invalid, match="no whole backup"):
        backup.restore(target, half)
    assert all(count == 0 for count, _ in contents(target)[0].values())


def test_a_server_on_a_sqlite_file_keeps_a_restore_out_of_it(tmp_path: Path) -> None:
    whole = Filled(settings_of("sqlite", tmp_path / "here"))
    backup.backup(whole.settings, tmp_path / "b.tar.gz")
    serving = build(whole.settings)
    serving.jobs.start()
    with pytest.raises(Busy, match="Another server works with"):
        backup.restore(whole.settings, tmp_path / "b.tar.gz", replace=True)
    serving.stop()


def test_a_move_to_postgresql_and_s3_and_back_loses_nothing(tmp_path: Path, s3: str) -> None:
    here = Filled(settings_of("sqlite", tmp_path / "here"))
    make_bucket(s3, "moved")
    there, file, back = tmp_path / "there", tmp_path / "there.env", tmp_path / "back"
    variables = {"NUNATAK_DATA": there, "NUNATAK_DATABASE": postgres.database(), "NUNATAK_BLOBS": s3_url(s3, "moved")}
    file.write_text("# there\n" + "".join(f"{name}={value}\n" for name, value in variables.items()))
    before = contents(here.settings)
    before[1].pop("pictures/can-be-drawn-again.svg")
    backup.move(tmp_path / "here", file)
    backup.move(file, back)
    assert contents(Settings(data=back)) == before
    program = build(Settings(data=back, jobs="all"))
    program.start()
    try:
        program.jobs.status(here.waiting.id)
        for each in (here.done, here.waiting):
            until_done(program, each.id)
        with program.service.reading() as unit:
            ended = unit.every(DIAGRAM_EXPORT_IMAGE, None)
            assert len(unit.every(DIAGRAM, None)) > 0
        assert all(each.error is None and program.service.blobs.exists(each.file_urls.png) for each in ended)
    finally:
        program.stop()


def until_done(program: Program, job_id: str) -> None:
    from tests.jobs.test_engine import until

    until(lambda: program.jobs.status(job_id) == "done", 60)


def test_a_move_into_what_is_not_empty_or_from_what_is_at_work_is_refused(tmp_path: Path) -> None:
    one, other = (Filled(settings_of("sqlite", tmp_path / name)) for name in ("one", "other"))
    with pytest.raises(Conflict):
        backup.move(tmp_path / "one", tmp_path / "other")
    serving = build(replace(one.settings))
    serving.jobs.start()
    with pytest.raises(Busy):
        backup.move(tmp_path / "one", tmp_path / "new")
    serving.stop()
    assert other.settings.data.exists()
