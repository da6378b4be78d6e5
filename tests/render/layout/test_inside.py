"""Lines between members of an area stay in it."""

from __future__ import annotations

from nunatak.drawing.geometry import Box, Point
from nunatak.render.layout.inside import inside
from nunatak.render.picture import Line, Thing
from nunatak.render.resolve import Joined, Placed

AREA = Placed(thing=Thing(id="area", model_id="area", type="system", x=0, y=0), shape="area", box=Box(0, 0, 352, 568))
UPPER, LOWER = (
    Placed(
        thing=Thing(id=id, model_id=id, type="app", x=48, y=y), shape="box", box=Box(48, y, 256, 128), parent_id="area"
    )
    for id, y in (("upper", 56.0), ("lower", 376.0))
)
OUTER = Placed(
    thing=Thing(id="outer", model_id="outer", type="app", x=0, y=0), shape="box", box=Box(500, 376, 256, 128)
)
PLACED = {placed.thing.id: placed for placed in (AREA, UPPER, LOWER, OUTER)}


def _joined(id: str, target: Placed = LOWER) -> Joined:
    return Joined(line=Line(id=id, origin_id="upper", target_id="lower"), origin=UPPER, target=target, shape="square")


def _round_the_left(x: float) -> tuple[Point, ...]:
    return Point(80, 184), Point(80, 220), Point(x, 220), Point(x, 340), Point(80, 340), Point(80, 376)


def test_a_piece_outside_of_the_area_is_moved_into_the_strip_along_its_border() -> None:
    moved = inside({"a": _round_the_left(-40)}, {"a": _joined("a")}, PLACED)["a"]
    assert {corner.x for corner in moved[2:4]} == {24.0}
    assert (moved[0], moved[-1]) == (Point(80, 184), Point(80, 376))


def test_pieces_side_by_side_keep_their_order() -> None:
    ways = {"a": _round_the_left(-40), "b": _round_the_left(-60)}
    moved = inside(ways, {id: _joined(id) for id in ways}, PLACED)
    assert 8 <= moved["b"][2].x < moved["a"][2].x <= 40


def test_a_piece_keeps_outside_of_a_line_that_runs_in_the_strip() -> None:
    ways = {"a": _round_the_left(-40), "b": _round_the_left(28)}
    moved = inside(ways, {id: _joined(id) for id in ways}, PLACED)
    assert moved["b"] == ways["b"]
    assert 8 <= moved["a"][2].x <= 20


def test_a_piece_stays_where_the_strip_has_no_room() -> None:
    ways = {"a": _round_the_left(-40), **{f"b{x}": _round_the_left(x) for x in (12, 24, 36)}}
    assert inside(ways, {id: _joined(id) for id in ways}, PLACED) == ways


def test_a_line_that_leaves_the_area_may_run_where_it_likes() -> None:
    ways = {"a": _round_the_left(-40)}
    assert inside(ways, {"a": _joined("a", OUTER)}, PLACED) == ways
