from __future__ import annotations

from typing import Any

import pytest

from tests.wire import Wire


def found(wire: Wire, search: str, more: str = "") -> list[tuple[str, str]]:
    results = wire.send("GET", f"/search?search={search}{more}")["results"]
    assert [one["score"] for one in results] == sorted((one["score"] for one in results), reverse=True)
    return [(one["name"], one["type"]) for one in results]


@pytest.fixture
def model(wire: Wire) -> dict[str, Any]:
    shop = wire.system(name="Web shop")
    orders = wire.made("/model/objects", name="Order service", type="app", parentId=shop["id"])
    store = wire.made("/model/objects", name="Orders (archive)", type="store", parentId=shop["id"])
    mail = wire.system(name="Mail relay", external=True)
    line = wire.made(
        "/model/connections", name="Places orders", originId=orders["id"], targetId=store["id"], direction="outgoing"
    )
    wire.made("/diagrams", name="Order flow", type="app-diagram", modelId=shop["id"], index=0)
    return {"shop": shop, "orders": orders, "store": store, "mail": mail, "line": line}


def test_names_are_found_best_fit_first(wire: Wire, model: dict[str, Any]) -> None:
    assert found(wire, "order") == [
        ("Order flow", "app-diagram"),
        ("Order service", "app"),
        ("Orders (archive)", "store"),
        ("Places orders", "connection"),
    ]
    assert found(wire, "ORDER%20SERVICE")[0] == ("Order service", "app")
    assert found(wire, "serv")[0] == ("Order service", "app")
    assert found(wire, "service%20order") == [("Order service", "app")]
    assert found(wire, "hop") == [("Web shop", "system")]


@pytest.mark.parametrize("typed", ["oder%20servce", "sevrice", "orderr%20serv", "srvice"])
def test_mistypings_are_forgiven(wire: Wire, model: dict[str, Any], typed: str) -> None:
    assert ("Order service", "app") in found(wire, typed)


def test_what_is_quite_different_is_not_found(wire: Wire, model: dict[str, Any]) -> None:
    for typed in ("zzz", "invoice", "%20", "", "%25", "_", "order%20zzz"):
        assert found(wire, typed) == []


def test_finds_are_bounded_by_type_and_number(wire: Wire, model: dict[str, Any]) -> None:
    assert found(wire, "order", "&filter[type]=store") == [("Orders (archive)", "store")]
    assert found(wire, "order", "&filter[type]=connection&filter[type]=app") == [
        ("Order service", "app"),
        ("Places orders", "connection"),
    ]
    assert found(wire, "order", "&maxResults=1") == [("Order flow", "app-diagram")]
    wire.send("GET", "/search?search=x&filter[type]=planet", 422)
    wire.send("GET", "/search", 422)


def test_a_find_brings_its_data_when_asked(wire: Wire, model: dict[str, Any]) -> None:
    one = wire.send("GET", "/search?search=mail&includeData=true")["results"][0]
    assert one["data"] == wire.send("GET", f"/model/objects/{model['mail']['id']}")["modelObject"]
    assert "data" not in wire.send("GET", "/search?search=mail")["results"][0]


def test_dependencies_tell_both_sides_of_the_chosen(wire: Wire, model: dict[str, Any]) -> None:
    orders, store, mail = (model[name]["id"] for name in ("orders", "store", "mail"))
    wire.made(
        "/model/connections", name="Sends", originId=orders, targetId=store, viaId=mail, direction="bidirectional"
    )
    answer = wire.send("GET", f"/model/dependencies?filter[objectIds]={orders}&filter[objectIds]=nowhere")
    assert list(answer) == [orders]
    assert set(answer[orders]["outgoing"]) == {store, mail}
    assert set(answer[orders]["incoming"]) == {store, mail}
    assert answer[orders]["outgoing"][store] == wire.send("GET", f"/model/objects/{store}")["modelObject"]
    both = wire.send("GET", f"/model/dependencies?filter[objectIds][]={mail}&filter[objectIds][]={store}")
    assert set(both[mail]["incoming"]) == {orders, store}
    assert set(both[store]["incoming"]) == {orders, mail}


def test_dependencies_are_chosen_by_what_all_holds(wire: Wire, model: dict[str, Any]) -> None:
    group = wire.made("/tag-groups", name="G", icon="star", index=0)
    tag = wire.made("/tags", name="Core", color="red", groupId=group["id"], index=0)
    ids = [model[name]["id"] for name in ("orders", "store")]
    for id_ in ids:
        wire.send("PATCH", f"/model/objects/{id_}", json={"tagIds": [tag["id"]]})
    wire.send("PATCH", f"/model/objects/{ids[0]}", json={"labels": {"tier": "1"}})
    asked = lambda query: set(wire.send("GET", f"/model/dependencies?{query}"))  # noqa: E731
    assert asked(f"filter[tagIds]={tag['id']}") == set(ids)
    assert asked(f"filter[tagIds]={tag['id']}&filter[objectLabels][tier]=1") == {ids[0]}
    assert asked("filter[objectLabels][tier]=2") == set()
    wire.send("GET", "/model/dependencies", 422)


def test_the_export_of_one_object_tells_who_is_at_the_other_end(wire: Wire, model: dict[str, Any]) -> None:
    orders, store, line = (model[name]["id"] for name in ("orders", "store", "line"))
    answer = wire.send("GET", f"/model/objects/{orders}/dependencies/export/json")
    assert [one["id"] for one in answer["outgoingConnections"]] == [line]
    assert [one["id"] for one in answer["outgoingConnectionObjects"][line]] == [store]
    assert (answer["incomingConnections"], answer["incomingConnectionObjects"]) == ([], {})
    wire.send("GET", "/model/objects/nowhere/dependencies/export/json", 404)
