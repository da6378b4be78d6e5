"""API keys over the wire: made, listed without their secrets, renewed with an overlap, ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nunatak.core.kinds import LOG_ENTRY
from nunatak.services import keys
from tests.wire import Wire, wire_of


@pytest.fixture
def engine() -> str:
    """One is enough: what is stored is tested with the services."""
    return "sqlite"


@pytest.fixture
def admin(wire: Wire) -> Wire:
    return wire_of(wire.world, "admin")


def path(wire: Wire, rest: str = "") -> str:
    return f"/v1/organizations/{wire.world.organization_id}/api-keys{rest}"


def made(admin: Wire, **body: Any) -> Any:
    return admin.send("POST", path(admin), json={"name": "ci", "permission": "read", **body})


def opens(wire: Wire, credentials: str) -> bool:
    headers = {"Authorization": f"ApiKey {credentials}"}
    return wire.client.get("/v1/organizations", headers=headers).status_code == 200


def test_a_key_is_told_once_and_listed_without_its_secret(admin: Wire) -> None:
    told = made(admin)
    secret = told["credentials"].partition(":")[2]
    assert opens(admin, told["credentials"])
    listed = admin.send("GET", path(admin))["apiKeys"]
    assert told["apiKey"]["id"] in [one["id"] for one in listed]
    assert secret not in str(listed)
    assert not {"digest", "older", "organizationIds"} & {name for one in listed for name in one}


def test_a_renewed_key_opens_with_both_secrets_until_the_overlap_is_over(admin: Wire) -> None:
    old = made(admin)
    id_ = old["apiKey"]["id"]
    until = admin.world.service.clock() + timedelta(days=1)
    new = admin.send("POST", path(admin, f"/{id_}/rotate"), json={"keepOldUntil": until.isoformat()})
    assert new["apiKey"]["formerSecretsUntil"] == [until.isoformat().replace("+00:00", "Z")]
    assert opens(admin, old["credentials"])
    assert opens(admin, new["credentials"])
    now = admin.world.service.clock().isoformat()
    last = admin.send("POST", path(admin, f"/{id_}/rotate"), json={"keepOldUntil": now})
    assert [opens(admin, each["credentials"]) for each in (old, new, last)] == [False, False, True]
    with admin.world.service.reading() as unit:
        types = [one.action_type for one in unit.every(LOG_ENTRY, admin.world.organization_id) if one.handle_id == id_]
    assert types[:3] == ["api-key-create", "api-key-update", "api-key-update"]


def test_a_key_ends_at_its_time_and_may_be_given_another(admin: Wire) -> None:
    now = admin.world.service.clock()
    told = made(admin, expiresAt=(now + timedelta(minutes=5)).isoformat())
    id_ = told["apiKey"]["id"]
    changed = admin.send("PATCH", path(admin, f"/{id_}"), json={"expiresAt": None, "permission": "write"})["apiKey"]
    assert (changed["expiresAt"], changed["permission"]) == (None, "write")
    for body in ({"name": "x", "permission": "read", "expiresAt": now.isoformat()},):
        refusal = admin.send("POST", path(admin), 422, json=body)
        assert refusal["errors"] == ["body.expiresAt: expected a time to come"]


@pytest.mark.parametrize("days", [91, 10_000])
def test_an_overlap_has_its_bounds(admin: Wire, days: int) -> None:
    id_ = made(admin)["apiKey"]["id"]
    until = (admin.world.service.clock() + timedelta(days=days)).isoformat()
    refusal = admin.send("POST", path(admin, f"/{id_}/rotate"), 422, json={"keepOldUntil": until})
    assert refusal["errors"] == ["body.keepOldUntil: expected a time at most 90 days away"]


def test_a_revoked_key_stays_listed_and_is_not_renewed(admin: Wire) -> None:
    told = made(admin)
    id_ = told["apiKey"]["id"]
    admin.send("DELETE", path(admin, f"/{id_}"))
    assert not opens(admin, told["credentials"])
    (one,) = [each for each in admin.send("GET", path(admin))["apiKeys"] if each["id"] == id_]
    assert one["revokedAt"]
    assert "revoked" in admin.send("POST", path(admin, f"/{id_}/rotate"), 422, json={})["message"]


def test_when_a_key_was_last_used_is_noted_now_and_then(admin: Wire) -> None:
    done: list[Any] = []
    told = made(admin)
    object.__setattr__(admin.world.service, "ahead", lambda work: done.append(work) is None and work() is None)
    for _ in range(3):
        keys.authenticate(admin.world.service, told["credentials"])
    assert len(done) == 1
    (one,) = [each for each in admin.send("GET", path(admin))["apiKeys"] if each["id"] == told["apiKey"]["id"]]
    assert one["lastUsedAt"]


def test_a_key_may_be_without_a_name_and_a_time_without_a_zone_is_utcs(admin: Wire) -> None:
    told = made(admin, name="", expiresAt="2996-01-01T00:00:00")
    assert (told["apiKey"]["name"], told["apiKey"]["expiresAt"]) == ("", "2996-01-01T00:00:00Z")
    changed = admin.send("PATCH", path(admin, f"/{told['apiKey']['id']}"), json={"expiresAt": "2997-01-01T00:00:00"})
    assert changed["apiKey"]["expiresAt"] == "2997-01-01T00:00:00Z"
