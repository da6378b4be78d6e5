"""What a read sees: a version as it is stored, or with a draft applied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nunatak.core.access import Actor, require_drafts
from nunatak.services import drafts, places
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit


@contextmanager
def viewing(service: Service, actor: Actor, path: Path) -> Iterator[tuple[Unit, Place]]:
    """A unit to read from, and the place that the path names. With a draft the unit holds the draft's changes, which
    are never committed; writers wait meanwhile, so read what you need and leave. Raises NotFound for what isn't there
    for the actor."""
    require_drafts(actor, path.draft_id)
    with drafts.opened(service.database, path.draft_id) as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "read")
        drafts.apply(unit, place, path.draft_id, now=service.clock)
        yield unit, place
