"""Factories: one a kind, each with the fewest words that a test needs."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from nunatak.catalog.bundled import catalog
from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.kinds import (
    DIAGRAM,
    DIAGRAM_GROUP,
    DOMAIN,
    FLOW,
    MODEL_CONNECTION,
    MODEL_OBJECT,
    ORGANIZATION,
    TAG,
    TAG_GROUP,
)
from nunatak.services import entities, keys, landscapes
from nunatak.services.places import Path
from nunatak.services.service import Service
from nunatak.services.vault import Vault
from nunatak.store.database import Database


class Clock:
    """A clock that moves on by a second at every look."""

    def __init__(self) -> None:
        self._ticks = itertools.count()

    def __call__(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(self._ticks))


@dataclass
class World:
    """A service with one organization and one empty landscape, and short ways to fill it."""

    service: Service
    actor: Actor
    organization_id: str
    path: Path
    version_id: str
    root_id: str

    def object(self, type_: str = "system", parent: str | None = None, **values: Any) -> Any:
        given = {"name": f"{type_} {next(_COUNT)}", "type": type_, "parentId": parent or self.root_id, **values}
        return entities.create(self.service, self.actor, MODEL_OBJECT, self.path, given)

    def connection(self, origin: Any, target: Any, **values: Any) -> Any:
        given = {"name": "uses", "originId": origin.id, "targetId": target.id, "direction": "outgoing", **values}
        return entities.create(self.service, self.actor, MODEL_CONNECTION, self.path, given)

    def diagram(self, owner: str | None = None, type_: str = "context-diagram", **values: Any) -> Any:
        given = {"name": "D", "type": type_, "modelId": owner or self.root_id, "index": 0, **values}
        return entities.create(self.service, self.actor, DIAGRAM, self.path, given)

    def flow(self, diagram: Any, **values: Any) -> Any:
        given = {"name": "A story", "diagramId": diagram.id, **values}
        return entities.create(self.service, self.actor, FLOW, self.path, given)

    def folder(self, **values: Any) -> Any:
        given = {"name": "F", "modelId": self.root_id, **values}
        return entities.create(self.service, self.actor, DIAGRAM_GROUP, self.path, given)

    def domain(self, **values: Any) -> Any:
        return entities.create(self.service, self.actor, DOMAIN, self.path, {"name": "Other", **values})

    def tag(self, **values: Any) -> Any:
        group = entities.create(
            self.service, self.actor, TAG_GROUP, self.path, {"name": "G", "icon": "star", "index": 0}
        )
        given = {"name": "T", "color": "red", "index": 0, "groupId": group.id, **values}
        return entities.create(self.service, self.actor, TAG, self.path, given)

    def get(self, kind: Any, id_: str) -> Any:
        return entities.get(self.service, self.actor, kind, self.path, id_)

    def update(self, kind: Any, id_: str, **values: Any) -> Any:
        return entities.update(self.service, self.actor, kind, self.path, id_, values)

    def delete(self, kind: Any, id_: str) -> tuple[Any, dict[str, list[str]]]:
        return entities.delete(self.service, self.actor, kind, self.path, id_)

    def ids(self, kind: Any, **asked: Any) -> list[str]:
        with self.service.reading() as unit:
            return [id_ for (id_,) in unit.values(kind, self.version_id, ("id",), asked)]


_COUNT = itertools.count(1)


def technology(name: str) -> str:
    """The id of a technology of the shared catalog."""
    found = catalog().by_name(name)
    assert found is not None, name
    return found.id


def placed(model: Any, x: int = 0, y: int = 0, **values: Any) -> dict[str, Any]:
    """A diagram object's values for a model object."""
    shape = "area" if model.type == "group" else "box"
    return {"modelId": model.id, "type": model.type, "shape": shape, "x": x, "y": y, **values}


def step(index: float = 0, type_: str | None = "outgoing", **values: Any) -> dict[str, Any]:
    """A flow step's values: an id that its key overrules, and null for all that isn't given."""
    empty = dict.fromkeys(("originId", "targetId", "viaId", "flowId", "parentId", "paths"))
    return {"id": "", "index": index, "type": type_, "description": "", **empty, **values}


def beside(work: Callable[[], object]) -> threading.Thread:
    """A thread that does the work, once it has got as far as it can beside whoever asks for it."""
    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    return thread


def service(database: Database, **parts: Any) -> Service:
    """A service on a database; what a test doesn't need is missing."""
    missing: Any = None
    given = {"blobs": missing, "jobs": missing, "tokens": missing, "painter": missing, **parts}
    return Service(database=database, clock=Clock(), pepper=b"pepper", vault=Vault([bytes(32)]), **given)


def world(made: Service) -> World:
    """An organization and a landscape in a service."""
    organization_id = "organization"
    operator = keys.operator([organization_id])
    with made.writing(operator) as ledger:
        change = Change(verb="create", kind=ORGANIZATION.name, id=organization_id, values={"name": "O"})
        ledger.found(change, {})
    _, credentials = keys.create(made, operator, organization_id, name="k", permission="admin")
    actor = keys.authenticate(made, credentials)
    land, live = landscapes.create(made, actor, organization_id, {"name": "L"})
    with made.reading() as unit:
        root_id = unit.values(MODEL_OBJECT, live.id, ("id",), {"type": "root"})[0][0]
    return World(
        service=made,
        actor=actor,
        organization_id=organization_id,
        path=Path(landscape_id=land.id, version_id="latest"),
        version_id=live.id,
        root_id=root_id,
    )
