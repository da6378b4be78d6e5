"""A world whose imports a test carries out: files on disk, and a queue that keeps its jobs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nunatak.blobs import open_blobs
from nunatak.store.database import Database
from tests import make, queues
from tests.make import World


@contextmanager
def importing_world(database: Database, folder: Path) -> Iterator[World]:
    """An organization with an empty landscape, which takes imports."""
    with queues.kept(database.url) as jobs:
        yield make.world(make.service(database, blobs=open_blobs(str(folder / "blobs")), jobs=jobs))


def payload(world: World, import_id: str) -> dict[str, str]:
    """The arguments of an import's job."""
    return {"importId": import_id, "versionId": world.version_id, "organizationId": world.organization_id}
