"""Bounds: how much one organization may have under way, and how much one answer may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nunatak.core.errors import TooMany

if TYPE_CHECKING:
    from nunatak.services.service import Service
    from nunatak.store.unit import Unit

_SECONDS = 5  # after which there may be room in the queue again


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """`page` is how many things an answer holds at most, also where no limit is asked for; `jobs` how many jobs that
    people and programs ask for an organization may have waiting and running. 0 is no bound."""

    page: int = 0
    jobs: int = 0

    def paged(self, limit: int | None) -> int | None:
        """The limit of a page that was asked for, within the bound."""
        return limit if not self.page else min(limit or self.page, self.page)


def queue(service: Service, unit: Unit, kind: str, payload: dict[str, str], *, job_id: str) -> None:
    """Queues a job that somebody asked for, in the transaction of its record. Raises TooMany where the organization
    of the payload has all the jobs that it may have."""
    organization_id, most = payload["organizationId"], service.bounds.jobs
    if most and service.jobs.asked(unit.connection, organization_id) >= most:
        raise TooMany(f"The organization has {most} jobs under way; ask again when some have ended", seconds=_SECONDS)
    service.jobs.enqueue(unit.connection, kind, payload, job_id=job_id, asked_by=organization_id)
