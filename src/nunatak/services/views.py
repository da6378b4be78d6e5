"""What a read sees: a version as it is stored, or with a draft applied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nunatak.core.access import Actor
from nunatak.core.errors import NotFound
from nunatak.services import places
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit


@contextmanager
def viewing(service: Service, actor: Actor, path: Path) -> Iterator[tuple[Unit, Place]]:
    """A unit that only reads, and the place that the path names. Raises NotFound for what isn't there for the actor."""
    if path.draft_id is not None:
        raise NotFound("Draft not found")
    with service.reading() as unit:
        yield unit, places.place(unit, actor, path.landscape_id, path.version_id, "read")
