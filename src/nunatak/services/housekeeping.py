"""Housekeeping: what has run out goes, by a job that comes back every hour."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from nunatak.core.kinds import (
    DIAGRAM_EXPORT_IMAGE,
    DRAWING_JOB,
    FILE_PART,
    KEPT_ANSWER,
    LANDSCAPE_EXPORT,
    LANDSCAPE_IMPORT,
    LOG_ENTRY,
    ORGANIZATION,
    SESSION,
    WEBHOOK_DELIVERY,
    Kind,
)
from nunatak.services import blob_names, drawing_ages
from nunatak.services.deliveries import KEPT
from nunatak.services.logs import position
from nunatak.store import ages

if TYPE_CHECKING:
    from nunatak.services.service import Service

JOB = "housekeeping"
_BATCH = 500  # entities in one transaction: other writers wait no longer than that takes
_GRACE = timedelta(days=1)  # for blobs that are written before the record that names them
_log = logging.getLogger("nunatak.housekeeping")


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """How long things stay: finished pictures that no record names, the log (None: for good), and the job engine's
    notes of what it has done; and how often somebody looks."""

    pictures: timedelta = timedelta(days=30)
    log: timedelta | None = None
    jobs: timedelta = timedelta(days=7)
    every: timedelta = timedelta(hours=1)


def plan(service: Service, after: datetime | None = None) -> None:
    """Queues the next round, the first after this time (now without one). It is queued once, however often it is
    planned, and a round that all servers slept through is made up for when one starts."""
    now = service.clock()
    due = next_round(max(now, after or now), service.keeping.every)
    with service.database.write() as unit:
        service.jobs.enqueue(
            unit.connection,
            JOB,
            {"due": due.isoformat()},
            job_id=f"{JOB}-{int(due.timestamp())}",
            delay_seconds=(due - now).total_seconds(),
        )


def next_round(after: datetime, every: timedelta) -> datetime:
    """The first whole multiple of `every` since 1970 that comes after a time."""
    seconds = max(1, int(every.total_seconds()))
    return datetime.fromtimestamp((int(after.timestamp()) // seconds + 1) * seconds, UTC)


def carry_out(service: Service, payload: dict[str, str]) -> None:
    """The job: a round, and the plan of the next. Done twice, it finds nothing the second time."""
    clean(service)
    plan(service, datetime.fromisoformat(payload["due"]))


def fail(service: Service, payload: dict[str, str], _message: str) -> None:
    """A round that failed doesn't end the rounds."""
    plan(service, datetime.fromisoformat(payload["due"]))


def clean(service: Service) -> dict[str, int]:
    """Removes what has run out, and says how much of each. A part that fails keeps no other from being done; the first
    failure is raised at the end."""
    now, failures = service.clock(), list[Exception]()
    found: dict[str, int] = {}
    for name, part in _parts(service, now).items():
        try:
            found[name] = part()
        except Exception as error:
            failures.append(error)
    gone = {name: count for name, count in found.items() if count}
    _log.info("housekeeping: %s", gone or "nothing to do")
    if failures:
        raise failures[0]
    return gone


def _parts(service: Service, now: datetime) -> dict[str, Callable[[], int]]:
    from nunatak.services import drawing_links  # it imports the service, which imports this module

    keeping = service.keeping
    runs_out = (DIAGRAM_EXPORT_IMAGE, LANDSCAPE_EXPORT, LANDSCAPE_IMPORT, KEPT_ANSWER, SESSION)
    return {
        **{kind.name: partial(_expired, service, kind, now) for kind in runs_out},
        LOG_ENTRY.name: lambda: 0 if keeping.log is None else _older(service, LOG_ENTRY, position(now - keeping.log)),
        WEBHOOK_DELIVERY.name: lambda: _older(service, WEBHOOK_DELIVERY, ages.place(now - KEPT)),
        DRAWING_JOB.name: lambda: drawing_links.forget(service, now),
        FILE_PART.name: lambda: drawing_ages.forget_parts(service, now),
        "drawings' blob": lambda: drawing_ages.sweep(service, now),
        "blob": lambda: blob_names.sweep(service, before=now - _GRACE, pictures_before=now - keeping.pictures),
        "unfinished blob": lambda: service.blobs.discard_unfinished(now - _GRACE),
        "job": lambda: service.jobs.forget(now - keeping.jobs),
    }


def _expired(service: Service, kind: Kind, now: datetime) -> int:
    total = 0
    while True:
        with service.database.write() as unit:
            gone = ages.remove(unit, kind, ages.expired(unit, kind, at=now, limit=_BATCH))
        total += gone
        if gone < _BATCH:
            return total


def _older(service: Service, kind: Kind, before: int) -> int:
    with service.reading() as unit:
        organizations = [id_ for (id_,) in unit.values(ORGANIZATION, "", ("id",), {})]
    total = 0
    for organization_id in organizations:
        gone = _BATCH
        while gone == _BATCH:
            with service.database.write() as unit:
                spots = ages.older(unit, kind, organization_id, before=before, limit=_BATCH)
                gone = ages.remove(unit, kind, spots)
            total += gone
    return total
