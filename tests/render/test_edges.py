"""Lines end at what stands on a border, never behind it."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.drawing.geometry import Point
from nunatak.render import edges
from nunatak.render.anchor import OUTWARD, Port
from nunatak.render.measure import Card, measure
from nunatak.render.options import Options
from nunatak.render.picture import Difference, Mark, Step
from nunatak.render.resolve import resolve
from nunatak.render.route import route
from tests.render.pictures import FONTS, line, measured, picture, thing


def card(**fields: Any) -> Card:
    steps = [Step(id="1", sort="process", number=1, origin_id="a")] if fields.pop("told", False) else []
    shown = picture(thing("a", **fields), steps=steps, tags={"t": Mark(name="Core", color="red")})
    (found,) = measure(resolve(shown, Options(tab="tags")), FONTS).boxes
    return found


def port(side: str, x: float, y: float) -> Port:
    return Port(Point(x, y), OUTWARD[side])  # type: ignore[index]


@pytest.mark.parametrize(
    ("fields", "before", "y"),
    [
        ({"tag_ids": ["t"]}, port("bottom", 128, 128), 138),
        ({"told": True}, port("top", 128, 0), -11),
        ({"child_count": 3}, port("top", 20, 0), -10),
        ({"status": "deprecated"}, port("top", 200, 0), -10),
        ({"difference": Difference(sort="added")}, port("top", 250, 0), -11),
        ({"tag_ids": ["t"]}, port("bottom", 20, 128), 128),
        ({}, port("top", 128, 0), 0),
    ],
)
def test_a_port_behind_a_badge_is_moved_to_its_edge(fields: dict[str, Any], before: Port, y: float) -> None:
    after = edges.cleared(card(**fields), before)
    assert after == Port(Point(before.point.x, y), before.direction)


def test_an_arrow_head_touches_the_badge_that_it_points_at() -> None:
    parts = (thing("a", tag_ids=["t"]), thing("b", 0, 320), line("b", "a"))
    shown = picture(*parts, tags={"t": Mark(name="Core", color="red")})
    (strand,) = route(measure(resolve(shown, Options(tab="tags")), FONTS)).strands
    assert strand.heads[0].tip == Point(128, 138)


def test_a_card_covers_what_stands_over_its_border() -> None:
    plain, named = card(), card(domain="Sales")
    assert edges.solid(plain) == plain.placed.box
    assert edges.solid(named).y == named.placed.box.y - edges.DOMAIN_RISE


def test_an_areas_title_is_no_wider_than_its_area() -> None:
    area = measured(thing("s", type="system", shape="area", name="A rather long name " * 9), thing("a")).areas[0]
    assert 40 < edges.title(area).width <= area.placed.box.width
