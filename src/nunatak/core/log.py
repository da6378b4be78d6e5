"""The action log: who did what, when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, get_args

from msgspec import UNSET, UnsetType

from nunatak.core.fields import AuthType, Own, Struct

Importance = Literal["low", "medium", "high"]
Period = Literal["day", "week", "month", "year", "all"]
SortDirection = Literal["asc", "desc"]

LandscapeActionType = Literal[
    "comment-create", "comment-delete", "comment-update",
    "comment-reply-create", "comment-reply-delete", "comment-reply-update",
    "diagram-create", "diagram-delete", "diagram-export", "diagram-update",
    "diagram-content-create", "diagram-content-delete", "diagram-content-update", "diagram-content-view",
    "diagram-group-create", "diagram-group-delete", "diagram-group-update",
    "domain-create", "domain-delete", "domain-update",
    "draft-create", "draft-delete", "draft-merge", "draft-task-create", "draft-update", "draft-view",
    "flow-create", "flow-delete", "flow-update", "flow-view",
    "landscape-copy", "landscape-create", "landscape-delete", "landscape-duplicate", "landscape-export",
    "landscape-import", "landscape-update",
    "model-connection-create", "model-connection-delete", "model-connection-update", "model-connections-export",
    "model-object-create", "model-object-delete", "model-object-dependencies-export", "model-object-update",
    "model-objects-export",
    "share-link-create", "share-link-delete", "share-link-update",
    "tag-create", "tag-delete", "tag-update",
    "tag-group-create", "tag-group-delete", "tag-group-update",
    "version-create", "version-delete", "version-revert-create",
]  # fmt: skip
OrganizationActionType = Literal[
    "api-key-create", "api-key-delete", "api-key-update",
    "oauth-consent-deny", "oauth-consent-grant",
    "organization-create", "organization-delete", "organization-update",
    "organization-user-add", "organization-user-remove", "organization-user-update",
    "organization-user-invite-create", "organization-user-invite-revoke",
    "team-create", "team-delete", "team-update",
    "user-login", "user-login-failed", "user-logout",
]  # fmt: skip
# What the contract has no word for: a refusal for want of permission, a token for an API key, and what
# is done to webhook subscriptions.
OwnActionType = Literal[
    "access-refuse", "token-create",
    "webhook-subscription-create", "webhook-subscription-delete", "webhook-subscription-update",
]  # fmt: skip
ActionType = LandscapeActionType | OrganizationActionType
OWN_ACTION_TYPES: tuple[str, ...] = get_args(OwnActionType)
AUDIT_TYPES: tuple[str, ...] = (*get_args(OrganizationActionType), *OWN_ACTION_TYPES)
ACTION_TYPES: frozenset[str] = frozenset((*get_args(LandscapeActionType), *AUDIT_TYPES))

_HIGH = ("delete", "refuse", "merge", "import", "revoke", "remove", "failed", "revert-create")
_LOW = ("view", "export", "login", "logout")


def importance(action_type: str) -> Importance:
    """How much an action matters: what takes away or replaces much is high, what only looks is low."""
    if action_type.endswith(_HIGH):
        return "high"
    return "low" if action_type.endswith(_LOW) else "medium"


class LogEntry(Struct, frozen=True, kw_only=True):
    """One action of an organization, and of one of its landscapes where `landscape_id` is there. `action` is the wire's
    Action {type, id, context?, props?}; what an action entailed are entries whose `parent_id` names it. `action_ids`
    are the ids of all that it touched, and `entity_handle_id` the handle of what it was about."""

    action: dict[str, Any]
    action_ids: list[str]
    id: str
    importance: Own[Importance | UnsetType]
    landscape_id: str | UnsetType = UNSET
    organization_id: Own[str | UnsetType]
    entity_handle_id: Own[str | UnsetType] = UNSET
    parent_id: str | None
    performed_at: datetime
    performed_by: AuthType
    performed_by_id: str
    performed_by_name: str | UnsetType = UNSET
    performed_by_auth_provider: str | UnsetType = UNSET
    performed_by_client_id: str | UnsetType = UNSET
    performed_by_ip: str | UnsetType = UNSET
    performed_by_user_agent: str | UnsetType = UNSET

    @property
    def action_type(self) -> str:
        """What was done, in the contract's word."""
        return str(self.action["type"])

    @property
    def handle_id(self) -> str:
        """What it was done to; log rows are found by it."""
        return str(self.action["id"])

    @property
    def subject(self) -> list[str]:
        """The other name of what it was done to, where it has one."""
        return [self.entity_handle_id] if self.entity_handle_id else []

    @property
    def touched(self) -> list[str]:
        """The ids of what it touched besides."""
        own = {self.handle_id, *self.subject}
        return [id_ for id_ in self.action_ids if id_ not in own]
