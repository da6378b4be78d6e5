"""Layouts on the wire: diagrams put in order, and diagrams made from the model."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.store.database import Database
from tests import make
from tests.make import placed
from tests.wire import Wire, wire_of


@pytest.fixture
def wire(database: Database) -> Wire:
    return wire_of(make.world(make.service(database)))


def shop(wire: Wire) -> dict[str, Any]:
    """A shop of three apps that a customer and a bank are joined to, the bank by one of its apps only."""
    world = wire.world
    made = {"shop": world.object(name="Shop"), "bank": world.object(name="Bank")}
    made["customer"] = world.object("actor", name="Customer")
    for name in ("site", "orders", "stock"):
        made[name] = world.object("app", made["shop"].id, name=name)
    made["ledger"] = world.object("app", made["bank"].id, name="Ledger")
    for origin, target in (("customer", "site"), ("site", "orders"), ("orders", "stock"), ("orders", "ledger")):
        made[f"{origin}-{target}"] = world.connection(made[origin], made[target])
    return made


def corners(content: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {id: (one["x"], one["y"]) for id, one in content["objects"].items()}


def test_a_diagram_is_laid_out_from_top_to_bottom_on_the_grid_and_twice_the_same(wire: Wire) -> None:
    a, b, c = (wire.world.object() for _ in range(3))
    lines = [wire.world.connection(a, b), wire.world.connection(b, c)]
    connections = {f"l{n}": {"modelId": line.id, "originId": o, "targetId": t}
                   for n, (line, o, t) in enumerate(zip(lines, "ab", "bc", strict=True))}  # fmt: skip
    diagram = wire.world.diagram(objects={"a": placed(a), "b": placed(b), "c": placed(c)}, connections=connections)
    content = wire.send("POST", f"/diagrams/{diagram.id}/layout")["diagramContent"]
    found = corners(content)
    assert found["a"][1] + 128 < found["b"][1] < found["b"][1] + 128 < found["c"][1]
    assert all(x % 4 == 0 and y % 4 == 0 for x, y in found.values())
    assert len(content["connections"]["l0"]["points"]) >= 2
    assert corners(wire.send("POST", f"/diagrams/{diagram.id}/layout", json={})["diagramContent"]) == found
    right = corners(wire.send("POST", f"/diagrams/{diagram.id}/layout", json={"direction": "right"})["diagramContent"])
    assert right["a"][0] + 256 < right["b"][0] < right["b"][0] + 256 < right["c"][0]


def test_what_is_pinned_stays_and_unknown_pins_are_refused(wire: Wire) -> None:
    a, b = wire.world.object(), wire.world.object()
    diagram = wire.world.diagram(objects={"a": placed(a, x=1000, y=400), "b": placed(b, x=1000, y=400)})
    content = wire.send("POST", f"/diagrams/{diagram.id}/layout", json={"pinnedIds": ["a"]})["diagramContent"]
    found = corners(content)
    assert found["a"] == (1000, 400)
    assert abs(found["b"][0] - 1000) >= 256 or abs(found["b"][1] - 400) >= 128
    refused = wire.send("POST", f"/diagrams/{diagram.id}/layout", 422, json={"pinnedIds": ["nobody"]})
    assert "nobody" in str(refused)


def test_only_what_is_new_moves(wire: Wire) -> None:
    a, b, c = (wire.world.object() for _ in range(3))
    objects = {"a": placed(a, x=12, y=20), "b": placed(b, x=900, y=20), "c": placed(c, x=900, y=20)}
    diagram = wire.world.diagram(objects=objects)
    found = corners(wire.send("POST", f"/diagrams/{diagram.id}/layout", json={"onlyNew": True})["diagramContent"])
    assert (found["a"], found["b"]) == ((12, 20), (900, 20))
    assert found["c"] != (900, 20)


def test_a_systems_diagram_shows_its_apps_in_its_area_and_its_neighbours_with_the_lower_connections(wire: Wire) -> None:
    made = shop(wire)
    answer = wire.send("POST", f"/model/objects/{made['shop'].id}/diagram")
    assert answer["diagram"]["type"] == "app-diagram"
    assert answer["diagram"]["name"] == "Shop"
    content = answer["diagramContent"]
    models = {id: one["modelId"] for id, one in content["objects"].items()}
    assert {one["modelId"] for one in content["objects"].values() if one["shape"] == "area"} == {made["shop"].id}
    assert set(models.values()) == {made[n].id for n in ("shop", "site", "orders", "stock", "customer", "bank")}
    drawn = {(models[c["originId"]], models[c["targetId"]]): c["modelId"] for c in content["connections"].values()}
    assert drawn[made["orders"].id, made["bank"].id] == made["orders-ledger"].id
    assert drawn[made["customer"].id, made["site"].id] == made["customer-site"].id
    assert len(drawn) == 4


def test_several_lower_connections_are_one_line(wire: Wire) -> None:
    made = shop(wire)
    first = made["orders-ledger"]
    wire.world.connection(made["stock"], made["ledger"])
    content = wire.send("POST", f"/model/objects/{wire.world.root_id}/diagram")["diagramContent"]
    models = {id: one["modelId"] for id, one in content["objects"].items()}
    drawn = [(models[c["originId"]], models[c["targetId"]], c["modelId"]) for c in content["connections"].values()]
    assert (made["shop"].id, made["bank"].id, first.id) in drawn
    assert len(drawn) == 2


def test_what_has_nothing_below_it_gets_no_diagram(wire: Wire) -> None:
    made = shop(wire)
    wire.send("POST", f"/model/objects/{made['customer'].id}/diagram", 422)
    wire.send("POST", f"/model/objects/{made['site'].id}/diagram", 422)
    wire.send("POST", "/model/objects/nobody/diagram", 404)


def test_one_call_gives_every_level_its_diagram_and_the_next_has_nothing_to_do(wire: Wire) -> None:
    made = shop(wire)
    wire.world.object("component", made["site"].id, name="Basket")
    found = wire.send("POST", "/diagrams/generate")["diagrams"]
    assert [one["type"] for one in found] == ["context-diagram", "app-diagram", "app-diagram", "component-diagram"]
    assert [one["modelId"] for one in found][1:] == [made[n].id for n in ("shop", "bank", "site")]
    assert wire.send("POST", "/diagrams/generate")["diagrams"] == []


def test_readers_lay_nothing_out(wire: Wire) -> None:
    diagram = wire.world.diagram()
    reader = wire_of(wire.world, "read")
    reader.send("POST", f"/diagrams/{diagram.id}/layout", 403)
    reader.send("POST", "/diagrams/generate", 403)
