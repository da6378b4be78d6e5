"""A pool that starts when it is first asked."""

from __future__ import annotations

import os

import pytest

from nunatak.jobs.late import Late
from nunatak.jobs.pool import Pool, WorkerDied


def test_a_process_is_started_by_the_first_call_and_kept_for_the_next() -> None:
    pool = Pool(1)
    late = Late(pool)
    assert pool.processes() == []
    first = late.run(os.getpid, timeout=30)
    assert first != os.getpid()
    assert late.run(os.getpid, timeout=30) == first
    late.stop()
    with pytest.raises(WorkerDied):
        late.run(os.getpid, timeout=30)


def test_a_pool_that_never_began_stops_at_once() -> None:
    late = Late(Pool(1))
    late.stop()
    with pytest.raises(WorkerDied):
        late.run(os.getpid, timeout=30)
