"""Loading a whole version for an export."""

from __future__ import annotations

from nunatak.catalog.bundled import catalog
from nunatak.core.kinds import MODEL_OBJECT
from nunatak.exchange.landscape import LandscapeParts
from nunatak.services import landscape_parts, places
from tests.make import World, placed, step

ANY_TECHNOLOGY = catalog().technologies[0].id


def loaded(world: World) -> LandscapeParts:
    with world.service.reading() as unit:
        place = places.place(unit, world.actor, world.path.landscape_id, world.path.version_id, "read")
        return landscape_parts.load(unit, place)


def test_a_version_is_loaded_with_its_names_and_parents_first(world: World) -> None:
    system = world.object("system")
    app = world.object("app", system.id)
    world.connection(system, app)
    found = loaded(world)
    assert (found.name, found.version, [domain.name for domain in found.domains]) == (
        "L",
        "Current",
        ["Default domain"],
    )
    assert [one.type for one in found.objects] == ["root", "system", "app"]
    assert len(found.connections) == 1


def test_only_technologies_and_teams_that_something_names_are_loaded(world: World) -> None:
    assert loaded(world).technologies == []
    one = world.object("app", world.object("system").id, technologyIds=[ANY_TECHNOLOGY])
    assert [technology.id for technology in loaded(world).technologies] == [ANY_TECHNOLOGY]
    world.delete(MODEL_OBJECT, one.id)
    assert loaded(world).technologies == []


def test_diagrams_come_from_the_widest_to_the_narrowest_with_what_is_on_them(world: World) -> None:
    system = world.object("system")
    inner = world.diagram(system.id, "app-diagram")
    outer = world.diagram(objects={"a": placed(system), "b": placed(system, x=400)})
    found = loaded(world)
    assert [view.diagram.id for view in found.diagrams] == [outer.id, inner.id]
    assert [view.object_ids for view in found.diagrams] == [[system.id], []]


def test_flows_are_told_in_the_words_of_the_model(world: World) -> None:
    one, two = world.object("system"), world.object("system")
    diagram = world.diagram(objects={"a": placed(one), "b": placed(two, x=400)})
    flow = world.flow(diagram, steps={"s": step(0, originId="a", targetId="b", description="asks")})
    (found,) = loaded(world).flows
    assert (found.id, [(s.origin_id, s.target_id, s.text) for s in found.steps]) == (
        flow.id,
        [(one.id, two.id, "asks")],
    )
