"""The action log: who did what, when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import UNSET, UnsetType

from nunatak.core.fields import AuthType, Struct


class LogEntry(Struct, frozen=True, kw_only=True):
    """One action of an organization, and of one of its landscapes where `landscape_id` isn't empty. `action` is the
    wire's Action {type, id, context?, props?}; what an action entailed are entries whose `parent_id` names it."""

    id: str
    organization_id: str
    landscape_id: str
    parent_id: str | None
    action_type: str
    action: dict[str, Any]
    action_ids: list[str]
    performed_at: datetime
    performed_by: AuthType
    performed_by_id: str
    performed_by_name: str | UnsetType = UNSET
    performed_by_auth_provider: str | UnsetType = UNSET
    performed_by_client_id: str | UnsetType = UNSET
    performed_by_ip: str | UnsetType = UNSET
    performed_by_user_agent: str | UnsetType = UNSET
