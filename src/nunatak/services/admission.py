"""Whether what a path names is there for the caller: asked before a body is read."""

from __future__ import annotations

from collections.abc import Mapping

from nunatak.core.access import Actor, Deed, require
from nunatak.services import places
from nunatak.services.service import Service


def admit(service: Service, actor: Actor, path: Mapping[str, str], deed: Deed = "read") -> None:
    """Raises NotFound for an organization, landscape or version of the path that isn't there for the actor, Forbidden
    for one that the actor may not do the deed to. What may be written within a landscape is asked with the write."""
    organization_id, landscape_id = path.get("organizationId"), path.get("landscapeId")
    if organization_id is not None:
        require(actor, deed if landscape_id is None else "read", organization_id)
    if landscape_id is None:
        return
    with service.reading() as unit:
        found = places.landscape(unit, actor, landscape_id, "read")
        if "versionId" in path:
            places.version(unit, found.id, path["versionId"])
