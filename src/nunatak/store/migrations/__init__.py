"""The schema's history, and the way forwards through it."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from nunatak.core.errors import Busy
from nunatak.store.database import Database

if TYPE_CHECKING:  # its memory is a tenth of a server's, and most starts find nothing to do
    from alembic.config import Config

_LOCK = 0x6E756E6174  # any number that is ours: "nunat"


def migrate(database: Database, *, to: str = "head") -> str:
    """Brings the schema to a revision, under a lock, the newest if none is named; gives the newest. Raises Busy for a
    database that a newer program has changed: then start that program."""
    newest = head()
    if to == "head" and revision(database) == newest:
        return newest
    from alembic import command

    with as_file(files(__package__)) as folder, database.writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        _known(connection)
        command.upgrade(_config(str(folder), connection), to)
        return newest


def missing(database: Database) -> list[str]:
    """What `migrate` would do, a line a revision, oldest first. Raises Busy as `migrate` does."""
    from alembic.script import ScriptDirectory

    with as_file(files(__package__)) as folder, database.reader.connect() as connection:
        current = _known(connection)
        steps = ScriptDirectory.from_config(_config(str(folder), connection)).iterate_revisions(
            "head", current or "base"
        )
        return [f"{step.revision}: {(step.doc or '').strip()}" for step in reversed(list(steps))]


def head() -> str:
    """This program's revision."""
    return _revisions()[-1]


def revision(database: Database) -> str | None:
    """The revision the schema is at; None for an empty database."""
    with database.reader.connect() as connection:
        return _current(connection)


def _revisions() -> list[str]:
    """The revisions that this program knows, in their order: each is the number that its file's name begins with."""
    names = [found.name for found in (files(__package__) / "versions").iterdir()]
    return sorted(name.partition("_")[0] for name in names if name[:1].isdigit() and name.endswith(".py"))


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _known(connection: Connection) -> str | None:
    """The schema's revision; raises Busy for one that this program doesn't know."""
    current = _current(connection)
    if current is not None and current not in _revisions():
        raise Busy(
            f"The database is at revision {current}, which this program doesn't know: start a newer nunatak, or restore"
            " the backup that was made before the upgrade"
        )
    return current


def _config(folder: str, connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
