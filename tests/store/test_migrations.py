"""Migrations: forwards on both engines, and no further than this program knows."""

from importlib.resources import files

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from nunatak.core.errors import Busy
from nunatak.core.kinds import ORGANIZATION
from nunatak.store.database import Database
from nunatak.store.migrations import head, migrate, revision
from nunatak.store.tables import METADATA
from tests import make


def test_migrating_makes_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.reader.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    # An index of PostgreSQL takes no name of 4,000 characters, so names have theirs on SQLite alone.
    on_names = [each for each in differences if each[0] == "add_index" and each[1].name.endswith("__name")]
    assert len(on_names) == (0 if database.is_sqlite else 4)
    assert [each for each in differences if each not in on_names] == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    before = revision(database)
    assert migrate(database) == before == revision(database)


def test_the_newest_revision_is_the_end_of_one_line_of_steps(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(files("nunatak.store.migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [head()] == [revision(database)]


def test_an_empty_database_has_no_revision(database_url: str) -> None:
    empty = Database(database_url, clock=make.Clock())
    assert revision(empty) is None
    empty.close()


def test_a_schema_from_the_future_is_refused_in_words(database_url: str) -> None:
    database = Database(database_url, clock=make.Clock())
    migrate(database)
    with database.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Busy, match="9999, which this program doesn't know: start a newer nunatak"):
        migrate(database)
    database.close()


def test_organizations_of_before_are_found_by_their_users(database_url: str) -> None:
    database = Database(database_url, clock=make.Clock())
    migrate(database, to="0003")
    body = '{"id":"o","userIds":["ann","bob","ann"]}'
    with database.writer.begin() as connection:
        row = {"scope": "", "id": "o", "body": body}
        connection.execute(
            text(
                "INSERT INTO organization (scope_id, id, landscape_id, handle_id, position, body)"
                " VALUES (:scope, :id, '', :id, 1, :body)"
            ),
            row,
        )
    migrate(database)
    with database.read() as unit:
        assert unit.having(ORGANIZATION, "", "user_ids", ["ann", "bob", "eve"]) == [("ann", "o"), ("bob", "o")]
    database.close()
