"""A world that can draw: files on disk, a queue that keeps its jobs, and the renderer in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nunatak.blobs import open_blobs
from nunatak.blobs.tokens import Tokens
from nunatak.render.draw import draw
from nunatak.store.database import Database
from tests import make, queues
from tests.make import World


@pytest.fixture
def drawing(database: Database, tmp_path: Path) -> Iterator[World]:
    """An organization with an empty landscape, whose service draws in this process when a test carries out a job."""
    tokens, blobs = Tokens(b"a secret of 16 bytes and more", now=make.Clock()), open_blobs(str(tmp_path / "blobs"))
    with queues.kept(database.url) as jobs:
        yield make.world(make.service(database, blobs=blobs, jobs=jobs, tokens=tokens, painter=draw))
