"""Scheduled versions: a snapshot each Friday evening of every landscape that asks for it and has changed since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.kinds import LANDSCAPE, VERSION
from nunatak.core.landscape import Landscape
from nunatak.services import places, versions
from nunatak.services.places import LATEST
from nunatak.services.service import Service
from nunatak.store.copies import differ

JOB = "scheduled-versions"
_FRIDAY = 4  # of a week that begins with Monday as 0
_HOUR = 20  # UTC
_NOTES = "Made by the weekly schedule"


def plan(service: Service, after: datetime | None = None) -> None:
    """Queues the round of the next Friday, the first after this time (now without one). It is queued once, however
    often it is planned, and a round that a server slept through is made up for when it starts."""
    now = service.clock()
    due = next_round(max(now, after or now))
    seconds = (due - now).total_seconds()
    with service.database.write() as unit:
        payload = {"due": due.isoformat()}
        service.jobs.enqueue(
            unit.connection, JOB, payload, job_id=f"{JOB}-{due.date().isoformat()}", delay_seconds=seconds
        )


def next_round(after: datetime) -> datetime:
    """The first Friday at 20:00 UTC after a time."""
    evening = after.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    due = evening + timedelta(days=(_FRIDAY - evening.weekday()) % 7)
    return due if due > after else due + timedelta(days=7)


def carry_out(service: Service, payload: dict[str, str]) -> None:
    """The job: makes the versions, each in a transaction of its own, and plans the next round. Done twice, it finds
    nothing changed the second time."""
    due = datetime.fromisoformat(payload["due"])
    with service.reading() as unit:
        wanted = [land for land in unit.every(LANDSCAPE, None) if land.scheduled_versions]
    for land in wanted:
        _keep(service, land, due)
    plan(service, due)


def fail(service: Service, payload: dict[str, str], _message: str) -> None:
    """A round that failed doesn't end the rounds."""
    plan(service, datetime.fromisoformat(payload["due"]))


def _keep(service: Service, land: Landscape, due: datetime) -> None:
    """Makes a landscape's version, unless it is as its last snapshot or was deleted meanwhile."""
    actor = Actor(kind="service", id="schedule", permissions={land.organization_id: "write"}, name="Schedule")
    with service.writing(actor) as ledger:
        now = ledger.unit.find(LANDSCAPE, land.id)
        if now is None or now.organization_id != land.organization_id:
            return
        live = places.place(ledger.unit, actor, land.id, LATEST, "write")
        ledger.enter(live)
        kept = [version for version in ledger.unit.every(VERSION, land.id) if LATEST not in version.tags]
        if kept and not differ(ledger.unit, kept[-1].id, live.version_id):
            return
        values: dict[str, Any] = {"name": f"Week to {due.date().isoformat()}", "notes": _NOTES, "modelHandleId": None}
        versions.snapshot(ledger, live, values)
