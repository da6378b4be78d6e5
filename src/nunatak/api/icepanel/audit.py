"""The audit of an organization: its log, with what the contract has no word for and its clients can't read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.logs import asked_of, log_entry, log_filter, log_query, many_of, paging_of
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, enveloped
from nunatak.core.fields import Own
from nunatak.core.log import AUDIT_TYPES, Importance, OrganizationActionType, OwnActionType
from nunatak.services import logbook
from nunatak.services.logbook import Log

OPERATIONS = Operations()
operation = OPERATIONS.operation
_Importance = Own[Importance | UnsetType]
_Types: Any = OrganizationActionType | OwnActionType
_Action: Any = record(
    "AuditAction",
    {
        "type": _Types,
        "id": str | None,
        "context": dict[str, Any] | UnsetType,
        "props": dict[str, Any] | UnsetType,
    },
)
_Entry: Any = log_entry("AuditEntry", str | UnsetType, _Importance, _Action)
Audit = record("AuditAnswer", {"audit": many_of(_Entry), "next_cursor": str | UnsetType})
AuditQuery = log_query("AuditQuery", log_filter("AuditFilter", _Types))


@operation(
    "organizations.audit.list", "GET", "/organizations/{organizationId}/audit", query=AuditQuery, answer=Audit, own=True
)
def listed(call: Call[Any]) -> bytes:
    """Who came in, who was refused, and what was done to keys, members, teams, tokens and webhooks; latest first."""
    asked = asked_of(call)
    asked = asked if asked.types else replace(asked, types=AUDIT_TYPES)
    log = Log(organization_id=call.path["organizationId"], audit=True)
    return enveloped("audit", logbook.page(call.service, actor_of(call), log, asked, **paging_of(call)))
