"""Ways lose their jogs and leave the borders that they run on."""

from __future__ import annotations

from nunatak.drawing.geometry import Box, Point
from nunatak.render.layout.laid import Laid
from nunatak.render.layout.straight import straight
from nunatak.render.picture import Line, Thing
from nunatak.render.resolve import Joined, Placed


def _placed(id: str, x: float, y: float, *, area: bool = False) -> Placed:
    thing = Thing(id=id, model_id=id, type="system" if area else "app", x=x, y=y)
    return Placed(thing=thing, shape="area" if area else "box", box=Box(x, y, *((352, 300) if area else (256, 128))))


UPPER, LOWER, AREA = _placed("upper", 0, 0), _placed("lower", 0, 600), _placed("area", 400, 200, area=True)
PLACED = {placed.thing.id: placed for placed in (UPPER, LOWER, AREA)}
LINE = Joined(line=Line(id="a", origin_id="upper", target_id="lower"), origin=UPPER, target=LOWER, shape="square")


def _straight(*way: tuple[float, float], **others: tuple[Point, ...]) -> list[Point]:
    laid = Laid(ways={"a": tuple(Point(x, y) for x, y in way), **others})
    return list(straight(laid, {"a": LINE}, PLACED)["a"])


def test_a_jog_between_two_things_becomes_a_straight_line() -> None:
    assert _straight((128, 128), (128, 300), (136, 300), (136, 600)) == [Point(128, 128), Point(128, 600)]


def test_a_way_that_turns_for_more_than_a_jog_stays() -> None:
    way = [(100.0, 128.0), (100.0, 300.0), (160.0, 300.0), (160.0, 600.0)]
    assert _straight(*way) == [Point(*corner) for corner in way]


def test_a_jog_that_keeps_off_another_line_stays() -> None:
    there = {"b": (Point(120, 310), Point(120, 560)), "c": (Point(144, 140), Point(144, 290))}
    assert len(_straight((128, 128), (128, 300), (136, 300), (136, 600), **there)) == 4


def test_a_line_does_not_end_at_the_corner_of_a_thing_for_being_straight() -> None:
    way = _straight((8, 128), (8, 300), (16, 300), (16, 600))
    assert way == [Point(16, 128), Point(16, 600)]


def test_a_piece_on_the_border_of_an_area_moves_outside() -> None:
    way = _straight((128, 128), (128, 160), (400, 160), (400, 560), (128, 560), (128, 600))
    assert {corner.x for corner in way} == {128, 412} or {corner.x for corner in way} == {128, 388}
