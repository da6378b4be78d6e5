"""What commands say of faults that lie around the program: a database that is away, a folder that can't be written."""

from __future__ import annotations

from nunatak.store.faults import driver_words


def words(error: BaseException) -> str | None:
    """The fault in one line, or None for one that is the program's own and needs its traceback."""
    if away := driver_words(error):
        return f"The database can't be used: {away}"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return None


def cause(error: BaseException) -> str:
    """A refusal's words, with those of the database that led to it."""
    away = driver_words(error.__cause__)
    return f"{error} ({away})" if away else str(error)
