"""A snapshot of 10,000 objects and 15,000 connections, and what else copies a version whole, on SQLite.

python bench/snapshot.py [objects]
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from nunatak.core.access import Actor
from nunatak.core.kinds import MODEL_CONNECTION, MODEL_OBJECT
from nunatak.services import duplicates, landscapes, model_copies, organizations, reverts, versions
from nunatak.services.changes import Ledger
from nunatak.services.places import LATEST, Place, place
from nunatak.services.service import Service
from nunatak.settings import Settings
from nunatak.wiring import build

_NOTES = "Measured by the benchmark"
T = TypeVar("T")


def timed(words: str, act: Callable[[], T]) -> T:
    """Does it and prints how long it took, and how much of that the process was at work."""
    began, worked = time.perf_counter(), time.process_time()
    found = act()
    took, work = time.perf_counter() - began, time.process_time() - worked
    print(f"{words}: {took:.2f} s ({work:.2f} s of work)")
    return found


def fill(ledger: Ledger, live: Place, root_id: str, count: int) -> None:
    """Systems of 49 applications, with a caption, a description and labels, and three connections for two objects."""
    ids: list[str] = []
    for number in range(count // 50):
        values: dict[str, Any] = {"name": f"System {number}", "type": "system", "parentId": root_id}
        system = ledger.create(live, MODEL_OBJECT, values)
        for at in range(49):
            labels = {"team": f"team {number % 20}", "cloudId": f"c-{number}-{at}"}
            named = {"name": f"Application {number} {at}", "caption": "Keeps the orders of customers", "labels": labels}
            values = {**named, "type": "app", "parentId": system.id, "description": "It tells others about them. " * 8}
            ids.append(ledger.create(live, MODEL_OBJECT, values).id)
    for number in range(count * 3 // 2):
        ends = {"originId": ids[number % len(ids)], "targetId": ids[(number * 7 + 1) % len(ids)]}
        ledger.create(live, MODEL_CONNECTION, {"name": "tells", "direction": "outgoing", **ends})


def measure(service: Service, actor: Actor, count: int) -> None:
    """Prints the figures for a landscape with so many objects."""
    organization = organizations.create(service, actor, {"name": "Bench"})
    admin = Actor(kind="service", id="bench", permissions={organization.id: "admin"})
    land, _ = landscapes.create(service, admin, organization.id, {"name": "Big"})
    with service.writing(admin) as ledger:
        live = place(ledger.unit, admin, land.id, LATEST, "write")
        root = ledger.unit.values(MODEL_OBJECT, live.version_id, ("id",), {"type": "root"})[0][0]
        timed(f"{count:,} objects and {count * 3 // 2:,} connections made", lambda: fill(ledger, live, root, count))
    given = {"name": "Snapshot", "notes": _NOTES, "modelHandleId": None}
    made = [timed("snapshot", lambda: versions.create(service, admin, land.id, given)) for _ in range(3)]
    with service.writing(admin) as ledger:
        for (id_,) in ledger.unit.values(MODEL_OBJECT, live.version_id, ("id",), {"type": "app"}):
            ledger.update(live, MODEL_OBJECT, id_, {"caption": "Changed"})
    values = {"versionId": made[0].id, "notes": _NOTES}
    timed("revert, with its own snapshot first", lambda: reverts.create(service, admin, land.id, values))
    timed("a snapshot deleted", lambda: versions.delete(service, admin, land.id, made[1].id))
    twin = timed(
        "landscape of 4 versions duplicated", lambda: duplicates.create(service, admin, land.id, {"name": "Twin"})
    )
    timed("model copied into another landscape", lambda: model_copies.create(service, admin, land.id, twin.id))


def main() -> None:
    """Measures in a folder of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with TemporaryDirectory() as folder:
        program = build(Settings.from_env({}, data=Path(folder) / "data"))
        anybody = Actor(kind="service", id="bench", permissions={"any": "admin"})
        measure(program.service, anybody, count)
        size = sum(os.path.getsize(path) for path in (Path(folder) / "data").glob("nunatak.db*"))
        print(f"database: {size / 1e6:.0f} MB")
        program.service.database.close()


if __name__ == "__main__":
    main()
