"""Action logs on the wire: every write leaves an entry, found again by what it was about, by whom and when."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from nunatak.api.icepanel.actions import VARIANTS
from nunatak.core.log import LandscapeActionType
from nunatak.services import keys
from tests.wire import Wire


@pytest.fixture
def log(wire: Wire) -> str:
    return f"/v1/landscapes/{wire.world.path.landscape_id}/action-logs"


def listed(wire: Wire, log: str, query: str = "") -> list[Any]:
    found: list[Any] = wire.send("GET", f"{log}?{query}")["actionLogs"]
    return found


def types(entries: list[Any]) -> list[str]:
    return [entry["action"]["type"] for entry in entries]


def test_a_write_leaves_an_entry_that_says_what_where_and_by_whom(wire: Wire, log: str) -> None:
    made = wire.system(name="Shop")
    wire.send("PATCH", f"/model/objects/{made['id']}", json={"name": "Store", "status": "future"})
    changed, created = listed(wire, log, "limit=2")
    assert changed["action"] == {
        "type": "model-object-update",
        "id": made["id"],
        "context": {
            "name": "Shop",
            "type": "system",
            "domainHandleId": changed["action"]["context"]["domainHandleId"],
            "domainName": "Default domain",
            "modelFamily": [
                changed["action"]["context"]["modelFamily"][0],
                {"handleId": made["handleId"], "name": "Store", "type": "system"},
            ],
        },
        "props": {"name": "Store", "status": "future"},
    }
    assert created["action"]["props"] == {"name": "Shop", "type": "system", "parentId": wire.world.root_id}
    assert created["actionIds"] == [made["id"], made["handleId"], wire.world.root_id]
    key_id = wire.credentials.partition(":")[0]
    assert (changed["performedBy"], changed["performedById"], changed["performedByName"]) == ("api-key", key_id, "t")
    assert (changed["parentId"], changed["importance"], changed["landscapeId"]) == (
        None,
        "medium",
        wire.world.path.landscape_id,
    )
    assert wire.send("GET", f"{log}/{changed['id']}") == {"actionLog": changed}


def test_a_request_that_is_refused_leaves_none(wire: Wire, log: str) -> None:
    before = listed(wire, log)
    wire.send("POST", "/model/objects", 422, json={"name": "x", "type": "app", "parentId": wire.world.root_id})
    assert listed(wire, log) == before


def test_the_log_tells_the_callers_address_and_program(wire: Wire, log: str) -> None:
    wire.send("POST", "/domains", json={"name": "D"}, headers={"User-Agent": "probe/1"})
    entry = listed(wire, log, "limit=1")[0]
    assert (entry["performedByIp"], entry["performedByUserAgent"]) == ("testclient", "probe/1")


def test_what_a_deletion_entailed_is_under_its_children(wire: Wire, log: str) -> None:
    above, other = wire.system(), wire.system()
    below = wire.made("/model/objects", name="A", type="app", parentId=above["id"])
    line = wire.made(
        "/model/connections", name="uses", originId=below["id"], targetId=other["id"], direction="outgoing"
    )
    wire.send("DELETE", f"/model/objects/{above['id']}")
    top = listed(wire, log, "limit=1")[0]
    assert (top["action"]["type"], top["action"]["id"], top["importance"]) == (
        "model-object-delete",
        above["id"],
        "high",
    )
    children = listed(wire, f"{log}/{top['id']}/children")
    assert {(one["action"]["type"], one["action"]["id"]) for one in children} == {
        ("model-object-delete", below["id"]),
        ("model-connection-delete", line["id"]),
    }
    assert {one["parentId"] for one in children} == {top["id"]}
    others = listed(wire, log, "filter[actionType][$not]=landscape-create")
    assert [one["action"]["id"] for one in others if one["action"]["type"] == "model-object-delete"] == [above["id"]]


def test_an_entitys_history_holds_what_befell_it_with_others(wire: Wire, log: str) -> None:
    above = wire.system()
    below = wire.made("/model/objects", name="A", type="app", parentId=above["id"])
    wire.send("DELETE", f"/model/objects/{above['id']}")
    for id_ in (below["id"], below["handleId"]):
        assert types(listed(wire, log, f"filter[actionId]={id_}")) == ["model-object-delete", "model-object-create"]
    assert types(listed(wire, log, f"filter[actionId]={above['id']}")) == ["model-object-delete", "model-object-create"]
    touched = listed(wire, log, f"filter[actionId]={above['id']}&filter[includeActionsInContext]=true")
    assert {one["action"]["id"] for one in touched} == {above["id"], below["id"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("filter[actionType]=tag-group-create", ["tag-group-create"] * 3),
        ("filter[actionType]=domain-create,domain-update", ["domain-update", "domain-create", "domain-create"]),
        ("filter[actionType][]=domain-update&filter[actionType][]=tag-update", ["domain-update"]),
        ("filter[actionType][$not]=landscape-create&limit=2", ["domain-update", "domain-create"]),
        ("filter[limit]=1", ["domain-update"]),
        ("filter[limit]=1&filter[order]=asc", ["landscape-create"]),
        ("limit=1&order=asc", ["landscape-create"]),
        ("filter[performedBy]=user", []),
        ("filter[performedById]=nobody&filter[performedBy]=api-key", []),
        ("filter[performedBy]=api-key&filter[performedBy]=user&limit=1", ["domain-update"]),
    ],
)
def test_entries_are_found_by_type_and_performer(wire: Wire, log: str, query: str, found: list[str]) -> None:
    made = wire.made("/domains", name="D")
    wire.send("PATCH", f"/domains/{made['id']}", json={"name": "E"})
    assert types(listed(wire, log, query)) == found


def test_entries_are_found_by_time_and_by_each_other(wire: Wire, log: str) -> None:
    ids = [wire.made("/domains", name=name)["id"] for name in ("A", "B", "C")]
    own = [entry for entry in listed(wire, log) if entry["action"]["id"] in ids]
    last, middle, first = own
    at = middle["performedAt"]
    for query, expected in (
        (f"filter[startAtDate]={at}", [last, middle]),
        (f"filter[startAfterDate]={at}", [last]),
        (f"filter[endAtDate]={at}&filter[startAtId]={first['id']}", [middle, first]),
        (f"filter[endBeforeDate]={at}&filter[startAtId]={first['id']}", [first]),
        (f"filter[startAtId]={middle['id']}", [last, middle]),
        (f"filter[startAfterId]={middle['id']}", [last]),
        (f"filter[endAtId]={middle['id']}&filter[startAfterId]={first['id']}", [middle]),
        (f"filter[endBeforeId]={middle['id']}&limit=1", [first]),
    ):
        assert listed(wire, log, query.replace("+", "%2B")) == expected, query
    everything = "filter[startAtDate]=0001-01-01T00:00:00%2B14:00&filter[endAtDate]=9999-12-31T23:59:59.999Z"
    assert listed(wire, log, everything) == listed(wire, log)
    assert wire.send("GET", f"{log}/stats/by-type?{everything}&period=all")["totalCount"] > 10
    refused = wire.send("GET", f"{log}?filter[startAtId]=nothing", 404)
    assert refused["errors"] == ["query.filter.startAtId: expected the id of an entry of this log"]
    wire.send("GET", f"{log}?filter[startAtId]={first['id']}&filter[startAtDate]={at}", 422)


@pytest.mark.parametrize("period", ["day", "week", "month", "year", "all"])
def test_statistics_tell_a_period_by_its_first_day(wire: Wire, log: str, period: str) -> None:
    first = {
        "day": "2026-01-01",
        "week": "2025-12-29",
        "month": "2026-01-01",
        "year": "2026-01-01",
        "all": "1970-01-01",
    }
    for name in ("by-type", "by-entity"):
        found = wire.send("GET", f"{log}/stats/{name}?period={period}")
        assert [day["date"] for day in found["dates"]] == [f"{first[period]}T00:00:00Z"]
    wire.send("GET", f"{log}/stats/by-type?period=decade", 422)


def test_a_page_leads_to_the_next_in_both_directions(wire: Wire, log: str) -> None:
    whole = listed(wire, log)
    for order, expected in (("desc", whole), ("asc", whole[::-1])):
        found, cursor = [], ""
        while True:
            page = wire.send("GET", f"{log}?limit=2&order={order}{cursor}")
            found += page["actionLogs"]
            if "nextCursor" not in page:
                break
            cursor = f"&cursor={page['nextCursor']}"
        assert found == expected
    wire.send("GET", f"{log}?limit=0", 422)
    wire.send("GET", f"{log}?limit=10001", 422)
    wire.send("GET", f"{log}?cursor=nothing", 422)


def test_statistics_count_by_type_and_by_entity_with_who_did_it(wire: Wire, log: str) -> None:
    made = wire.made("/domains", name="D")
    for name in ("E", "F"):
        wire.send("PATCH", f"/domains/{made['id']}", json={"name": name})
    key_id = wire.credentials.partition(":")[0]
    query = f"filter[performedById]={key_id}"
    by_type = wire.send("GET", f"{log}/stats/by-type?period=month&{query}")
    contributor = by_type["contributors"][key_id]
    assert (contributor["count"], contributor["name"], contributor["type"]) == (4, "t", "api-key")
    assert by_type["totalCount"] == 4
    day = by_type["dates"][0]
    assert day["date"].startswith("2026-01-01T00:00:00")
    assert {type_: item["count"] for type_, item in day["actions"].items()} == {
        "domain-create": 1,
        "domain-update": 2,
        "model-object-create": 1,  # a domain's root
    }
    assert day["actions"]["domain-update"]["contributors"] == {key_id: {**contributor, "count": 2}}
    by_entity = wire.send("GET", f"{log}/stats/by-entity?filter[entityId]={made['handleId']}&period=all")
    assert by_entity["dates"][0]["entities"][made["id"]]["count"] == 3
    assert by_entity["totalCount"] == 3
    none = wire.send("GET", f"{log}/stats/by-type?filter[startAtDate]=2030-01-01T00:00:00Z")
    assert none == {"contributors": {}, "dates": [], "totalCount": 0}


def test_an_organizations_log_holds_its_landscapes_and_what_is_above_them(wire: Wire) -> None:
    log = f"/v1/organizations/{wire.world.organization_id}/logs"
    wire.made("/domains", name="D")
    found = wire.send("GET", log)["organizationLogs"]
    assert types(found)[0] == "domain-create"
    assert found[0]["landscapeId"] == wire.world.path.landscape_id
    made = next(entry for entry in found if entry["action"]["type"] == "api-key-create")
    assert "landscapeId" not in made
    assert "digest" not in str(made)
    assert wire.send("GET", f"{log}/{made['id']}") == {"organizationLog": made}
    counted = wire.send("GET", f"{log}/stats/by-type?filter[actionType]=api-key-create")
    assert counted["dates"][0]["actions"]["api-key-create"]["count"] == 2
    assert wire.send("GET", f"{log}/stats/by-entity?filter[entityId]={made['action']['id']}")["totalCount"] == 1


def test_a_log_is_closed_to_other_organizations(wire: Wire, log: str) -> None:
    world = wire.world
    entry = listed(wire, log, "limit=1")[0]
    made = wire.send("POST", "/v1/organizations", json={"name": "Other"}, headers=_admin(wire))["organization"]
    other = wire.send("POST", f"/v1/organizations/{made['id']}/landscapes", json={"name": "L"}, headers=_admin(wire))[
        "landscape"
    ]
    path = f"/v1/landscapes/{other['id']}/action-logs"
    wire.send("GET", path, 404)
    wire.send("GET", f"{path}/{entry['id']}", 404, headers=_admin(wire))
    wire.send("GET", f"/v1/organizations/{made['id']}/logs", 404)
    wire.send("GET", f"/v1/organizations/{world.organization_id}/logs/{entry['id']}x", 404)


def _admin(wire: Wire) -> dict[str, str]:
    world = wire.world
    if not hasattr(wire, "admin"):
        _, wire.admin = keys.create(world.service, world.actor, world.organization_id, name="a", permission="admin")  # type: ignore[attr-defined]
    return {"X-API-Key": wire.admin}  # type: ignore[attr-defined]


def test_every_entry_fits_the_form_of_its_action(wire: Wire, log: str) -> None:
    system = wire.system(name="S")
    app = wire.made("/model/objects", name="A", type="app", parentId=system["id"])
    diagram = wire.made("/diagrams", name="D", type="app-diagram", modelId=system["id"], index=0)
    wire.send(
        "PATCH",
        f"/diagrams/{diagram['id']}/content",
        json={"objects": {"$add": {"o": {"modelId": app["id"], "type": "app", "shape": "box", "x": 0, "y": 0}}}},
    )
    wire.send("GET", f"/diagrams/{diagram['id']}?updateViewedAt=true")
    wire.send("PATCH", f"/diagrams/{diagram['id']}", json={"name": "E"})
    flow = wire.made("/flows", name="F", diagramId=diagram["id"])
    wire.send("PATCH", f"/flows/{flow['id']}", json={"name": "G"})
    group = wire.made("/diagram-groups", name="G", modelId=system["id"])
    wire.send("DELETE", f"/diagram-groups/{group['id']}")
    for path in (f"/flows/{flow['id']}", f"/diagrams/{diagram['id']}", f"/model/objects/{system['id']}"):
        wire.send("DELETE", path)
    wire.send("PATCH", f"/v1/landscapes/{wire.world.path.landscape_id}", json={"name": "M"})
    entries = wire.send("GET", f"/v1/organizations/{wire.world.organization_id}/logs?limit=10000")["organizationLogs"]
    entries += [child for e in entries if "landscapeId" in e for child in listed(wire, f"{log}/{e['id']}/children")]
    assert len(set(types(entries))) > 15
    for entry in entries:
        msgspec.convert(entry["action"], VARIANTS[entry["action"]["type"]])


def test_landscapes_have_58_of_the_77_types() -> None:
    assert len(VARIANTS) == 77
    assert len(get_args(LandscapeActionType)) == 58
    assert set(get_args(LandscapeActionType)) < set(VARIANTS)
