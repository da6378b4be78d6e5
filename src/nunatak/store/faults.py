"""What a database that is away says of it, for whoever has to mend it."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError


def driver_words(error: BaseException | None) -> str | None:
    """The first line of the driver's words, which hold no password; None for what is no fault of the database."""
    return str(error.orig).strip().partition("\n")[0] if isinstance(error, OperationalError) else None
