"""The database: whole transactions, one writer at a time, refusals in the product's words."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from nunatak.core.change import Change
from nunatak.core.errors import Busy, Conflict
from nunatak.core.kinds import ORGANIZATION
from nunatak.services import keys
from nunatak.services.changes import Ledger
from nunatak.store.database import Database, Joined, undone
from nunatak.store.unit import Unit
from tests import make, postgres


def organization(unit: Unit, id_: str, name: str = "n") -> None:
    ledger = Ledger(unit, keys.operator([id_]), now=make.Clock())
    ledger.found(Change(verb="create", kind=ORGANIZATION.name, id=id_, values={"name": name}), {})


def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    def failing() -> None:
        with database.write() as unit:
            organization(unit, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    with database.read() as unit:
        assert unit.find(ORGANIZATION, "a") is None


def test_the_same_id_twice_is_a_conflict(database: Database) -> None:
    with database.write() as unit:
        organization(unit, "a")
    with pytest.raises(Conflict), database.write() as unit:
        organization(unit, "a")


def test_writers_that_read_and_then_write_lose_no_update(database: Database) -> None:
    with database.write() as unit:
        organization(unit, "a", "0")

    def grow() -> None:
        for _ in range(10):
            with database.write() as unit:
                unit.lock("a")
                before = unit.get(ORGANIZATION, "a")
                change = Change(
                    verb="update", kind=ORGANIZATION.name, id="a", values={"name": str(int(before.name) + 1)}
                )
                Ledger(unit, keys.operator(["a"]), now=make.Clock()).found(change)

    threads = [threading.Thread(target=grow) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as unit:
        assert unit.get(ORGANIZATION, "a").name == "50"


def test_a_reader_sees_the_last_commit_while_a_writer_works(database: Database) -> None:
    with database.write() as unit:
        organization(unit, "a")
        with database.read() as other:
            assert other.find(ORGANIZATION, "a") is None
    with database.read() as other:
        assert other.find(ORGANIZATION, "a") is not None


def twice(database: Database, id_: str) -> None:
    with database.write() as unit:
        organization(unit, id_)
        organization(unit, id_)


def test_a_joined_database_is_one_transaction_in_which_a_write_can_fail_alone(database: Database) -> None:
    with database.write() as whole:
        joined = Joined(database, whole)
        with joined.write() as unit:
            organization(unit, "a")
        with pytest.raises(Conflict):
            twice(joined, "b")
        with joined.read() as unit:
            assert (unit.find(ORGANIZATION, "a") is None, unit.find(ORGANIZATION, "b")) == (False, None)
        with database.read() as other:
            assert other.find(ORGANIZATION, "a") is None
    with database.read() as unit:
        assert [each.id for each in unit.every(ORGANIZATION, None)] == ["a"]


def test_a_database_that_is_not_there_is_said_to_be_busy(tmp_path: Path) -> None:
    gone = Database(f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.db'}", clock=make.Clock())
    with pytest.raises(Busy, match="not available"):
        gone.check()


def cut_between_two_reads(database: Database) -> None:
    with database.read() as unit:
        mine = unit.connection.scalar(text("SELECT pg_backend_pid()"))
        with database.reader.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
        unit.find(ORGANIZATION, "a")


def test_a_connection_that_is_cut_is_said_to_be_away_and_the_next_is_a_new_one() -> None:
    database = Database(postgres.database(), clock=make.Clock())
    with pytest.raises(Busy, match="not available"):
        cut_between_two_reads(database)
    database.check()
    database.close()


def test_a_trial_sees_what_it_writes_and_leaves_nothing(database: Database) -> None:
    with database.trial() as unit:
        organization(unit, "a")
        assert unit.get(ORGANIZATION, "a").name == "n"
        with database.read() as other:
            assert other.find(ORGANIZATION, "a") is None
    with database.write() as unit:
        assert unit.find(ORGANIZATION, "a") is None


def test_what_is_undone_is_gone_and_the_unit_goes_on(database: Database) -> None:
    with database.write() as unit:
        organization(unit, "kept")
        with undone(unit):
            organization(unit, "tried")
            assert unit.get(ORGANIZATION, "tried")
        assert unit.find(ORGANIZATION, "tried") is None
        organization(unit, "after")
    with database.read() as unit:
        assert [one.id for one in unit.every(ORGANIZATION, None)] == ["kept", "after"]


def test_a_trial_within_a_joined_unit_is_undone_alone(database: Database) -> None:
    with database.write() as unit:
        organization(unit, "kept")
        with Joined(database, unit).trial() as trial:
            organization(trial, "tried")
    with database.read() as unit:
        assert [one.id for one in unit.every(ORGANIZATION, None)] == ["kept"]
