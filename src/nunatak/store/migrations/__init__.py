"""The schema's history, and the way forwards through it."""

from __future__ import annotations

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from nunatak.core.errors import Busy
from nunatak.store.database import Database

_LOCK = 0x6E756E6174  # any number that is ours: "nunat"


def migrate(database: Database, *, to: str = "head") -> str:
    """Brings the schema to a revision, under a lock, the newest if none is named; gives the newest. Raises Busy for a
    database that a newer program has changed: then start that program."""
    with as_file(files(__package__)) as folder, database.writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = _config(str(folder), connection)
        head = _known(config, connection)
        command.upgrade(config, to)
        return head


def missing(database: Database) -> list[str]:
    """What `migrate` would do, a line a revision, oldest first. Raises Busy as `migrate` does."""
    with as_file(files(__package__)) as folder, database.reader.connect() as connection:
        config = _config(str(folder), connection)
        _known(config, connection)
        current = MigrationContext.configure(connection).get_current_revision()
        steps = ScriptDirectory.from_config(config).iterate_revisions("head", current or "base")
        return [f"{step.revision}: {(step.doc or '').strip()}" for step in reversed(list(steps))]


def head() -> str:
    """This program's revision."""
    with as_file(files(__package__)) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        return str(ScriptDirectory.from_config(config).get_current_head())


def revision(database: Database) -> str | None:
    """The revision the schema is at; None for an empty database."""
    with database.reader.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config(folder: str, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _known(config: Config, connection: Connection) -> str:
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise Busy(f"The database is at revision {current}, which this program doesn't know: start a newer nunatak")
    return str(scripts.get_current_head())
