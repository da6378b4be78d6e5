"""Work records of a version: found while they wait, ended once, whoever ends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.kinds import Kind
from nunatak.services.places import Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit
from nunatak.store.waits import alone


def waiting(unit: Unit, kind: Kind, payload: dict[str, str]) -> Any | None:
    """The record that a job's payload names; None when its work has ended, or it is gone with its version."""
    found = unit.find(kind, payload["exportId"], payload["versionId"])
    return found if found is not None and found.completed_at is UNSET else None


def end(service: Service, unit: Unit, kind: Kind, payload: dict[str, str], ended: Callable[[Any], Any]) -> None:
    """Stores how the work ended, unless that is known or nobody asks any more."""
    alone(unit, kind, payload["exportId"])
    record = waiting(unit, kind, payload)
    if record is not None:
        unit.put(kind, ended(replace(record, completed_at=service.clock())))


def fail(service: Service, kind: Kind, payload: dict[str, str], message: str) -> None:
    """Ends the record with the reason in words."""
    with service.database.write() as unit:
        end(service, unit, kind, payload, lambda old: replace(old, error=message))


def place_of(record: Any, organization_id: str) -> Place:
    """Where the work is done, with a draft or without."""
    return Place(
        organization_id=organization_id,
        landscape_id=record.landscape_id,
        version_id=record.version_id,
        is_latest=True,
    )
