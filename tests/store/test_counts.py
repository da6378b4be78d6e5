"""Counts that processes share: together they allow what one of them may."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest

from nunatak.api.wire.rates import Figures, Rates
from nunatak.store.counts import SharedCounts
from nunatak.store.database import Database
from tests import make, postgres


@pytest.fixture(scope="module")
def opened() -> Iterator[Callable[[], SharedCounts]]:
    """Opens the counts as another process would."""
    url = postgres.database()
    with ExitStack() as stack:
        yield lambda: SharedCounts(stack.enter_context(closing(Database(url, clock=make.Clock()))))


def test_processes_together_allow_no_more_than_one_of_them_may(opened: Callable[[], SharedCounts]) -> None:
    with ThreadPoolExecutor(8) as threads:
        together = [threads.submit(opened) for _ in range(2)]
        processes = [Rates(Figures(reads=20), counts.result()) for counts in together]
        asked = [processes[turn % 2] for turn in range(60)]
        over = list(threads.map(lambda rates: rates.count("api-key:k", "reads")[1], asked))
    assert sum(refusal is None for refusal in over) == 20
    rate, refusal = processes[1].count("api-key:other", "reads")
    assert (rate.remaining, refusal) == (19, None)
    assert processes[0].count("api-key:k", "writes")[1] is None


def test_a_count_begins_again_when_its_time_is_over_and_is_forgotten_then(opened: Callable[[], SharedCounts]) -> None:
    counts = opened()
    first, end = counts.count("short", 1)
    assert (first, counts.count("short", 1)) == (1, (2, end))
    time.sleep(max(0.0, end - time.time()) + 0.1)
    assert counts.count("another", 60)[0] == 1
    with counts._engine.connect() as line:
        names = set(line.exec_driver_sql("SELECT name FROM shared_count").scalars())
    assert "another" in names
    assert "short" not in names
    assert counts.count("short", 1)[0] == 1
