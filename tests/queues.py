"""Queues that are filled and looked at; nobody works on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nunatak.jobs.engine import Jobs
from nunatak.wiring.works import WORKS


@contextmanager
def kept(url: str) -> Iterator[Jobs]:
    """A queue that keeps its jobs in a database, whose tables for that are there."""
    starting = queue(url)
    starting.start()  # makes the tables
    starting.stop(5)
    jobs = queue(url)
    yield jobs
    jobs.stop()


def queue(url: str) -> Jobs:
    """A queue of every kind of work."""
    kinds = [work.kind for work in WORKS]
    return Jobs(
        database_url=url,
        handlers={kind: lambda payload: None for kind in kinds},
        failures={kind: lambda payload, error: None for kind in kinds},
        concurrency=dict.fromkeys(kinds, 1),
    )
