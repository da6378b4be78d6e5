"""Duplicates: a landscape with all its versions once more, and new landscapes made from another as their template."""

from __future__ import annotations

from typing import Any

from nunatak.core.access import Actor, require
from nunatak.core.change import Change
from nunatak.core.errors import Invalid, NotFound
from nunatak.core.kinds import LANDSCAPE, MODEL_CONNECTION, MODEL_OBJECT, ORGANIZATION, VERSION
from nunatak.core.landscape import Landscape, Version
from nunatak.services import places
from nunatak.services.changes import Ledger, new_id
from nunatak.services.crossing import Crossing
from nunatak.services.places import LATEST
from nunatak.services.service import Service
from nunatak.store.copies import copy_scope

Values = dict[str, Any]


def create(
    service: Service, actor: Actor, landscape_id: str, values: Values, *, organization_id: str | None = None
) -> Landscape:
    """A landscape like this one, with all its versions, in its organization or in another that the actor may write to.
    Landscape and versions get new ids, what they hold keeps its own; drafts, share links, exports and the log stay with
    the original."""
    with service.writing(actor) as ledger:
        land = places.landscape(ledger.unit, actor, landscape_id, "read")
        target_id = organization_id or land.organization_id
        require(actor, "write", target_id)
        ledger.unit.get(ORGANIZATION, target_id)
        ledger.unit.lock(land.id)
        named = {"scheduledVersions": land.scheduled_versions, **values}
        with ledger.noting("landscape-duplicate", None, land.id, **_told(ledger, land, organization_id)):
            twin = _begun(ledger, target_id, named)
            crossing = Crossing(ledger, land.organization_id, target_id)
            for version in ledger.unit.every(VERSION, land.id):
                _version(ledger, version, twin, crossing)
        return twin


def from_template(ledger: Ledger, organization_id: str, values: Values, template_id: str) -> tuple[Landscape, Version]:
    """Writes a landscape that begins as what a template's live version holds. Raises Invalid for a template that isn't
    there for the actor."""
    try:
        land = places.landscape(ledger.unit, ledger.actor, template_id, "read")
    except NotFound:
        error = f"body.templateId: expected the id of a landscape that you can read, got {template_id!r}"
        raise Invalid("Template not found", (error,)) from None
    ledger.unit.lock(land.id)
    made = _begun(ledger, organization_id, values)
    crossing = Crossing(ledger, land.organization_id, organization_id)
    return made, _version(ledger, places.version(ledger.unit, land.id, LATEST), made, crossing)


def _begun(ledger: Ledger, organization_id: str, values: Values) -> Landscape:
    change = Change(verb="create", kind=LANDSCAPE.name, id=new_id(), values=values)
    made: Landscape = ledger.found(change, {"organizationId": organization_id})
    return made


def _version(ledger: Ledger, original: Version, land: Landscape, crossing: Crossing) -> Version:
    """Writes a version of another landscape that holds what the original holds."""
    values = {"name": original.name, "notes": original.notes, "modelHandleId": original.model_handle_id}
    head = {"landscapeId": land.id, "tags": original.tags, "completedAt": ledger.stamp.at}
    made: Version = ledger.found(Change(verb="create", kind=VERSION.name, id=new_id(), values=values), head)
    copy_scope(ledger.unit, source=original.id, target=made.id, landscape_id=land.id)
    if not crossing.within:
        _cross(ledger, made, crossing)
    return made


def _cross(ledger: Ledger, made: Version, crossing: Crossing) -> None:
    """Gives what a copied version holds the technologies and teams of its new organization. That is a part of the copy
    and no change: commits stay."""
    for kind in (MODEL_OBJECT, MODEL_CONNECTION):
        for before in ledger.unit.every(kind, made.id):
            after = crossing.crossed(before)
            if after != before:
                ledger.unit.put(kind, after)


def _told(ledger: Ledger, land: Landscape, organization_id: str | None) -> Values:
    """What the log tells of a duplicate."""
    about: Values = {"organization_id": land.organization_id, "landscape_id": land.id}
    if organization_id is None:
        return {**about, "context": {"name": land.name}, "props": {}}
    target = ledger.unit.get(ORGANIZATION, organization_id)
    context = {"name": land.name, "targetOrganizationName": target.name}
    return {**about, "context": context, "props": {"targetOrganizationId": organization_id}}
