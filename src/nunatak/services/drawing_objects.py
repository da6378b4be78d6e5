"""Model objects that entities of drawings name: found in the landscapes that are there for whoever asked for a job.

An entity names an object by `modelObjectId`, its id or handle, or by `modelObjectLabel`, a label that it has:
`key=value`, or an object of several that it must all have. `landscapeId` says in which landscape; without it, in any.
An object is meant where exactly one fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nunatak.core.access import Actor, visible
from nunatak.core.drawing_job import DrawingJob
from nunatak.core.kinds import LANDSCAPE, MODEL_OBJECT
from nunatak.core.model import ModelObject
from nunatak.services import places
from nunatak.services.service import Service
from nunatak.store.unit import Unit

Entity = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Named:
    """How an entity names an object: by its id, or by labels; in one landscape, or in any."""

    id: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    landscape_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A model object of a landscape's live version."""

    landscape_id: str
    version_id: str
    id: str
    handle_id: str


def asker(job: DrawingJob) -> Actor:
    """Who asked for a job, with the permission that they had then."""
    organization = job.organization_id
    limits = {} if job.landscape_ids is None else {organization: frozenset(job.landscape_ids)}
    return Actor(kind=job.created_by, id=job.created_by_id, permissions={organization: job.permission}, limits=limits)


def named(entity: Entity) -> Named | None:
    """How an entity names an object; None for one that names none."""
    landscape = entity.get("landscapeId")
    within = landscape if isinstance(landscape, str) else ""
    id_, label = entity.get("modelObjectId"), entity.get("modelObjectLabel")
    if isinstance(id_, str) and id_:
        return Named(id=id_, landscape_id=within)
    if isinstance(label, str):
        key, equals, value = label.partition("=")
        label = {key.strip(): value.strip()} if equals else None
    if not isinstance(label, Mapping) or not label or not all(isinstance(value, str) for value in label.values()):
        return None
    return Named(labels=tuple(sorted(label.items())), landscape_id=within)


def resolved(service: Service, job: DrawingJob, entities: Iterable[Entity]) -> dict[Named, Target]:
    """The objects that entities name, each by how it is named."""
    wanted = {one for one in map(named, entities) if one is not None}
    fitting: defaultdict[Named, set[Target]] = defaultdict(set)
    if wanted:
        actor = asker(job)
        with service.reading() as unit:
            for land in unit.every(LANDSCAPE, job.organization_id):
                if visible(actor, job.organization_id, land.id):
                    _look(unit, land.id, {one for one in wanted if one.landscape_id in ("", land.id)}, fitting)
    return {one: next(iter(targets)) for one, targets in fitting.items() if len(targets) == 1}


def _look(unit: Unit, landscape_id: str, wanted: set[Named], fitting: defaultdict[Named, set[Target]]) -> None:
    """Adds the objects of one landscape."""
    if not wanted:
        return
    scope = places.version(unit, landscape_id, places.LATEST).id

    def target(one: ModelObject) -> Target:
        return Target(landscape_id=landscape_id, version_id=scope, id=one.id, handle_id=one.handle_id)

    ids = [one.id for one in wanted if one.id]
    by_handle = unit.every(MODEL_OBJECT, scope, {"handle_id": ids}) if ids else []
    known = {one.handle_id: one for one in by_handle} | {one.id: one for one in unit.among(MODEL_OBJECT, scope, ids)}
    for one in wanted:
        if one.id in known:
            fitting[one].add(target(known[one.id]))
        elif one.labels:
            found = unit.every(MODEL_OBJECT, scope, {"labels": dict(one.labels)})
            fitting[one] |= {target(each) for each in found}


def address(job: DrawingJob, target: Target) -> str:
    """The object's page."""
    return f"{job.address}/l/{target.landscape_id}/model?object={target.handle_id}"
