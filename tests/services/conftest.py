"""A world that can draw: files on disk, a queue that keeps its jobs, and the renderer in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nunatak.blobs import open_blobs
from nunatak.blobs.tokens import Tokens
from nunatak.jobs.engine import Jobs
from nunatak.render.draw import draw
from nunatak.store.database import Database
from nunatak.wiring.works import WORKS
from tests import make
from tests.make import World


def queue(url: str) -> Jobs:
    """A queue that is filled and looked at; nobody works on it."""
    kinds = [work.kind for work in WORKS]
    return Jobs(
        database_url=url,
        handlers={kind: lambda payload: None for kind in kinds},
        failures={kind: lambda payload, error: None for kind in kinds},
        concurrency=dict.fromkeys(kinds, 1),
    )


@pytest.fixture
def drawing(database: Database, tmp_path: Path) -> Iterator[World]:
    """An organization with an empty landscape, whose service draws in this process when a test carries out a job."""
    starting = queue(database.url)
    starting.start()  # makes the engine's tables
    starting.stop(5)
    jobs, clock = queue(database.url), make.Clock()
    tokens = Tokens(b"a secret of 16 bytes and more", now=clock)
    service = make.service(database, blobs=open_blobs(str(tmp_path / "blobs")), jobs=jobs, tokens=tokens, painter=draw)
    yield make.world(service)
    jobs.stop()
