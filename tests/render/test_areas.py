"""Areas lie round their members, whatever the model claims."""

from __future__ import annotations

from nunatak.render.areas import nest
from nunatak.render.options import Options
from nunatak.render.resolve import resolve
from tests.render.pictures import picture, thing


def _boxes(*parts):  # type: ignore[no-untyped-def]
    resolved = resolve(picture(*parts), Options())
    return {placed.thing.id: placed for placed in (*resolved.areas, *resolved.boxes)}


def test_an_area_leaves_48_48_56_64_units_round_its_members() -> None:
    placed = _boxes(thing("s", type="system", shape="area"), thing("a", 100, 200, parent_ids=["m-s"]))
    assert placed["s"].box == (52, 144, 352, 248)
    assert placed["a"].parent_id == "s"


def test_an_area_in_an_area_takes_the_same_room_again() -> None:
    placed = _boxes(
        thing("g", type="group"),
        thing("s", type="system", shape="area", group_ids=["m-g"]),
        thing("a", parent_ids=["m-s"], group_ids=["m-g"]),
    )
    assert placed["g"].box == (-96, -112, 448, 368)
    assert (placed["g"].depth, placed["s"].depth, placed["a"].depth) == (0, 1, 1)
    assert placed["a"].parent_id == "s"


def test_an_area_without_members_keeps_its_place_and_size() -> None:
    placed = _boxes(thing("g", 10, 20, type="group"), thing("h", 10, 20, type="group", width=100, height=80))
    assert placed["g"].box == (10, 20, 512, 384)
    assert placed["h"].box == (10, 20, 100, 80)


def test_a_group_of_some_of_a_systems_apps_lies_in_the_system() -> None:
    placed = _boxes(
        thing("s", type="system", shape="area"),
        thing("g", type="group"),
        thing("a", parent_ids=["m-s"], group_ids=["m-g"]),
        thing("b", 400, parent_ids=["m-s"]),
    )
    assert placed["g"].parent_id == "s"
    assert placed["s"].box.encloses(placed["g"].box)


def test_of_areas_with_the_same_members_the_later_is_the_inner() -> None:
    placed = _boxes(thing("g", type="group"), thing("h", type="group"), thing("a", group_ids=["m-g", "m-h"]))
    assert placed["h"].parent_id == "g"
    assert placed["g"].box.encloses(placed["h"].box)


def test_areas_that_claim_to_lie_in_each_other_are_nested_once() -> None:
    ring = [
        thing("g", type="group", group_ids=["m-i"]),
        thing("h", type="group", group_ids=["m-g"]),
        thing("i", type="group", group_ids=["m-h"]),
    ]
    nesting = nest(ring, {"g", "h", "i"})
    assert nesting.depths == {"g": 0, "h": 1, "i": 2}
    assert nesting.parents == {"h": "g", "i": "h"}


def test_a_thousand_nested_areas_are_nested() -> None:
    deep = [thing(f"g{n}", type="group", parent_ids=[f"m-g{m}" for m in range(n - 1, -1, -1)]) for n in range(1000)]
    nesting = nest(deep, {thing.id for thing in deep})
    assert nesting.depths["g999"] == 999
