"""`nunatak backup`, `restore` and `move`: a whole installation into a file, out of one, and from place to place."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from time import time

from nunatak import __version__
from nunatak.cli.archive import FORMAT, End, Manifest, Reader, Writer
from nunatak.core.errors import Busy, Conflict, NotFound
from nunatak.jobs.life import others
from nunatak.jobs.notes import Queued
from nunatak.services import blob_names
from nunatak.settings import Settings, read_settings
from nunatak.store import dump
from nunatak.store.database import Database
from nunatak.store.dump import Connection
from nunatak.store.migrations import head, migrate
from nunatak.store.unit import Unit
from nunatak.wiring import Program, build, now
from nunatak.wiring.secret import path_of, read, secrets_of, text_of, write_private


def backup(settings: Settings, file: Path) -> None:
    """Writes one state of an installation into a file that its owner alone can read, while the server goes on. Raises
    NotFound where there is no installation."""
    program = existing(settings)
    with Writer(file) as archive, _state(program) as (connection, queued):
        made = now()
        archive.manifest(Manifest(format=FORMAT, program=__version__, revision=head(), made=made))
        archive.secret(text_of(secrets_of(settings)))
        counts = {t.name: archive.rows(t.name, dump.rows(connection, t)) for t in dump.tables(connection)}
        files = archive.blobs((key, data) for key, data in _blobs(program, connection))
        archive.jobs(queued())
        archive.end(End(rows=counts, blobs=files))
    program.stop()
    print(f"{file}: {sum(counts.values()):,} rows, {files:,} files, {file.stat().st_size:,} bytes")


def restore(settings: Settings, file: Path, *, replace: bool = False) -> None:
    """Makes an installation what a backup says. The rows and the waiting jobs come in one transaction, after the files;
    a backup of an older program is brought to this one's schema first. Raises Conflict for an installation that isn't
    empty, unless it is to be replaced, and Invalid for a file that isn't a whole backup."""
    with ExitStack() as stack:
        archive = stack.enter_context(Reader(file, known=head()))
        target = stack.enter_context(_opened(settings, archive.secret, replace=replace))
        stage = stack.enter_context(_stage(archive.manifest.revision))
        counts = {}
        with stage.writer.begin() as connection:
            there = {table.name: table for table in dump.tables(connection)}
            for name, rows in archive.tables():
                counts[name] = dump.fill(connection, there[name], rows)
        files = 0
        for key, data in archive.blobs():
            target.service.blobs.put(key, data)
            files += 1
        archive.complete(End(rows=counts, blobs=files))
        migrate(stage)
        with dump.snapshot(stage) as connection:
            _take(target, connection, archive.jobs)
    print(f"{file}: {sum(counts.values()):,} rows and {files:,} files of {archive.manifest.made:%Y-%m-%d %H:%M} UTC")


def move(source: Path, target: Path) -> None:
    """Copies an installation that nobody works on into an empty one, each a data folder or a file of settings, and
    compares rows and files. The source stays as it is. Raises Busy while either is at work."""
    there = _place(target)
    with ExitStack() as stack:
        old = stack.enter_context(still(existing(dataclasses.replace(_place(source), jobs="none"))))
        secret = text_of(secrets_of(old.settings))
        new = stack.enter_context(_opened(there, secret, replace=False))
        connection, queued = stack.enter_context(_state(old))
        keys = []
        for key, data in _blobs(old, connection):
            new.service.blobs.put(key, data)
            keys.append(key)
        counts = _take(new, connection, queued())
        with dump.snapshot(new.service.database) as made:
            wrong = [name for name, told in dump.digests(connection).items() if dump.digests(made)[name] != told]
        wrong += [key for key in keys if not new.service.blobs.exists(key)]
        if wrong:
            raise Conflict("The copy is not what it was copied from", tuple(wrong))
    print(f"{sum(counts.values()):,} rows and {len(keys):,} files are the same in both; serve from {target} now")


def _place(path: Path) -> Settings:
    return Settings(data=path) if path.is_dir() or not path.suffix else Settings.from_env(read_settings(path))


def existing(settings: Settings) -> Program:
    if settings.is_sqlite and not settings.database and not (settings.data / "nunatak.db").exists():
        raise NotFound(f"There is no database in {settings.data}")
    return build(settings)


@contextmanager
def still(program: Program) -> Iterator[Program]:
    """A program that nobody else works beside; raises Busy."""
    try:
        with program.jobs.held():
            if not program.settings.is_sqlite and others(program.settings.database_url):
                raise Busy("Servers or workers are at work on the database: stop them first")
            yield program
    finally:
        program.stop()


@contextmanager
def _opened(settings: Settings, secret: str, *, replace: bool) -> Iterator[Program]:
    """The installation that is to be filled, with the secret that its rows need."""
    path = path_of(settings)
    given = secrets_of(settings) if settings.secret or path.exists() else ()
    if given and given != read(secret, "the backup") and not replace:
        raise Conflict(f"The secret of {'NUNATAK_SECRET' if settings.secret else path} is another one's; expected none")
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    program = build(dataclasses.replace(settings, jobs="none", secret=secret))
    try:
        with program.jobs.held():
            with dump.snapshot(program.service.database) as connection:
                if not replace and not dump.is_empty(connection):
                    raise Conflict("The installation isn't empty; --replace deletes what is there")
            if not settings.secret:
                write_private(path, secret)
            yield program
    finally:
        program.stop()


@contextmanager
def _stage(revision: str) -> Iterator[Database]:
    """A database of its own at a backup's schema, for a while."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Database(f"sqlite:///{folder}/stage.db", clock=now)
        migrate(stage, to=revision)
        with stage.writer.begin() as connection:
            dump.empty(connection)
        yield stage
        stage.close()


@contextmanager
def _state(program: Program) -> Iterator[tuple[Connection, Callable[[], list[Queued]]]]:
    """One state of an installation's rows, and what gives the jobs that its records wait for."""
    since = now() - timedelta(seconds=5)
    before = program.jobs.waiting(since)
    with dump.snapshot(program.service.database) as connection:

        def queued() -> list[Queued]:
            """A job that came and ended meanwhile is done again, which has no effect."""
            found = {job.job_id: job for job in (*before, *program.jobs.waiting(since))}
            return list(found.values())

        yield connection, queued


def _blobs(program: Program, connection: Connection) -> Iterator[tuple[str, bytes]]:
    """The files, but for pictures that can be drawn again; what goes meanwhile is no longer needed."""
    named = blob_names.named(Unit(connection, position=0))
    for key in program.service.blobs.list(""):
        if key.startswith(f"{blob_names.PICTURES}/") and key not in named:
            continue
        try:
            yield key, program.service.blobs.get(key)
        except NotFound:
            continue


def _take(program: Program, source: Connection, queued: Iterable[Queued]) -> dict[str, int]:
    """Stores all rows and queues all jobs in one transaction, in the place of what is there."""
    with program.service.database.writer.begin() as connection:
        dump.empty(connection)
        counts = dump.copy(source, connection)
        for job in queued:
            delay = max(0.0, (job.due or 0) - time())
            program.jobs.enqueue(connection, job.kind, job.payload, job_id=job.job_id, delay_seconds=delay)
        return counts
