"""Fixtures of the whole suite: both databases, and a world on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nunatak.store.database import Database
from nunatak.store.migrations import migrate
from tests import make


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    from tests import postgres  # started only where a test needs it

    return postgres.database(request.node.name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database."""
    opened = Database(database_url, clock=make.Clock())
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def world(database: Database) -> make.World:
    """An organization with an empty landscape, on each engine."""
    return make.world(make.service(database))
