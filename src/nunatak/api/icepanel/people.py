"""Who is in an organization: users, invitations, teams."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from nunatak.api.icepanel import bodies
from nunatak.api.icepanel.forms import ENVELOPE, record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, given
from nunatak.api.icepanel.table import NOTHING
from nunatak.core.fields import Name, PermissionType
from nunatak.core.landscape import Landscape
from nunatak.core.model import ModelObject
from nunatak.core.organization import OrganizationUser
from nunatak.core.people import OrganizationUserInvite, Team, User
from nunatak.services import people, teams

OPERATIONS = Operations()
_ORGANIZATION = "/organizations/{organizationId}"
_USERS = f"{_ORGANIZATION}/users"
_INVITES = f"{_USERS}/invites"
_TEAMS = f"{_ORGANIZATION}/teams"
_TEAM = f"{_TEAMS}/{{teamId}}"

_PERSON: dict[str, Any] = {"email": str, "job_role": str | UnsetType, "name": Name | UnsetType}
_MEMBER: dict[str, Any] = {"permission": PermissionType, "landscape_permissions": dict[str, bool] | UnsetType}
UserRequired = record("OrganizationUserRequired", {**_PERSON, **_MEMBER})
# The contract shows a user in an organization without a name of its own.
UserShown = record(ENVELOPE, {**_PERSON, "last_active_at": datetime, **_MEMBER})
UsersAnswer = record("OrganizationUsersAnswer", {"organization_users": dict[str, UserShown]})  # type: ignore[valid-type]
UserAdded = record("OrganizationUserAdded", {"id": str, "organization_user": OrganizationUser})
UserAnswer = record("OrganizationUserAnswer", {"organization_user": OrganizationUser})
InvitesAnswer = record("InvitesAnswer", {"organization_user_invites": list[OrganizationUserInvite]})
InviteAnswer = record("InviteAnswer", {"organization_user_invite": OrganizationUserInvite})
TeamsAnswer = record("TeamsAnswer", {"teams": list[Team]})
TeamAnswer = record("TeamAnswer", {"team": Team})
LandscapesAnswer = record("TeamLandscapesAnswer", {"landscapes": list[Landscape]})
ObjectsAnswer = record("TeamObjectsAnswer", {"landscape_model_objects": dict[str, list[ModelObject]]})

operation = OPERATIONS.operation


@operation("organizations.users.list", "GET", _USERS, answer=UsersAnswer)
def list_users(call: Call[Any]) -> dict[str, Any]:
    """An organization's users, by id."""
    found = people.users(call.service, actor_of(call), call.path["organizationId"])
    return {"organizationUsers": {id_: _shown(*each) for id_, each in found.items()}}


def _shown(user: User, member: OrganizationUser) -> dict[str, Any]:
    words = {"email": user.email, "jobRole": user.job_role, "name": user.name, "lastActiveAt": user.last_active_at}
    may: dict[str, Any] = msgspec.to_builtins(member)
    return {name: value for name, value in words.items() if value is not UNSET} | may


@operation("organizations.users.create", "POST", _USERS, body=UserRequired, answer=UserAdded, own=True, deed="admin")
def add_user(call: Call[Any]) -> dict[str, Any]:
    """Takes somebody into an organization, without an invitation."""
    values = given(call.body)
    member = {name: values.pop(name) for name in list(values) if name in ("permission", "landscapePermissions")}
    user, added = people.add(call.service, actor_of(call), call.path["organizationId"], values, member)
    return {"id": user.id, "organizationUser": added}


@operation(
    "organizations.users.update",
    "PATCH",
    f"{_USERS}/{{userId}}",
    body=OrganizationUser,
    answer=UserAnswer,
    deed="admin",
)
def update_user(call: Call[Any]) -> dict[str, Any]:
    """Says anew what a user may do."""
    organization_id, id_ = call.path["organizationId"], call.path["userId"]
    member = people.permit(call.service, actor_of(call), organization_id, id_, given(call.body))
    return {"organizationUser": member}


@operation("organizations.users.delete", "DELETE", f"{_USERS}/{{userId}}", answer=NOTHING, deed="admin")
def delete_user(call: Call[Any]) -> dict[str, Any]:
    """Takes a user out of an organization."""
    people.remove(call.service, actor_of(call), call.path["organizationId"], call.path["userId"])
    return {}


@operation("organizations.users.invites.list", "GET", _INVITES, answer=InvitesAnswer)
def list_invites(call: Call[Any]) -> dict[str, Any]:
    """All invitations, the used and revoked ones too."""
    found = people.invites(call.service, actor_of(call), call.path["organizationId"])
    return {"organizationUserInvites": found}


@operation(
    "organizations.users.invites.create",
    "POST",
    _INVITES,
    body=bodies.OrganizationUserInviteRequired,
    answer=InviteAnswer,
    deed="admin",
)
def create_invite(call: Call[Any]) -> dict[str, Any]:
    """Invites somebody."""
    made = people.invite(call.service, actor_of(call), call.path["organizationId"], given(call.body))
    return {"organizationUserInvite": made}


@operation(
    "organizations.users.invites.revoke",
    "POST",
    f"{_INVITES}/{{organizationUserInviteId}}",
    answer=InviteAnswer,
    deed="admin",
)
def revoke_invite(call: Call[Any]) -> dict[str, Any]:
    """Revokes an invitation."""
    ids = call.path["organizationId"], call.path["organizationUserInviteId"]
    return {"organizationUserInvite": people.revoke(call.service, actor_of(call), *ids)}


@operation("teams.list", "GET", _TEAMS, answer=TeamsAnswer)
def list_teams(call: Call[Any]) -> dict[str, Any]:
    """An organization's teams."""
    return {"teams": teams.listing(call.service, actor_of(call), call.path["organizationId"])}


@operation("teams.create", "POST", _TEAMS, body=bodies.TeamRequired, answer=TeamAnswer)
def create_team(call: Call[Any]) -> dict[str, Any]:
    """Makes a team."""
    return {"team": teams.create(call.service, actor_of(call), call.path["organizationId"], given(call.body))}


@operation("teams.get", "GET", _TEAM, answer=TeamAnswer)
def get_team(call: Call[Any]) -> dict[str, Any]:
    """One team."""
    return {"team": teams.get(call.service, actor_of(call), *_ids(call))}


@operation("teams.update", "PATCH", _TEAM, body=bodies.TeamPartial, answer=TeamAnswer)
def update_team(call: Call[Any]) -> dict[str, Any]:
    """Changes a team."""
    return {"team": teams.update(call.service, actor_of(call), *_ids(call), given(call.body))}


@operation("teams.delete", "DELETE", _TEAM, answer=NOTHING)
def delete_team(call: Call[Any]) -> dict[str, Any]:
    """Deletes a team."""
    teams.delete(call.service, actor_of(call), *_ids(call))
    return {}


@operation("teams.listLandscapes", "GET", f"{_TEAM}/landscapes", answer=LandscapesAnswer)
def list_team_landscapes(call: Call[Any]) -> dict[str, Any]:
    """The landscapes that a team owns something in."""
    return {"landscapes": teams.landscapes(call.service, actor_of(call), *_ids(call))}


@operation("teams.listModelObjects", "GET", f"{_TEAM}/model/objects", answer=ObjectsAnswer)
def list_team_objects(call: Call[Any]) -> bytes:
    """What a team owns, by landscape id."""
    found = teams.model_objects(call.service, actor_of(call), *_ids(call))
    parts = (texts.joined(f'"{landscape_id}":[', "]") for landscape_id, texts in found.items())
    return f'{{"landscapeModelObjects":{{{",".join(parts)}}}}}'.encode()


def _ids(call: Call[Any]) -> tuple[str, str]:
    return call.path["organizationId"], call.path["teamId"]
