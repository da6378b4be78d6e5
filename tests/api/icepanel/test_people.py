from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.change import Change
from nunatak.core.kinds import ORGANIZATION
from tests.make import World
from tests.wire import Wire, wire_of

TOMORROW = "2030-01-01T00:00:00Z"


@pytest.fixture
def admin(world: World) -> Wire:
    return wire_of(world, "admin")


def base(wire: Wire) -> str:
    return f"/v1/organizations/{wire.world.organization_id}"


def user(admin: Wire, email: str = "ann@example.com", **more: Any) -> str:
    body = {"email": email, "permission": "write", **more}
    id_: str = admin.send("POST", f"{base(admin)}/users", json=body)["id"]
    return id_


def test_users_are_listed_by_id_with_what_they_may_do(admin: Wire) -> None:
    id_ = user(admin, name="Ann", jobRole="Architect")
    found = admin.send("GET", f"{base(admin)}/users")["organizationUsers"]
    assert found[id_].pop("lastActiveAt")
    assert found == {
        id_: {"email": "ann@example.com", "name": "Ann", "jobRole": "Architect", "permission": "write"},
    }
    organization = admin.send("GET", base(admin))["organization"]
    assert organization["userIds"] == [id_]
    assert organization["users"] == {id_: {"permission": "write"}}


def test_an_organization_says_whose_people_may_join(admin: Wire) -> None:
    changed = admin.send("PATCH", base(admin), json={"autoInviteDomains": ["@Example.com", "straße.example"]})
    assert changed["organization"]["autoInviteDomains"] == ["@Example.com", "straße.example"]
    made = admin.send("POST", "/v1/organizations", json={"name": "O", "autoInviteDomains": ["a.example"]})
    assert made["organization"]["autoInviteDomains"] == ["a.example"]
    assert admin.send("PATCH", base(admin), json={"autoInviteDomains": []})["organization"]["autoInviteDomains"] == []
    for wrong in ("com", "@com", ".com", "", "a@b.example", "a.example.", "a b.example", "x" * 250 + ".com"):
        refused = admin.send("PATCH", base(admin), 422, json={"autoInviteDomains": [wrong]})
        assert refused["errors"][0].startswith("body.autoInviteDomains[0]: expected"), wrong


def test_a_user_gets_other_rights_and_leaves(admin: Wire) -> None:
    id_ = user(admin)
    land = admin.world.path.landscape_id
    body = {"permission": "read", "landscapePermissions": {land: True}}
    answer = admin.send("PATCH", f"{base(admin)}/users/{id_}", json=body)
    assert answer == {"organizationUser": body}
    team = admin.send("POST", f"{base(admin)}/teams", json={"name": "T", "userIds": [id_]})["team"]
    assert admin.send("DELETE", f"{base(admin)}/users/{id_}") == {}
    assert admin.send("GET", f"{base(admin)}/users") == {"organizationUsers": {}}
    assert admin.send("GET", f"{base(admin)}/teams/{team['id']}")["team"]["userIds"] == []
    admin.send("PATCH", f"{base(admin)}/users/{id_}", 404, json={"permission": "read"})
    admin.send("DELETE", f"{base(admin)}/users/{id_}", 404)


def test_who_may_what_is_refused_by_field(admin: Wire) -> None:
    refuse = lambda **body: admin.send("POST", f"{base(admin)}/users", 422, json=body)["errors"][0]  # noqa: E731
    assert refuse(email="ann", permission="read") == "body.email: expected an e-mail address, got 'ann'"
    assert refuse(email="a@b.example", permission="owner").startswith("body.permission")
    wrong = refuse(email="a@b.example", permission="read", landscapePermissions={"nowhere": True})
    assert wrong == "body.landscapePermissions.nowhere: expected a landscape of this organization"
    user(admin)
    admin.send("POST", f"{base(admin)}/users", 409, json={"email": "ANN@example.com", "permission": "read"})


def test_only_an_administrator_changes_who_belongs(wire: Wire) -> None:
    body = {"email": "a@b.example", "permission": "read"}
    wire.send("POST", f"{base(wire)}/users", 403, json=body)
    wire.send("POST", f"{base(wire)}/users/invites", 403, json={**body, "expiresAt": TOMORROW})


def test_an_invitation_stays_listed_when_it_is_revoked_or_used(admin: Wire) -> None:
    invites = f"{base(admin)}/users/invites"
    make = lambda email: admin.send(  # noqa: E731
        "POST", invites, json={"email": email, "permission": "write", "expiresAt": TOMORROW}
    )["organizationUserInvite"]
    gone, used = make("bob@example.com"), make("ann@example.com")
    assert (gone["createdBy"], gone["organizationId"]) == ("api-key", admin.world.organization_id)
    revoked = admin.send("POST", f"{invites}/{gone['id']}")["organizationUserInvite"]
    assert revoked["revokedAt"]
    assert revoked["revokedBy"] == "api-key"
    assert admin.send("POST", f"{invites}/{gone['id']}")["organizationUserInvite"] == revoked
    id_ = user(admin)
    listed = {one["id"]: one for one in admin.send("GET", invites)["organizationUserInvites"]}
    assert listed[gone["id"]] == revoked
    assert listed[used["id"]]["usedByUserId"] == id_


def test_an_invitation_that_would_have_expired_is_refused(admin: Wire) -> None:
    body = {"email": "a@b.example", "permission": "read", "expiresAt": "2020-01-01T00:00:00Z"}
    refused = admin.send("POST", f"{base(admin)}/users/invites", 422, json=body)
    assert refused["errors"] == ["body.expiresAt: expected a time to come"]


def test_an_invitations_end_is_utcs_where_it_does_not_say(admin: Wire) -> None:
    body = {"email": "a@b.example", "permission": "read", "expiresAt": "2030-01-01T00:00:00"}
    made = admin.send("POST", f"{base(admin)}/users/invites", json=body)["organizationUserInvite"]
    assert made["expiresAt"] == TOMORROW
    past = {**body, "expiresAt": "2020-01-01T00:00:00"}
    refused = admin.send("POST", f"{base(admin)}/users/invites", 422, json=past)
    assert refused["errors"] == ["body.expiresAt: expected a time to come"]


def test_seats_bound_those_who_write(admin: Wire) -> None:
    service, actor = admin.world.service, admin.world.actor
    with service.writing(actor) as ledger:
        change = Change(verb="update", kind=ORGANIZATION.name, id=admin.world.organization_id, values={"seats": 1})
        ledger.found(change)
    user(admin)
    body = {"email": "a@b.example", "permission": "write", "expiresAt": TOMORROW}
    refused = admin.send("POST", f"{base(admin)}/users/invites", 409, json=body)
    assert refused["message"] == "All organization seats have been assigned"
    admin.send("POST", f"{base(admin)}/users/invites", json={**body, "permission": "read"})


def test_a_team_knows_what_it_owns_in_live_versions(admin: Wire) -> None:
    teams = f"{base(admin)}/teams"
    team = admin.send("POST", teams, json={"name": "Platform"})["team"]
    assert (team["color"], team["userIds"], team["modelObjectHandleIds"]) == ("blue", [], [])
    owned = admin.system(teamIds=[team["id"]])
    admin.system()
    found = admin.send("GET", f"{teams}/{team['id']}")["team"]
    assert found["modelObjectHandleIds"] == [owned["handleId"]]
    assert admin.send("GET", teams)["teams"] == [found]
    land = admin.world.path.landscape_id
    assert [one["id"] for one in admin.send("GET", f"{teams}/{team['id']}/landscapes")["landscapes"]] == [land]
    objects = admin.send("GET", f"{teams}/{team['id']}/model/objects")["landscapeModelObjects"]
    assert [one["id"] for one in objects[land]] == [owned["id"]]
    changed = admin.send("PATCH", f"{teams}/{team['id']}", json={"color": "red"})["team"]
    assert (changed["color"], changed["modelObjectHandleIds"]) == ("red", [owned["handleId"]])
    assert admin.send("DELETE", f"{teams}/{team['id']}") == {}
    assert admin.send("GET", f"/model/objects/{owned['id']}")["modelObject"]["teamIds"] == []
    admin.send("GET", f"{teams}/{team['id']}", 404)


def test_a_team_that_owns_nothing_has_no_landscapes(admin: Wire) -> None:
    teams = f"{base(admin)}/teams"
    team = admin.send("POST", teams, json={"name": "Idle"})["team"]
    assert admin.send("GET", f"{teams}/{team['id']}/landscapes") == {"landscapes": []}
    assert admin.send("GET", f"{teams}/{team['id']}/model/objects") == {"landscapeModelObjects": {}}


def test_a_member_who_is_named_twice_is_in_a_team_once(admin: Wire) -> None:
    ann, ben = user(admin), user(admin, "ben@example.com")
    team = admin.made(f"{base(admin)}/teams", name="T", userIds=[ann, ben, ann])
    assert team["userIds"] == [ann, ben]
    changed = admin.send("PATCH", f"{base(admin)}/teams/{team['id']}", json={"userIds": [ben, ben]})
    assert changed["team"]["userIds"] == [ben]


def test_owners_and_members_must_be_there(admin: Wire) -> None:
    body = {"name": "S", "type": "system", "parentId": admin.world.root_id, "teamIds": ["nowhere"]}
    refused = admin.send("POST", "/model/objects", 422, json=body)
    assert refused["errors"] == ["body.teamIds[0]: expected the id of a team of this organization, got 'nowhere'"]
    refused = admin.send("POST", f"{base(admin)}/teams", 422, json={"name": "T", "userIds": ["nobody"]})
    assert refused["errors"] == ["body.userIds[0]: expected the id of a user of this organization, got 'nobody'"]
