"""Counts that processes share: together they allow what one of them may."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from nunatak.api.wire.rates import Figures, Rates
from nunatak.core.errors import Busy
from nunatak.store.counts import SharedCounts
from nunatak.store.database import Database
from nunatak.web import shares
from nunatak.web.entrance import Entrance
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


def test_who_fails_to_sign_in_at_one_process_is_held_off_at_all(opened: Callable[[], SharedCounts]) -> None:
    def answering(status: int) -> TestClient:
        app = Entrance(Response(status_code=status), failures=3, counts=opened())
        return TestClient(app, client=("203.0.113.9", 1))

    ours, others = answering(401), answering(401)
    assert [each.post("/session").status_code for each in (ours, others, ours, others, ours)] == [401] * 3 + [429] * 2
    held = others.post("/oauth/token")
    assert (held.status_code, 1 <= int(held.headers["retry-after"]) <= 60) == (429, True)


def test_guesses_at_a_shared_password_are_counted_at_all_processes(opened: Callable[[], SharedCounts]) -> None:
    ours, others = shares.Guesses(opened()), shares.Guesses(opened())
    for turn in range(10):
        (ours if turn % 2 else others).count("link\0" + "x" * 5000, "10.0.0.1")
    for each in (ours, others):
        with pytest.raises(Busy) as refused:
            each.count("link\0" + "x" * 5000, "10.0.0.1")
        assert 1 <= (refused.value.retry_after or 0) <= 60
    others.count("link\0" + "x" * 5000, "10.0.0.2")


def test_a_count_can_be_read_without_counting(opened: Callable[[], SharedCounts]) -> None:
    counts = opened()
    assert counts.counted("read") == (0, 0.0)
    made = counts.count("read", 60)
    assert (made[0], counts.counted("read"), counts.counted("read")) == (1, made, made)
