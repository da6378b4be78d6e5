"""Areas' titles: at the top left, or beside the lines that run through that place."""

from __future__ import annotations

from nunatak.core.diagram import Point
from tests.render.pictures import line, routed, thing


def aside(x: float) -> dict[str, float]:
    """A system of two apps, into which a line comes down at `x`."""
    top = thing("top", x - 128, -400)
    area = thing("s", type="system", shape="area", name="A system")
    inner = [thing(id, at, 0, parent_ids=["m-s"]) for id, at in (("a", 0), ("b", 600))]
    points = [Point(x=x, y=-272), Point(x=x, y=0)]
    return dict(routed(top, area, *inner, line("top", "a", points=points)).titles)


def test_a_title_that_no_line_runs_through_stays() -> None:
    assert aside(200) == {}


def test_a_title_gives_way_to_the_right() -> None:
    # The area's left is at -48, its title 20 further in.
    assert aside(4) == {"s": 4 + 8 - (-48 + 20)}
