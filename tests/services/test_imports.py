"""Imports: the parts of a file become a landscape, whole."""

from importlib.resources import files

from nunatak.catalog.bundled import catalog
from nunatak.core.kinds import DIAGRAM, DIAGRAM_CONTENT, FLOW, LANDSCAPE, MODEL_CONNECTION, MODEL_OBJECT, TECHNOLOGY
from nunatak.exchange import native
from nunatak.exchange.parts import (
    ConnectionPart,
    DiagramPart,
    DrawnPart,
    FlowPart,
    ObjectPart,
    Parts,
    PathPart,
    PlacedPart,
    StepPart,
)
from nunatak.services import imports, places, setup
from nunatak.store.database import Database
from tests import make
from tests.make import World

# An object and a connection of the same id: each kind has ids of its own.
PARTS = Parts(
    name="Shop",
    objects=[
        ObjectPart(id="1", type="system", name="Shop", technologies=["Go"], icon="Go"),
        ObjectPart(id="2", type="app", name="Web", parent_id="1", technologies=["go", "Mill", "mill"]),
    ],
    connections=[ConnectionPart(id="1", name="uses", origin_id="2", target_id="1")],
    diagrams=[
        DiagramPart(
            id="1",
            name="Inside",
            type="app-diagram",
            model_id="1",
            objects=[PlacedPart(id="a", model_id="1", x=0, y=0), PlacedPart(id="b", model_id="2", x=384, y=0)],
            connections=[DrawnPart(id="l", model_id="1", origin_id="b", target_id="a", line_shape="square")],
        )
    ],
    flows=[
        FlowPart(
            id="f",
            name="Asking",
            diagram_id="1",
            steps=[
                StepPart(id="s", type="outgoing", description="Asks", origin_id="b", target_id="a", via_id="l"),
                StepPart(
                    id="t", type="alternate-path", paths=[PathPart(id="p", name="Yes"), PathPart(id="q", name="No")]
                ),
                StepPart(id="u", type="self-action", origin_id="a", target_id="a", path_id="q"),
            ],
        )
    ],
)


def test_parts_become_a_landscape_with_ids_of_its_own(world: World) -> None:
    land, made = imports.as_landscape(world.service, world.actor, world.organization_id, PARTS)
    assert (land.name, made.objects, made.connections, len(made.diagram_ids)) == ("Shop", 2, 1, 1)
    with world.service.reading() as unit:
        content = unit.get(DIAGRAM_CONTENT, made.diagram_ids[0])
        objects = {o.name: o for o in unit.every(MODEL_OBJECT, content.version_id, {"type": ["system", "app"]})}
        line = unit.every(MODEL_CONNECTION, content.version_id)[0]
    assert content.objects["b"].model_id == objects["Web"].id
    assert (line.origin_id, line.target_id) == (objects["Web"].id, objects["Shop"].id)
    assert content.connections["l"].model_id == line.id
    assert content.connections["l"].line_shape == "square"


def test_a_flow_is_told_over_the_diagram_that_it_was_told_over_in_the_file(world: World) -> None:
    _, made = imports.as_landscape(world.service, world.actor, world.organization_id, PARTS)
    with world.service.reading() as unit:
        content = unit.get(DIAGRAM_CONTENT, made.diagram_ids[0])
        (flow,) = unit.every(FLOW, content.version_id)
    asks, fork, does = flow.ordered_steps()
    assert (flow.name, flow.diagram_id) == ("Asking", made.diagram_ids[0])
    assert (asks.description, asks.origin_id, asks.target_id, asks.via_id) == ("Asks", "b", "a", "l")
    assert [(path.id, path.name) for path in fork.ordered_paths()] == [("p", "Yes"), ("q", "No")]
    assert (does.type, does.parent_id) == ("self-action", "q")


def test_names_lead_to_the_catalog_and_unknown_ones_become_the_organizations_own_once_each(world: World) -> None:
    land, _ = imports.as_landscape(world.service, world.actor, world.organization_id, PARTS)
    imports.as_landscape(world.service, world.actor, world.organization_id, PARTS)
    with world.service.reading() as unit:
        made = unit.every(TECHNOLOGY, world.organization_id)
        version = places.version(unit, land.id, "latest")
        web = next(o for o in unit.every(MODEL_OBJECT, version.id) if o.name == "Web")
    go = catalog().by_name("Go")
    assert go is not None
    assert [technology.name for technology in made] == ["Mill"]
    assert web.technology_ids == [go.id, made[0].id]


def test_the_first_start_makes_the_sample_once(database: Database) -> None:
    service = make.service(database)
    sample = native.read(files("nunatak.exchange").joinpath("sample.json").read_bytes())
    first = setup.begin(service, sample)
    assert first is not None
    assert setup.begin(service, sample) is None
    with service.reading() as unit:
        assert [land.name for land in unit.every(LANDSCAPE, first.organization_id)] == [sample.name]
        assert unit.get(DIAGRAM, first.diagram_id).object_count.box > 5
