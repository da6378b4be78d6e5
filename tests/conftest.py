"""Fixtures of the whole suite: both databases, and a world on each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from tests import make

# The same examples in each run: what fails, fails for everybody. `bench/fuzz.py` tries others.
settings.register_profile("suite", derandomize=True, print_blob=True)
settings.load_profile("suite")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine, once."""
    return str(request.param)


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each engine."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    from tests import postgres  # started only where a test needs it

    return postgres.database(request.node.name)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, to be copied: migrating takes five times as long."""
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def database(engine: str, tmp_path: Path, migrated: Path) -> Iterator[Database]:
    """A migrated, empty database."""
    if engine == "sqlite":
        shutil.copy(migrated, tmp_path / "test.db")
        url = f"sqlite:///{tmp_path / 'test.db'}"
    else:
        from tests import postgres

        url = postgres.emptied("migrated", _migrate)
    opened = Database(url, clock=make.Clock())
    yield opened
    opened.close()


def _migrate(url: str) -> None:
    database = Database(url, clock=make.Clock())
    migrate(database)
    database.close()


@pytest.fixture
def world(database: Database) -> make.World:
    """An organization with an empty landscape, on each engine."""
    return make.world(make.service(database))
