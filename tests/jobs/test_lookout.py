"""The look-out wakes the thread of a queue that holds a job, and no other, and rests while nothing waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from nunatak.jobs.lookout import Bell, Lookout
from tests.jobs.test_engine import until

QUEUES = {"render-image": 4, "deliver-webhook": 1}


class Engine:
    """The engine's table, and its threads as far as the look-out knows them: each counts the looks it is woken for."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.database = sqlalchemy.create_engine(f"sqlite:///{folder / 'jobs.db'}")
        self.run("CREATE TABLE workflow_status (queue_name TEXT, status TEXT)")
        self.lookout = Lookout(self.database, queues=QUEUES, seconds=seconds)

    def run(self, statement: str) -> None:
        with self.database.begin() as connection:
            connection.execute(sqlalchemy.text(statement))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = Engine(tmp_path, seconds=0.05)
    yield made
    made.database.dispose()


def rung(bell: Bell) -> bool:
    return bell._rung.is_set()


def test_the_bell_of_a_queue_with_a_job_rings_and_no_other(engine: Engine) -> None:
    lookout = engine.lookout
    engine.run("INSERT INTO workflow_status VALUES ('render-image', 'ENQUEUED'), ('deliver-webhook', 'PENDING')")
    engine.run("INSERT INTO workflow_status VALUES ('of-another-program', 'ENQUEUED')")
    lookout._ring()
    assert {kind: rung(bell) for kind, bell in lookout._bells.items()} == {
        "render-image": True,
        "deliver-webhook": False,
    }


def test_a_nudge_finds_a_job_long_before_the_next_look(tmp_path: Path) -> None:
    engine = Engine(tmp_path, seconds=30)
    engine.lookout._start("test", engine.lookout._look_out)
    time.sleep(0.3)  # the first looks are over
    engine.lookout.nudge()
    engine.run("INSERT INTO workflow_status VALUES ('render-image', 'ENQUEUED')")
    until(lambda: rung(engine.lookout._bells["render-image"]), 5)
    engine.lookout.end()


def test_a_table_that_is_away_is_looked_for_again(engine: Engine) -> None:
    engine.run("ALTER TABLE workflow_status RENAME TO gone")
    engine.lookout._start("test", engine.lookout._look_out)
    time.sleep(0.2)
    engine.run("INSERT INTO gone VALUES ('render-image', 'ENQUEUED')")
    engine.run("ALTER TABLE gone RENAME TO workflow_status")
    until(lambda: rung(engine.lookout._bells["render-image"]), 5)
    engine.lookout.end()


def test_a_bell_that_stops_lets_its_thread_go_at_once() -> None:
    bell, told = Bell(), list[bool]()
    thread = threading.Thread(target=lambda: told.append(bell.wait(1.0)))
    thread.start()
    bell.ring()
    thread.join(5)
    assert told == [False]
    bell.stop()
    assert bell.wait(1.0)
    assert bell.is_set()
