"""The 77 actions of the log as the document shows them, made from a table: what surrounds an action, and its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Union

from msgspec import Meta, UnsetType

from nunatak.api.icepanel import bodies, draft_bodies
from nunatak.api.icepanel.forms import Form, record
from nunatak.core.diagram import DiagramExportImageOptions, DiagramObjectType, DiagramType
from nunatak.core.fields import Name, Number, PermissionType
from nunatak.core.model import ModelObjectType
from nunatak.core.organization import OrganizationUser
from nunatak.core.work import LandscapeExportFilter, LandscapeExportOptions, LandscapeExportType

Fields = Mapping[str, Any]
_WORDS = {"api": "Api", "oauth": "OAuth"}

_Text = str | UnsetType
_Names = dict[str, str] | UnsetType
_Password = Annotated[str, Meta(min_length=8, max_length=64)]
_BodyType = Literal["idea", "inaccurate", "new-idea", "new-inaccurate", "new-question", "question"]
ApiKeyRequired = record("ApiKeyRequired", {"name": Name, "permission": PermissionType})
ApiKeyPartial = record("ApiKeyPartial", {"name": Name | UnsetType, "permission": PermissionType | UnsetType})
ModelInFamily = record("ActionContextModelObject", {"handle_id": str, "name": str, "type": ModelObjectType})
_Family = list[ModelInFamily] | UnsetType  # type: ignore[valid-type]
_ContentObject = record(
    "ActionDiagramContentContextObject",
    {"model_handle_id": str, "model_name": str, "model_type": ModelObjectType, "type": DiagramObjectType},
)
_ContentConnection = record(
    "ActionDiagramContentContextConnection", {"model_handle_id": str | None, "model_name": str | None}
)
_ContentComment = record(
    "ActionDiagramContentContextComment", {"comment_body_type": _BodyType, "comment_handle_id": str}
)
_FlowObject = record("ActionFlowContextObject", {"type": DiagramObjectType})

# What surrounds an action: its domain, its family from the outside in, its groups.
_NAME: Fields = {"name": str}
_DOMAIN: Fields = {"domain_handle_id": _Text, "domain_name": _Text}
_FAMILY: Fields = {**_DOMAIN, "model_family": _Family}
_GROUP: Fields = {"group_handle_id": _Text, "group_name": _Text}
_MODEL: Fields = {
    **_FAMILY,
    "group_names": _Names,
    "tag_names": _Names,
    "team_names": _Names,
    "technology_names": _Names,
}
_LINE: Fields = {
    **_DOMAIN,
    "origin_model_family": _Family,
    "target_model_family": _Family,
    "via_model_family": _Family,
    "tag_names": _Names,
    "technology_names": _Names,
}
_DRAWN: Fields = {"name": str, "type": DiagramType}
_CONTENT: Fields = {
    **_FAMILY,
    **_GROUP,
    **_DRAWN,
    "objects": dict[str, _ContentObject] | UnsetType,  # type: ignore[valid-type]
    "connections": dict[str, _ContentConnection] | UnsetType,  # type: ignore[valid-type]
    "comments": dict[str, _ContentComment] | UnsetType,  # type: ignore[valid-type]
}
_COMMENT: Fields = {**_FAMILY, "target_handle_id": _Text, "target_name": _Text}
_REPLY: Fields = {**_DOMAIN, "comment_handle_id": _Text}
_FLOW: Fields = {
    **_FAMILY,
    "diagram_handle_id": _Text,
    "diagram_name": _Text,
    "diagram_type": DiagramType | UnsetType,
}
_LINK: Fields = {
    "draft_handle_id": str | UnsetType | None,
    "draft_name": _Text,
    "version_model_handle_id": str | None,
    "version_name": str,
}
_USERS: Fields = {"user_names": _Names}
_PERSON: Fields = {"email": str, "landscape_names": _Names, "name": _Text}
_WHERE: Fields = {"landscape_name": str, "version_name": str}
_FILE: Fields = {"bucket_path": str, "filename": str, "version_id": str}
_DRAFT: Fields = {"draft_handle_id": _Text, "draft_name": _Text}

_TYPED = {"name": str, "type": ModelObjectType}
# Family -> the context of create, update and delete, and the forms of create and update.
_WRITTEN: dict[str, tuple[Fields | None, Fields, Fields, Any, Any]] = {
    "api-key": (None, _NAME, _NAME, ApiKeyRequired, ApiKeyPartial),
    "comment": (_COMMENT, _COMMENT, _COMMENT, bodies.CommentRequired, bodies.CommentPartial),
    "comment-reply": (_REPLY, _REPLY, _REPLY, bodies.CommentReplyRequired, bodies.CommentReplyPartial),
    "diagram": (
        {**_FAMILY, **_GROUP},
        {**_FAMILY, **_GROUP, **_DRAWN},
        {**_FAMILY, **_DRAWN},
        bodies.DiagramRequired,
        bodies.DiagramPartial,
    ),
    "diagram-content": (
        _CONTENT,
        _CONTENT,
        {**_FAMILY, **_DRAWN},
        bodies.DiagramContentRequired,
        bodies.DiagramContentPartial,
    ),
    "diagram-group": (
        _FAMILY,
        {**_FAMILY, **_NAME},
        {**_FAMILY, **_NAME},
        bodies.DiagramGroupRequired,
        bodies.DiagramGroupPartial,
    ),
    "domain": (None, _NAME, _NAME, bodies.DomainRequired, bodies.DomainPartial),
    "draft": (
        {"name": str, "version_name": _Text},
        _NAME,
        {"name": str, "version_name": _Text},
        draft_bodies.DraftRequired,
        draft_bodies.DraftPartial,
    ),
    "flow": (
        _FLOW,
        {**_FLOW, **_NAME, "objects": dict[str, _FlowObject] | UnsetType},  # type: ignore[valid-type]
        {**_FLOW, **_NAME},
        bodies.FlowRequired,
        bodies.FlowPartial,
    ),
    "landscape": (
        {"backstage_import": bool | UnsetType, "name": str, "structurizr_import": bool | UnsetType},
        _NAME,
        _NAME,
        None,
        bodies.LandscapePartial,
    ),
    "model-connection": (
        _LINE,
        {**_LINE, **_NAME},
        {**_LINE, **_NAME},
        bodies.ModelConnectionRequired,
        bodies.ModelConnectionPartial,
    ),
    "model-object": (
        _MODEL,
        {**_MODEL, **_TYPED},
        {**_MODEL, **_TYPED},
        bodies.ModelObjectRequired,
        bodies.ModelObjectPartial,
    ),
    "organization": (_NAME, _NAME, _NAME, bodies.OrganizationRequired, bodies.OrganizationPartial),
    "share-link": (
        _LINK,
        {**_LINK, "short_id": str},
        {**_LINK, "short_id": str},
        bodies.ShareLinkRequired,
        {"password": _Password | UnsetType, "protected": bool | UnsetType, "reset_short_id": bool},
    ),
    "tag": (_GROUP, {**_GROUP, **_NAME}, {**_GROUP, **_NAME}, bodies.TagRequired, bodies.TagPartial),
    "tag-group": (None, _NAME, _NAME, bodies.TagGroupRequired, bodies.TagGroupPartial),
    "team": (_USERS, {**_USERS, **_NAME}, {**_USERS, **_NAME}, bodies.TeamRequired, bodies.TeamPartial),
}
# Action -> its context and its values.
_DONE: dict[str, tuple[Fields | None, Any]] = {
    "diagram-content-view": ({**_FAMILY, **_DRAWN}, None),
    "diagram-export": (
        {
            **_DRAFT,
            "diagram_name": str,
            "diagram_type": DiagramType,
            "flow_handle_id": _Text,
            "flow_name": _Text,
            "version_name": str,
        },
        {**_FILE, "options": DiagramExportImageOptions | UnsetType},
    ),
    "draft-merge": (_NAME, None),
    "draft-task-create": ({"draft_name": str}, draft_bodies.DraftTaskRequired),
    "draft-view": (_NAME, None),
    "flow-view": ({**_FLOW, **_NAME}, None),
    "landscape-copy": ({"name": str, "target_landscape_name": str}, {"target_landscape_id": str}),
    "landscape-duplicate": ({"name": str, "target_organization_name": _Text}, {"target_organization_id": _Text}),
    "landscape-export": (
        {
            **_WHERE,
            **_DRAFT,
            "filter_diagram_handle_id": _Text,
            "filter_diagram_name": _Text,
            "filter_diagram_type": DiagramType | UnsetType,
            "filter_flow_handle_id": _Text,
            "filter_flow_name": _Text,
            "filter_model_object_handle_id": _Text,
            "filter_model_object_name": _Text,
            "filter_model_object_type": ModelObjectType | UnsetType,
        },
        {
            **_FILE,
            "filter": LandscapeExportFilter | UnsetType,
            "options": LandscapeExportOptions | UnsetType,
            "type": LandscapeExportType,
        },
    ),
    "landscape-import": (
        _WHERE,
        {
            "bucket_path": str,
            "model_connection_count": Number,
            "model_object_count": Number,
            "model_object_type_count": dict[str, Number],
            "prune": bool | UnsetType,
            "tag_count": Number,
            "tag_group_count": Number,
            "version_id": str,
        },
    ),
    "model-connections-export": (_WHERE, {"type": Literal["csv"], "version_id": str}),
    "model-object-dependencies-export": (
        {**_FAMILY, **_TYPED, "version_name": str},
        {"type": Literal["json"], "version_id": str},
    ),
    "model-objects-export": (_WHERE, {"type": Literal["csv"], "version_id": str}),
    "oauth-consent-deny": (None, {"client_name": str}),
    "oauth-consent-grant": (None, {"client_name": str, "landscape_id": str}),
    "organization-user-add": (_PERSON, OrganizationUser),
    "organization-user-invite-create": ({"landscape_names": _Names}, bodies.OrganizationUserInviteRequired),
    "organization-user-invite-revoke": ({"email": str, "landscape_names": _Names, "permission": PermissionType}, None),
    "organization-user-remove": (
        {**_PERSON, "landscape_permissions": dict[str, bool] | UnsetType, "permission": PermissionType},
        None,
    ),
    "organization-user-update": (_PERSON, OrganizationUser),
    "user-login": (None, None),
    "user-login-failed": (None, {"code": str, "message": str}),
    "user-logout": (None, None),
    "version-create": (_FAMILY, bodies.VersionRequired),
    "version-delete": ({**_FAMILY, "version_name": str}, None),
    "version-revert-create": (_NAME, bodies.VersionRevertRequired),
}


def _table() -> Iterator[tuple[str, Fields | None, Any]]:
    """Every action with its context and its values."""
    for family, (create, update, delete, required, partial) in _WRITTEN.items():
        yield f"{family}-create", create, required
        yield f"{family}-update", update, partial
        yield f"{family}-delete", delete, None
    for type_, (context, props) in _DONE.items():
        yield type_, context, props


def _variant(type_: str, context: Fields | None, props: Any) -> Form:
    """The struct of one action."""
    name = "Action" + "".join(_WORDS.get(part, part.capitalize()) for part in type_.split("-"))
    fields: dict[str, Any] = {"id": str, "type": Literal[type_]}
    if context is not None:
        fields["context"] = record(f"{name}Context", context)
    if props is not None:
        fields["props"] = record(f"{name}Props", props) if isinstance(props, Mapping) else props
    if type_ == "draft-create":
        fields["ids"] = list[str] | UnsetType
    return record(name, fields)


VARIANTS: dict[str, Form] = {type_: _variant(type_, context, props) for type_, context, props in sorted(_table())}
Action: Any = Union[tuple(VARIANTS.values())]  # noqa: UP007 - the members are made, not written
