"""A round of housekeeping by whoever works on a database, when all files that lie there are old."""

from __future__ import annotations

import os
import time
from pathlib import Path

from nunatak.jobs.engine import Jobs
from nunatak.services import housekeeping

_LONG_AGO = time.time() - 40 * 86_400
_PATIENCE = 60.0


def swept(url: str, blobs: Path) -> None:
    """Waits for the round, which takes with it a file of nobody's and whatever a put that was killed has left."""
    orphan = blobs / "drawing-jobs" / "nobodys" / "1.svg"
    orphan.parent.mkdir(parents=True)
    orphan.write_text("<svg/>")
    for file in blobs.rglob("*"):
        os.utime(file, (_LONG_AGO, _LONG_AGO))
    engine = Jobs(database_url=url, handlers={}, failures={}, concurrency={housekeeping.JOB: 1})
    with engine._engine.begin() as connection:
        engine.enqueue(connection, housekeeping.JOB, {"due": "2026-01-01T00:00:00+00:00"}, job_id="the-round")
    end = time.monotonic() + _PATIENCE
    while engine.status("the-round") != "done":
        assert time.monotonic() < end, "the round never ended"
        time.sleep(0.02)
    engine.stop()
    assert not orphan.exists()
    assert [path for path in blobs.rglob("*") if "#" in path.name] == []
