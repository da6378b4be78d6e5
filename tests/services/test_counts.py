"""Counts of one process: by name, within the seconds that began with the first."""

from __future__ import annotations

import time

from nunatak.services.counts import OwnCounts


def test_each_name_has_a_count_and_an_end_of_its_own() -> None:
    counts, now = OwnCounts(), time.time()
    assert [counts.count("a", 60)[0] for _ in range(3)] == [1, 2, 3]
    count, end = counts.count("b", 600)
    assert (count, round((end - now) / 60)) == (1, 10)
    count, end = counts.counted("a")
    assert (count, round((end - now) / 60)) == (3, 1)
    assert counts.counted("nobody")[0] == 0


def test_a_count_begins_anew_when_its_seconds_are_over() -> None:
    counts = OwnCounts()
    assert [counts.count("a", 1)[0] for _ in range(2)] == [1, 2]
    time.sleep(1.1)
    assert (counts.counted("a")[0], counts.count("a", 1)[0]) == (0, 1)
