"""Turns: one thread at a time on a name, others on other names."""

import threading
import time

from nunatak.services.turns import Turns


def test_a_name_is_worked_on_by_one_thread_at_a_time() -> None:
    turns, inside, most = Turns(), 0, 0

    def work() -> None:
        nonlocal inside, most
        with turns.on("a"):
            inside += 1
            most = max(most, inside)
            time.sleep(0.005)
            inside -= 1

    threads = [threading.Thread(target=work) for _ in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (most, inside, turns._held) == (1, 0, {})


def test_different_names_keep_nobody_waiting() -> None:
    turns, met = Turns(), threading.Barrier(2, timeout=5)

    def work(name: str) -> None:
        with turns.on(name):
            met.wait()

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not met.broken


def test_a_turn_ends_when_its_work_fails() -> None:
    turns = Turns()
    for _ in range(2):
        try:
            with turns.on("a"):
                raise ValueError
        except ValueError:
            pass
    assert turns._held == {}
