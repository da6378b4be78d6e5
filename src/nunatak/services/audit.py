"""The audit: who came in, who was refused, and with what, in the log of the organizations that it concerns."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from nunatak.core.access import Actor
from nunatak.core.errors import Forbidden, Refusal, Unauthenticated
from nunatak.core.kinds import LANDSCAPE
from nunatak.core.log import OrganizationActionType, OwnActionType
from nunatak.services.changes import Ledger
from nunatak.services.service import Service

_log = logging.getLogger("nunatak.audit")


def refused(
    service: Service,
    who: Actor | None,
    refusal: Refusal,
    *,
    operation: str,
    organization_id: str = "",
    landscape_id: str = "",
) -> None:
    """Logs a refusal for want of permission or proof, in the organization that it concerns: that of what was asked for,
    where it is there for the actor, or else the actor's own. Never raises: the answer stands."""
    if who is None or not isinstance(refusal, Unauthenticated | Forbidden):
        return
    wanted = organization_id or _organization(service, landscape_id or (who.only or ("",))[0])
    concerned = [wanted] if wanted in who.permissions or (wanted and who.only) else list(who.organization_ids)
    action: OrganizationActionType | OwnActionType = "access-refuse"
    if isinstance(refusal, Unauthenticated):
        action = "user-login-failed"
    for id_ in concerned:
        key = (action, who.kind, who.id, operation, refusal.message, who.ip)
        count = service.refusals.count(id_, key, service.clock())
        if count is not None:
            context = {"operation": operation, "count": count}
            props = {"code": refusal.code, "message": refusal.message}
            noted(service, who, action, [id_], context=context, props=props)


def _organization(service: Service, landscape_id: str) -> str:
    if not landscape_id:
        return ""
    try:
        with service.reading() as unit:
            found = unit.find(LANDSCAPE, landscape_id)
            return found.organization_id if found else ""
    except Refusal:
        return ""


def noted(
    service: Service,
    actor: Actor,
    action: OrganizationActionType | OwnActionType,
    organization_ids: Iterable[str],
    **about: Any,
) -> None:
    """Logs what somebody did at the doors; a log that can't be written to keeps nobody out or in."""
    try:
        with service.writing(actor) as ledger:
            for id_ in organization_ids:
                _note(ledger, actor, action, id_, about)
    except Refusal as error:
        _log.warning("not logged: %s of %s %s: %s", action, actor.kind, actor.id, error)


def came_in(service: Service, actor: Actor) -> None:
    """Logs that somebody signed in."""
    noted(service, actor, "user-login", actor.organization_ids)


def went(service: Service, actor: Actor) -> None:
    """Logs that somebody signed out."""
    noted(service, actor, "user-logout", actor.organization_ids)


def _note(ledger: Ledger, actor: Actor, action: str, organization_id: str, about: dict[str, Any]) -> None:
    ledger.note(action, None, actor.id, organization_id=organization_id, **about)
