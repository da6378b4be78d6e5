"""Files by their nodes: made, changed, found and deleted by the names they have in a space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nunatak.core.access import Actor, require
from nunatak.core.change import Change
from nunatak.core.file import File, FileReference, InstanceId
from nunatak.core.kinds import FILE
from nunatak.services import drawing_files
from nunatak.services.service import Service


def write(
    service: Service, actor: Actor, organization_id: str, nodes: Sequence[tuple[InstanceId, Mapping[str, Any]]]
) -> list[tuple[File, bool]]:
    """The files of these nodes with the facts given (by wire name), made where they aren't there yet, all or none; and
    whether each was changed. A file that isn't named is called as its node is."""
    require(actor, "write", organization_id)
    with service.writing(actor) as ledger:
        ledger.unit.lock(f"files:{organization_id}")
        written = []
        for instance, facts in nodes:
            names = [FileReference(instance_id=instance)]
            there = drawing_files.found(ledger.unit, organization_id, names, ignore_unknown=True)
            if not there:
                named = {"name": instance.external_id, **facts, "instanceId": msgspec.to_builtins(instance)}
                written.append((drawing_files.make(ledger, organization_id, named), True))
                continue
            before = msgspec.to_builtins(there[0])
            changed = {name: value for name, value in facts.items() if before[name] != value}
            file = there[0]
            if changed:
                file = ledger.found(Change(verb="update", kind=FILE.name, id=file.id, values=changed))
            written.append((file, bool(changed)))
        return written


def find(service: Service, actor: Actor, organization_id: str, nodes: Sequence[InstanceId]) -> list[File]:
    """The files of those nodes that are there."""
    names = [FileReference(instance_id=instance) for instance in nodes]
    return drawing_files.find(service, actor, organization_id, names, ignore_unknown=True)


def delete(service: Service, actor: Actor, organization_id: str, nodes: Sequence[InstanceId]) -> list[File]:
    """Deletes the files of those nodes that are there, and gives what they were."""
    found = find(service, actor, organization_id, nodes)
    if found:
        names = [FileReference(id=int(file.id)) for file in found]
        drawing_files.delete(service, actor, organization_id, names, ignore_unknown=True)
    return found
