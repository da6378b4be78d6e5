"""Processes know of each other by the locks they hold: the dead lose theirs, the living hold on to theirs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy

from nunatak.core.errors import Busy
from nunatak.jobs.life import Life, Patience
from tests import postgres
from tests.jobs.test_engine import until

QUICK = Patience(look=0.05, others=0.5, own=0.5)


class Engine:
    """Some lives, what they find of jobs in hand, and what they give back."""

    def __init__(self) -> None:
        self.url = postgres.database()
        self.database = sqlalchemy.create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
        self.pending: set[str] = set()
        self.given_back: list[str] = []
        self.fenced: list[int] = []
        self.lives: list[Life] = []

    def life(self, name: str, *, busy: bool = True) -> Life:
        made = Life(
            self.url,
            name,
            pending=lambda: self.pending,
            give_back=self.give_back,
            busy=lambda: busy,
            fence=self.fenced.append,
            patience=QUICK,
        )
        self.lives.append(made)
        return made

    def give_back(self, name: str) -> None:
        self.given_back.append(name)
        self.pending.discard(name)

    def run(self, statement: str) -> object:
        with self.database.connect() as connection:
            return connection.execute(sqlalchemy.text(statement)).scalar()

    def cut(self) -> None:
        """Ends the lines of all lives."""
        self.run("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name='nunatak-life'")


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    for life in made.lives:
        life.end()


def stays(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert true()
        time.sleep(0.02)


def test_the_jobs_of_the_living_stay_theirs_and_those_of_the_dead_are_given_back_once(engine: Engine) -> None:
    one, other = engine.life("one"), engine.life("other")
    one.begin()
    other.begin()
    engine.pending = {"one", "other"}
    stays(lambda: engine.given_back == [], 0.5)
    one.end()
    until(lambda: engine.given_back == ["one"])
    engine.pending.add("never-seen")
    until(lambda: engine.given_back == ["one", "never-seen"])
    assert engine.fenced == []


def test_a_name_belongs_to_one_process_at_a_time(engine: Engine) -> None:
    one, same = engine.life("one"), engine.life("one")
    one.begin()
    with pytest.raises(Busy, match="Another process works as one"):
        same.begin()
    one.end()
    same.begin()


def test_a_cut_line_is_taken_up_again_before_anybody_judges(engine: Engine) -> None:
    for name in ("one", "other"):
        engine.life(name).begin()
    engine.pending = {"one", "other"}
    for _ in range(3):
        engine.cut()
        stays(lambda: engine.given_back == [], 0.4)
    stays(lambda: (engine.given_back, engine.fenced) == ([], []), 1)


@pytest.mark.parametrize("busy", [True, False])
def test_a_process_that_cannot_hold_its_lock_ends_itself_if_it_has_jobs_in_hand(engine: Engine, busy: bool) -> None:
    engine.life("one", busy=busy).begin()
    with engine.database.connect() as thief:
        engine.cut()
        taking = sqlalchemy.text("SELECT pg_advisory_lock(hashtextextended('nunatak-executor:one', 0))")
        thief.execute(taking)
        if busy:
            until(lambda: engine.fenced[:1] == [75])
        else:
            stays(lambda: engine.fenced == [], 1.5)
