"""The pool makes calls elsewhere, and a call that goes wrong harms no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from nunatak.core.errors import Invalid
from nunatak.jobs.pool import Pool, WorkerDied, WorkerTimeout
from tests.jobs import calls


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(1, warm=calls.warm)
    pool.start()
    yield pool
    pool.stop()


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


def test_a_call_is_made_in_another_process_and_its_result_comes_back(pool: Pool) -> None:
    assert pool.run(calls.add, 2, 3) == 5
    assert pool.run(calls.parent) == os.getpid()
    assert pool.run(calls.whoami) == pool.processes()[0]


def test_a_worker_is_warmed_once_before_its_first_call(pool: Pool) -> None:
    assert pool.run(calls.warmed) == ["warm"]
    assert pool.run(calls.warmed) == ["warm"]


def test_a_refusal_comes_back_as_it_was_raised(pool: Pool) -> None:
    with pytest.raises(Invalid) as refused:
        pool.run(calls.refuse, "way")
    assert (refused.value.message, refused.value.errors) == ("no way", ("body.x: wrong",))
    assert "calls.py" in refused.value.__notes__[0]


def test_an_exception_that_cannot_travel_is_told_in_words(pool: Pool) -> None:
    with pytest.raises(RuntimeError, match="Awkward can't be sent: first"):
        pool.run(calls.raise_awkward)
    with pytest.raises(RuntimeError, match="function can't be sent"):
        pool.run(calls.unpicklable)
    assert pool.run(calls.add, 1, 1) == 2


def test_the_server_s_main_module_is_not_run_again_in_a_worker(pool: Pool) -> None:
    assert pool.run(calls.main_module) == "none"
    for heavy in ("dbos", "sqlalchemy", "starlette", "typer"):
        assert not pool.run(calls.loaded, heavy)


@pytest.mark.parametrize(("fault", "words"), [(calls.crash, "by signal 11"), (calls.leave, "with code 3")])
def test_a_crash_is_reported_and_the_worker_replaced(pool: Pool, fault: Callable[[], None], words: str) -> None:
    before = pool.run(calls.whoami)
    with pytest.raises(WorkerDied, match=words):
        pool.run(fault)
    assert pool.run(calls.whoami) != before


def test_a_crash_harms_no_call_of_another_worker(tmp_path: Path) -> None:
    pool = Pool(2)
    pool.start()
    with ThreadPoolExecutor() as threads:
        slept = threads.submit(pool.run, calls.nap, 0.5, str(tmp_path / "started"))
        until((tmp_path / "started").exists)
        with pytest.raises(WorkerDied):
            pool.run(calls.crash)
        assert slept.result() == "slept"
    pool.stop()


def test_a_call_that_takes_too_long_is_ended_and_the_worker_replaced(pool: Pool) -> None:
    before = pool.run(calls.whoami)
    start = time.monotonic()
    with pytest.raises(WorkerTimeout, match=r"longer than 0\.2 seconds"):
        pool.run(calls.nap, 60, timeout=0.2)
    assert time.monotonic() - start < 5
    assert pool.run(calls.whoami) != before
    assert not psutil.pid_exists(before)


def test_a_call_in_time_leaves_the_worker_as_it_was(pool: Pool) -> None:
    before = pool.run(calls.whoami, timeout=30)
    for _ in range(50):
        assert pool.run(calls.whoami, timeout=30) == before


def test_a_worker_killed_while_idle_is_replaced_without_anyone_noticing(pool: Pool) -> None:
    before = pool.run(calls.whoami)
    os.kill(before, signal.SIGKILL)
    until(lambda: psutil.Process(before).status() == psutil.STATUS_ZOMBIE)
    assert pool.run(calls.add, 1, 2) == 3


def test_ctrl_c_and_sigterm_leave_a_worker_to_its_call(pool: Pool, tmp_path: Path) -> None:
    with ThreadPoolExecutor() as threads:
        slept = threads.submit(pool.run, calls.nap, 0.5, str(tmp_path / "started"))
        until((tmp_path / "started").exists)
        for worker in pool.processes():
            os.kill(worker, signal.SIGINT)
            os.kill(worker, signal.SIGTERM)
        assert slept.result() == "slept"


def test_arguments_of_many_megabytes_arrive(pool: Pool) -> None:
    assert pool.run(calls.size, b"x" * 20_000_000, timeout=30) == 20_000_000


def test_too_much_memory_is_refused_and_the_worker_replaced() -> None:
    pool = Pool(1, memory_mb=500)
    pool.start()
    before = pool.run(calls.whoami)
    with pytest.raises(MemoryError):
        pool.run(calls.take, 2000)
    assert pool.run(calls.take, 10) == 10 << 20
    assert pool.run(calls.whoami) != before
    pool.stop()


def test_a_worker_gives_way_after_its_number_of_calls() -> None:
    pool = Pool(1, tasks_per_worker=2)
    pool.start()
    seen = [pool.run(calls.whoami) for _ in range(5)]
    pool.stop()
    assert seen[0] == seen[1] != seen[2] == seen[3] != seen[4]


def test_a_worker_that_keeps_much_memory_gives_way() -> None:
    pool = Pool(1, resident_mb=100)
    pool.start()
    before = pool.run(calls.whoami)
    assert pool.run(calls.keep, 1) == before
    assert pool.run(calls.keep, 150) == before
    assert pool.run(calls.whoami) != before
    pool.stop()


def test_a_worker_looks_for_cycles_once_in_a_hundred_thousand_objects() -> None:
    pool = Pool(1)
    pool.start()
    assert pool.run(calls.looked_through, 350_000) in (3, 4)
    pool.stop()


def test_more_threads_than_workers_wait_their_turn() -> None:
    pool = Pool(2)
    pool.start()
    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(lambda n: pool.run(calls.add, n, 1), range(200))) == list(range(1, 201))
    assert len(pool.processes()) == 2
    pool.stop()


def test_stop_ends_every_process_and_whoever_waits_hears_it(tmp_path: Path) -> None:
    pool = Pool(1)
    pool.start()
    with ThreadPoolExecutor() as threads:
        busy = threads.submit(pool.run, calls.nap, 60, str(tmp_path / "started"))
        until((tmp_path / "started").exists)
        waiting = [threads.submit(pool.run, calls.add, 1, 1) for _ in range(3)]
        pool.stop()
        for call in (busy, *waiting):
            with pytest.raises(WorkerDied):
                call.result(10)
    assert not psutil.pid_exists(int((tmp_path / "started").read_text()))
    with pytest.raises(WorkerDied, match="stopped"):
        pool.run(calls.add, 1, 1)


def test_start_does_not_wait_for_the_processes() -> None:
    pool = Pool(2)
    start = time.monotonic()
    pool.start()
    assert time.monotonic() - start < 0.3
    pool.stop()


def test_a_worker_is_started_by_a_thread_that_stays() -> None:
    """Linux ends a child with the thread that made it: a replacement made by the caller's thread would go with it."""
    pool = Pool(1)
    pool.start()

    def crash() -> None:
        with pytest.raises(WorkerDied):
            pool.run(calls.crash)

    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    worker = pool.run(calls.whoami)
    time.sleep(0.1)
    assert pool.run(calls.whoami) == worker
    pool.stop()


_PARENT = """
import sys
from nunatak.jobs.pool import Pool
from tests.jobs import calls
pool = Pool(1)
pool.start()
pool.run(calls.hold_the_interpreter, 600, sys.argv[1])
"""


def test_a_killed_server_takes_its_workers_along_even_in_the_middle_of_a_call(tmp_path: Path) -> None:
    started = tmp_path / "started"
    paths = os.pathsep.join(sys.path)
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, str(started)], env={**os.environ, "PYTHONPATH": paths})
    until(lambda: started.exists() and started.read_text() != "")
    worker = int(started.read_text())
    assert psutil.Process(worker).ppid() == parent.pid
    parent.kill()
    parent.wait()
    until(lambda: not psutil.pid_exists(worker) or psutil.Process(worker).status() == psutil.STATUS_ZOMBIE, 3)
