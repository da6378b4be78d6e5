"""A client of the drawings' API, on both databases; jobs are queued for real, and done when a test does them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nunatak.blobs import open_blobs
from nunatak.blobs.tokens import Tokens
from nunatak.store.database import Database
from tests import make, queues
from tests.drawings import Drawings, drawings_of


@pytest.fixture
def drawings(database: Database, tmp_path: Path) -> Iterator[Drawings]:
    """A client with a key that writes."""
    clock = make.Clock()
    tokens, blobs = Tokens(b"a secret of 16 bytes and more", now=clock), open_blobs(str(tmp_path / "blobs"))
    with queues.kept(database.url) as jobs:
        service = make.service(database, blobs=blobs, jobs=jobs, tokens=tokens)
        yield drawings_of(make.world(replace(service, clock=clock)))
