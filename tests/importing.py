"""A world whose imports a test carries out: files on disk, and a queue that keeps its jobs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nunatak.blobs import open_blobs
from nunatak.jobs.engine import Jobs
from nunatak.services import landscape_imports
from nunatak.store.database import Database
from tests import make
from tests.make import World


def queue(url: str) -> Jobs:
    """A queue that is filled; nobody works on it."""
    kind = landscape_imports.JOB
    return Jobs(
        database_url=url,
        handlers={kind: lambda payload: None},
        failures={kind: lambda payload, error: None},
        concurrency={kind: 1},
    )


@contextmanager
def importing_world(database: Database, folder: Path) -> Iterator[World]:
    """An organization with an empty landscape, which takes imports."""
    starting = queue(database.url)
    starting.start()  # makes the engine's tables
    starting.stop(5)
    jobs = queue(database.url)
    yield make.world(make.service(database, blobs=open_blobs(str(folder / "blobs")), jobs=jobs))
    jobs.stop()


def payload(world: World, import_id: str) -> dict[str, str]:
    """The arguments of an import's job."""
    return {"importId": import_id, "versionId": world.version_id, "organizationId": world.organization_id}
