"""What a database that is away says of it."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from nunatak.store.faults import driver_words


def test_the_driver_s_first_line_is_told_and_not_the_statement() -> None:
    lost = OperationalError("SELECT 1", {}, Exception("connection failed: Connection refused\n\tIs it running?"))
    assert driver_words(lost) == "connection failed: Connection refused"


def test_other_faults_are_none_of_the_database() -> None:
    assert driver_words(KeyError("x")) is None
    assert driver_words(None) is None
