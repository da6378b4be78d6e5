"""Ahead of the queue: a few works at once, and failures that are left to it."""

import threading

from nunatak.services.ahead import Ahead, later


def test_works_are_begun_until_there_are_enough() -> None:
    ahead, gate, done = Ahead(2), threading.Event(), threading.Semaphore(0)

    def work() -> None:
        gate.wait(5)
        done.release()

    assert [ahead(work) for _ in range(3)] == [True, True, False]
    gate.set()
    assert all(done.acquire(timeout=5) for _ in range(2))


def test_a_work_that_fails_makes_room_for_the_next() -> None:
    ahead, ended = Ahead(1), threading.Event()

    def fail() -> None:
        raise ValueError("left to the queue")

    assert ahead(fail)
    for _ in range(500):
        if ahead(ended.set):
            break
        threading.Event().wait(0.01)
    assert ended.wait(5)


def test_work_that_waits_for_its_turn_is_not_begun() -> None:
    assert later(lambda: None) is False
