"""The audit on the wire: what no word of the contract tells stays out of the contract's own log."""

from __future__ import annotations

from typing import Any

from nunatak.services import audit
from tests.make import World
from tests.wire import Wire, wire_of


def listed(wire: Wire, path: str, many: str) -> list[Any]:
    found: list[Any] = wire.send("GET", f"/v1/organizations/{wire.world.organization_id}/{path}")[many]
    return [entry["action"]["type"] for entry in found]


def test_what_the_contract_has_no_word_for_is_in_the_audit_alone(world: World) -> None:
    wire = wire_of(world, "admin")
    organization = f"/v1/organizations/{wire.world.organization_id}"
    audit.noted(world.service, world.actor, "token-create", [world.organization_id])
    wire.send("POST", f"{organization}/teams", json={"name": "T", "color": "blue"})
    assert listed(wire, "audit", "audit")[:2] == ["team-create", "token-create"]
    assert "token-create" not in listed(wire, "logs", "organizationLogs")
    (only,) = listed(wire, "audit?filter[actionType]=token-create", "audit")
    assert only == "token-create"
    (entry,) = wire.send("GET", f"{organization}/audit?filter[actionType]=token-create")["audit"]
    wire.send("GET", f"{organization}/logs/{entry['id']}", 404)


def test_what_is_done_in_landscapes_is_not_in_the_audit(wire: Wire) -> None:
    wire.system(name="Shop")
    assert "model-object-create" not in listed(wire, "audit", "audit")
