"""Share links: one a version, whose address can be renewed and guarded by a password."""

from __future__ import annotations

import secrets
from typing import Any

from argon2 import PasswordHasher
from msgspec import UNSET

from nunatak.core.access import Actor
from nunatak.core.change import Change
from nunatak.core.errors import Conflict, Forbidden, Invalid, NotFound
from nunatak.core.kinds import DIAGRAM, DRAFT, FLOW, ORGANIZATION, SHARE_LINK
from nunatak.core.share import ShareLink, ShareLinkStats, StoredShareLink
from nunatak.services import places
from nunatak.services.changes import new_id
from nunatak.services.places import Path, Place
from nunatak.services.service import Service
from nunatak.store.unit import Unit

NONE = "Share link not found"
_SHORT_ID = 12


def get(service: Service, actor: Actor, path: Path) -> tuple[ShareLink, ShareLinkStats]:
    """The version's link and what is counted of it; raises NotFound where there is none."""
    with service.reading() as unit:
        place = places.place(unit, actor, path.landscape_id, path.version_id, "read")
        found = _link(unit, place)
        return shown(found), found.stats


def create(service: Service, actor: Actor, path: Path, values: dict[str, Any]) -> ShareLink:
    """The version's link, made. Raises Conflict where there is one, Forbidden where the organization shares nothing,
    Invalid for a protected link without a password."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        if not ledger.unit.get(ORGANIZATION, place.organization_id).share_links_enabled:
            raise Forbidden("Share links are not enabled in this organization")
        ledger.unit.lock(place.version_id)
        if ledger.unit.every(SHARE_LINK, place.version_id):
            raise Conflict("This version has a share link already")
        _draft(ledger.unit, place, values.get("draftId"))
        _view(ledger.unit, place, values.get("view"))
        change = Change(verb="create", kind=SHARE_LINK.name, id=new_id(), values=_kept(values))
        head = {"landscapeId": place.landscape_id, "versionId": place.version_id, "shortId": _short_id()}
        if values.get("protected") and not values.get("password"):
            raise _unguarded()
        return shown(ledger.found(change, head))


def update(service: Service, actor: Actor, path: Path, values: dict[str, Any], *, reset: bool) -> ShareLink:
    """The link with new values; with `reset` at a new address, and the old one leads nowhere."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        before = _link(ledger.unit, place)
        if values.get("protected", before.protected) and not (values.get("password") or before.password_digest):
            raise _unguarded()
        _view(ledger.unit, place, values.get("view"))
        laid = _kept(values) | ({"shortId": _short_id()} if reset else {})
        change = Change(verb="update", kind=SHARE_LINK.name, id=before.id, values=laid)
        return shown(ledger.found(change))


def delete(service: Service, actor: Actor, path: Path) -> None:
    """Takes the version's link away; raises NotFound where there is none."""
    with service.writing(actor) as ledger:
        place = places.place(ledger.unit, actor, path.landscape_id, path.version_id, "write")
        found = _link(ledger.unit, place)
        ledger.found(Change(verb="delete", kind=SHARE_LINK.name, id=found.id))


def shown(found: StoredShareLink) -> ShareLink:
    """A link as answers show it: without a password, or a word of it."""
    fields = {name: getattr(found, name) for name in ShareLink.__struct_fields__}
    return ShareLink(**fields | {"password": UNSET})


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    """What is stored of a body: of the password only its digest, which takes memory to guess at (argon2id)."""
    kept = {name: value for name, value in values.items() if name != "password"}
    password = values.get("password")
    return kept | ({"passwordDigest": PasswordHasher().hash(password)} if password else {})


def _draft(unit: Unit, place: Place, draft_id: str | None) -> None:
    if draft_id is not None and unit.find(DRAFT, draft_id, place.version_id) is None:
        raise Invalid("Draft not found", (f"body.draftId: expected a draft of this version, got {draft_id!r}",))


def _view(unit: Unit, place: Place, view: dict[str, Any] | None) -> None:
    """Raises Invalid for a view of what isn't there."""
    for name, kind in (("diagramId", DIAGRAM), ("flowId", FLOW)):
        id_ = (view or {}).get(name)
        if id_ and unit.find(kind, id_, place.version_id) is None:
            expected = f"expected the id of a {kind.name} of this version, got {id_!r}"
            raise Invalid(f"{kind.title} not found", (f"body.view.{name}: {expected}",))


def _link(unit: Unit, place: Place) -> StoredShareLink:
    found = unit.every(SHARE_LINK, place.version_id)
    if not found:
        raise NotFound(NONE)
    link: StoredShareLink = found[0]
    return link


def _unguarded() -> Invalid:
    return Invalid("A protected link needs a password", ("body.password: expected 8 to 64 characters",))


def _short_id() -> str:
    return secrets.token_urlsafe(_SHORT_ID)[:_SHORT_ID].replace("-", "x").replace("_", "y")
