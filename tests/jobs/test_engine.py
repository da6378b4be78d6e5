"""Jobs are queued with the work they belong to, done, and done again after a crash: on both databases."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from nunatak.core.errors import Busy, Invalid
from nunatak.jobs.engine import Jobs
from nunatak.jobs.pool import WorkerDied

KIND = "render-image"


class Works:
    """An engine on a database, with a handler that can be told what to do and remembers what it was given."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seen: list[Any] = []
        self.told: list[tuple[Any, str]] = []
        self.does: Callable[[Any], None] = lambda payload: None
        self.tells: Callable[[], None] = lambda: None
        self.database = sqlalchemy.create_engine(url)
        self.jobs = self.engine()

    def engine(self) -> Jobs:
        return Jobs(
            database_url=self.url,
            handlers={KIND: self.handle},
            failures={KIND: self.fail},
            concurrency={KIND: 4},
            poll_seconds=0.02,
        )

    def handle(self, payload: Any) -> None:
        self.seen.append(payload)
        self.does(payload)

    def fail(self, payload: Any, error: BaseException) -> None:
        self.tells()
        self.told.append((payload, str(error)))

    def enqueue(self, job_id: str, **payload: Any) -> None:
        with self.database.begin() as connection:
            self.jobs.enqueue(connection, KIND, payload, job_id=job_id)

    def ends(self, job_id: str) -> str | None:
        until(lambda: self.jobs.status(job_id) in ("done", "failed", "cancelled"))
        return self.jobs.status(job_id)


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


@pytest.fixture
def works(database_url: str) -> Iterator[Works]:
    works = Works(database_url)
    works.jobs.start()
    yield works
    works.jobs.stop(5)
    works.database.dispose()


def test_a_job_is_done_with_the_payload_it_was_given(works: Works) -> None:
    works.enqueue("job-1", exportId="äöü", many=[1, None, {"a": 1.5}])
    assert works.ends("job-1") == "done"
    assert works.seen == [{"exportId": "äöü", "many": [1, None, {"a": 1.5}]}]
    assert works.told == []


def test_a_job_is_there_with_its_transaction_or_not_at_all(works: Works) -> None:
    with works.database.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE work (id VARCHAR(20))"))
    with works.database.connect() as connection, connection.begin() as transaction:
        connection.execute(sqlalchemy.text("INSERT INTO work VALUES ('lost')"))
        works.jobs.enqueue(connection, KIND, {"id": "lost"}, job_id="lost")
        transaction.rollback()
    with works.database.begin() as connection:
        connection.execute(sqlalchemy.text("INSERT INTO work VALUES ('kept')"))
        works.jobs.enqueue(connection, KIND, {"id": "kept"}, job_id="kept")
        time.sleep(0.2)
        assert works.seen == []  # not before it is committed
    assert works.ends("kept") == "done"
    assert works.jobs.status("lost") is None
    assert works.seen == [{"id": "kept"}]
    with works.database.connect() as connection:
        assert connection.execute(sqlalchemy.text("SELECT id FROM work")).scalars().all() == ["kept"]


def test_the_same_job_twice_is_done_once(works: Works) -> None:
    works.enqueue("twice", n=1)
    works.enqueue("twice", n=1)
    assert works.ends("twice") == "done"
    works.enqueue("twice", n=1)
    works.enqueue("after")
    assert works.ends("after") == "done"
    assert works.seen == [{"n": 1}, {}]


def test_a_job_with_a_delay_waits_for_its_time(works: Works) -> None:
    with works.database.begin() as connection:
        works.jobs.enqueue(connection, KIND, {"n": 1}, job_id="later", delay_seconds=3600)
        works.jobs.enqueue(connection, KIND, {"n": 2}, job_id="soon", delay_seconds=0.5)
    assert works.ends("soon") == "done"
    assert works.jobs.status("later") == "waiting"
    assert works.seen == [{"n": 2}]


def test_a_failure_is_told_once_and_the_next_job_is_done(works: Works, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(payload: Any) -> None:
        if payload["n"] == 1:
            raise Invalid("this picture can't be drawn")

    works.does = refuse
    works.enqueue("bad", n=1)
    works.enqueue("good", n=2)
    assert (works.ends("bad"), works.ends("good")) == ("failed", "done")
    assert works.told == [({"n": 1}, "this picture can't be drawn")]
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [line.getMessage() for line in lines] == ["job render-image bad failed: this picture can't be drawn"]


@pytest.mark.parametrize("passing", [Busy("the storage is away"), WorkerDied("killed")])
def test_what_may_pass_is_tried_again(works: Works, passing: Exception) -> None:
    def at_first(payload: Any) -> None:
        if len(works.seen) < 2:
            raise passing

    works.does = at_first
    works.enqueue("job")
    assert works.ends("job") == "done"
    assert (len(works.seen), works.told) == (2, [])


def test_what_does_not_pass_fails_in_the_end(works: Works) -> None:
    def always(payload: Any) -> None:
        raise WorkerDied("it ended by signal 11")

    works.does = always
    works.enqueue("job", n=3)
    assert works.ends("job") == "failed"
    assert len(works.seen) == 3
    assert works.told == [({"n": 3}, "it ended by signal 11")]


def test_a_failure_that_cannot_be_told_stops_nothing(works: Works) -> None:
    def broken(*_: Any) -> None:
        raise KeyError("gone")

    works.does = works.tells = broken
    works.enqueue("bad")
    assert works.ends("bad") == "failed"
    works.does = lambda payload: None
    works.enqueue("good")
    assert works.ends("good") == "done"


def test_no_more_jobs_run_at_once_than_their_kind_may(works: Works) -> None:
    lock, now, most = threading.Lock(), [0], [0]

    def count(payload: Any) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with lock:
            now[0] -= 1

    works.does = count
    for n in range(12):
        works.enqueue(f"job-{n}")
    assert {works.ends(f"job-{n}") for n in range(12)} == {"done"}
    assert most[0] == 4


def test_a_cancelled_job_is_not_begun(works: Works) -> None:
    hold = threading.Event()
    works.does = lambda payload: hold.wait(10)
    for n in range(4):
        works.enqueue(f"job-{n}")
    until(lambda: len(works.seen) == 4)
    works.enqueue("waits")
    assert works.jobs.status("waits") == "waiting"
    works.jobs.cancel("waits")
    hold.set()
    assert works.ends("job-0") == "done"
    assert works.jobs.status("waits") == "cancelled"
    time.sleep(0.1)
    assert len(works.seen) == 4


def test_an_unknown_kind_is_refused_where_it_is_queued(works: Works) -> None:
    with works.database.begin() as connection, pytest.raises(ValueError, match="colour"):
        works.jobs.enqueue(connection, "colour", {}, job_id="x")


def test_an_engine_that_does_not_run_is_not_ready(works: Works) -> None:
    works.jobs.check()
    works.jobs.stop(1)
    with pytest.raises(Busy):
        works.jobs.check()


def test_stop_lets_the_job_in_hand_end_and_leaves_the_rest_for_the_next_start(works: Works) -> None:
    begun, hold = threading.Event(), threading.Event()

    def wait(payload: Any) -> None:
        begun.set()
        hold.wait(10)

    works.does = wait
    for n in range(6):  # four at once
        works.enqueue(f"job-{n}")
    until(lambda: len(works.seen) == 4)
    stopping = threading.Thread(target=works.jobs.stop, args=(10,))
    stopping.start()
    time.sleep(0.1)
    hold.set()
    stopping.join()
    assert len(works.seen) == 4
    works.jobs = works.engine()
    works.jobs.start()
    assert {works.ends(f"job-{n}") for n in range(6)} == {"done"}
    assert len(works.seen) == 6  # none of the four was begun again
    assert works.told == []


def test_a_job_that_outlasts_the_stop_has_not_failed_and_is_done_after_the_next_start(works: Works) -> None:
    ended = threading.Event()

    def outlast(payload: Any) -> None:
        ended.wait(10)
        raise WorkerDied("the pool was stopped")

    works.does = outlast
    works.enqueue("long", n=1)
    until(lambda: works.seen == [{"n": 1}])
    works.jobs.stop(0.1)
    ended.set()
    works.does = lambda payload: None
    works.jobs = works.engine()
    works.jobs.start()
    assert works.ends("long") == "done"
    assert works.seen == [{"n": 1}, {"n": 1}]
    assert works.told == []


def test_work_that_can_be_cut_is_cut_soon_and_is_done_after_the_next_start(works: Works) -> None:
    gone = threading.Event()

    def cut_off(payload: Any) -> None:
        gone.wait(10)
        raise WorkerDied("the pool was stopped")

    works.does = cut_off
    works.enqueue("page", n=1)
    until(lambda: works.seen == [{"n": 1}])
    start = time.monotonic()
    works.jobs.stop(30, cut=gone.set)
    assert time.monotonic() - start < 3
    works.does = lambda payload: None
    works.jobs = works.engine()
    works.jobs.start()
    assert works.ends("page") == "done"
    assert works.told == []


def test_a_job_that_ends_soon_is_not_cut(works: Works) -> None:
    cuts = []
    works.does = lambda payload: time.sleep(0.1)
    works.enqueue("short")
    until(lambda: works.seen == [{}])
    works.jobs.stop(30, cut=lambda: cuts.append(1))
    assert cuts == []
    works.jobs = works.engine()
    works.jobs.start()
    assert works.ends("short") == "done"


def test_an_idle_engine_stops_at_once(works: Works) -> None:
    start = time.monotonic()
    works.jobs.stop(30)
    assert time.monotonic() - start < 2


def test_a_payload_is_stored_as_json_and_not_as_a_pickle(works: Works) -> None:
    works.enqueue("job", secret="word")
    works.ends("job")
    table = "workflow_input" if works.url.startswith("sqlite") else "dbos.workflow_input"
    with works.database.connect() as connection:
        stored = connection.execute(sqlalchemy.text(f"SELECT inputs FROM {table}")).scalar_one()
    assert json.loads(stored)["positionalArgs"] == [KIND, {"secret": "word"}]


def test_nothing_of_the_library_reaches_the_console(works: Works, capfd: pytest.CaptureFixture[str]) -> None:
    works.enqueue("job")
    works.ends("job")
    works.jobs.stop(5)
    assert capfd.readouterr() == ("", "")


def test_a_second_server_on_the_same_sqlite_file_is_refused(tmp_path: Path) -> None:
    first = Works(f"sqlite:///{tmp_path / 'one.db'}")
    first.jobs.start()
    second = first.engine()
    with pytest.raises(Busy, match="Another server"):
        second.start()
    first.enqueue("job")
    assert first.ends("job") == "done"
    first.jobs.stop(1)
    second.stop()
    third = first.engine()
    third.start()
    third.stop(1)
    first.database.dispose()


_SERVER = """
import sys, time
from pathlib import Path
import sqlalchemy
from nunatak.jobs.engine import Jobs

url, folder, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
database = sqlalchemy.create_engine(url)

def handle(payload):
    with open(folder / "begun", "a") as file:
        file.write("x")
    time.sleep(seconds)
    with database.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE work SET done = done + 1 WHERE id = :id AND done = 0"), payload)

def fail(payload, error):
    (folder / "failed").write_text(str(error))

jobs = Jobs(database_url=url, handlers={"render-image": handle}, failures={"render-image": fail},
            concurrency={"render-image": 2}, poll_seconds=0.02)
jobs.start()
(folder / "ready").write_text("")
time.sleep(600)
"""


class Server:
    """An engine in a process of its own, whose jobs take `seconds`."""

    def __init__(self, url: str, folder: Path, seconds: float) -> None:
        (folder / "ready").unlink(missing_ok=True)
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self.process = subprocess.Popen([sys.executable, "-c", _SERVER, url, str(folder), str(seconds)], env=env)
        until((folder / "ready").exists, 30)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def work(database_url: str) -> Iterator[sqlalchemy.Engine]:
    database = sqlalchemy.create_engine(database_url)
    with database.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE work (id VARCHAR(20), done INTEGER)"))
        connection.execute(sqlalchemy.text("INSERT INTO work VALUES ('one', 0)"))
    yield database
    database.dispose()


def effects(work: sqlalchemy.Engine) -> int:
    with work.connect() as connection:
        return int(connection.execute(sqlalchemy.text("SELECT done FROM work")).scalar_one())


def queue_one(url: str, work: sqlalchemy.Engine) -> Jobs:
    jobs = Jobs(database_url=url, handlers={}, failures={}, concurrency={KIND: 1})
    with work.begin() as connection:
        jobs.enqueue(connection, KIND, {"id": "one"}, job_id="one")
    return jobs


def test_a_job_of_a_killed_server_is_done_after_its_restart(
    database_url: str, work: sqlalchemy.Engine, tmp_path: Path
) -> None:
    server = Server(database_url, tmp_path, seconds=600)
    jobs = queue_one(database_url, work)
    until((tmp_path / "begun").exists)
    assert jobs.status("one") == "running"
    server.kill()
    assert effects(work) == 0
    server = Server(database_url, tmp_path, seconds=0)
    until(lambda: jobs.status("one") == "done")
    assert effects(work) == 1
    assert (tmp_path / "begun").read_text() == "xx"
    server.kill()
    jobs.stop()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_job_that_never_ends_because_the_server_does_fails_in_the_end(
    database_url: str, work: sqlalchemy.Engine, tmp_path: Path
) -> None:
    server = Server(database_url, tmp_path, seconds=600)
    jobs = queue_one(database_url, work)
    for begun in range(1, 6):
        until(lambda begun=begun: (tmp_path / "begun").exists() and len((tmp_path / "begun").read_text()) == begun)
        server.kill()
        server = Server(database_url, tmp_path, seconds=600)
    until(lambda: jobs.status("one") == "failed")
    assert (tmp_path / "failed").read_text() == "The job was started 5 times, and the server ended each time"
    server.kill()
    jobs.stop()
