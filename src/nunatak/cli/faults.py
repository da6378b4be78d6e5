"""What commands say of faults that lie around the program: a database that is away, a folder that can't be written."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from nunatak.core.errors import Refusal


def words(error: BaseException) -> str | None:
    """The fault in one line, or None for one that is the program's own and needs its traceback."""
    if isinstance(error, OperationalError):
        return f"The database can't be used: {cause(error)}"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return None


def cause(error: BaseException) -> str:
    """What the database's driver says, in its first line; of a refusal also what led to it."""
    if isinstance(error, OperationalError):
        return str(error.orig).strip().partition("\n")[0]
    if isinstance(error, Refusal) and isinstance(error.__cause__, OperationalError):
        return f"{error} ({cause(error.__cause__)})"
    return str(error)
