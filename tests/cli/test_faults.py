"""What commands say of faults that lie around the program."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from nunatak.cli.faults import cause, words
from nunatak.core.errors import Busy

LOST = OperationalError("SELECT 1", {}, Exception("connection failed: Connection refused\n\tIs it running?"))


def test_a_database_that_is_away_is_told_in_one_line_of_its_driver() -> None:
    assert words(LOST) == "The database can't be used: connection failed: Connection refused"


def test_a_file_that_cannot_be_written_is_named() -> None:
    assert words(PermissionError(13, "Permission denied", "out/x.svg")) == "out/x.svg: Permission denied"


def test_a_fault_of_the_program_s_own_has_no_words() -> None:
    assert words(KeyError("x")) is None
    assert words(OSError("no file")) is None


def test_a_refusal_is_told_with_what_the_driver_said() -> None:
    refusal = Busy("The database is not available; try again")
    refusal.__cause__ = LOST
    assert cause(refusal) == "The database is not available; try again (connection failed: Connection refused)"
    assert cause(Busy("Full")) == "Full"
