"""Generated descriptions on the wire."""

from tests.make import placed
from tests.wire import Wire, wire_of


def test_a_connection_is_described(wire: Wire) -> None:
    world = wire.world
    line = world.connection(world.object(name="Shop"), world.object(name="Billing"), name="sends orders")
    path = f"/model/connections/{line.id}/generate-description"
    told = wire.send("POST", path, json={"type": "caption"})
    assert told["description"] == "Shop sends orders to Billing."
    assert told["message"]
    wire.send("POST", path, 422, json={"type": "haiku"})
    wire_of(world, "read").send("POST", path, 403, json={"type": "caption"})


def test_a_diagram_is_described(wire: Wire) -> None:
    world = wire.world
    one = world.object(name="Shop")
    diagram = world.diagram(name="Map", objects={"a": placed(one)})
    path = f"/diagrams/{diagram.id}/content/generate-description"
    told = wire.send("POST", path, json={"type": "detailed", "modelObjectIds": [one.id]})
    assert told["description"] == "Map shows 1 system: Shop.\nShop (system)."
    refused = wire.send("POST", path, 422, json={"type": "caption", "modelObjectIds": ["x"]})
    assert refused["errors"][0].startswith("body.modelObjectIds[0]")
