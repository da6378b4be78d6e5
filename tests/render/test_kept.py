"""Kept ways: followed while they fit, given up when something has moved."""

from __future__ import annotations

from typing import Any

import pytest

from nunatak.core.diagram import Point
from tests.render.pictures import line, routed, thing

WAY = [Point(x=128, y=128), Point(x=128, y=200), Point(x=528, y=200), Point(x=528, y=300)]


def course(
    *more: Any, points: list[Point] = WAY, a: Any = None, b: Any = None, **fields: Any
) -> list[tuple[float, float]]:
    a, b = a or thing("a"), b or thing("b", 400, 300)
    strands = routed(a, b, line("a", "b", points=points, **fields), *more).strands
    return [(round(p.x), round(p.y)) for part in strands[0].courses for p in part.points]


def follows(found: list[tuple[float, float]]) -> bool:
    return (148, 200) in found and (508, 200) in found


def test_a_line_follows_its_way_from_border_to_border() -> None:
    found = course()
    assert found[0] == (128, 128)
    assert found[-1] == (528, 288)  # the head is beyond
    assert follows(found)


@pytest.mark.parametrize(
    "changed",
    [
        {"a": thing("a", 0, 40)},
        {"b": thing("b", 480, 340)},
        {"points": [WAY[0], Point(x=140, y=200), *WAY[2:]]},
        {"points": WAY[:1]},
        {"line_shape": "straight"},
        {"origin_connector": "right-middle"},
    ],
)
def test_a_way_that_does_not_fit_any_more_is_given_up(changed: dict[str, Any]) -> None:
    assert not follows(course(**changed))


def test_a_way_through_another_thing_is_given_up() -> None:
    assert not follows(course(thing("c", 200, 150)))


def test_a_way_beside_another_thing_is_kept() -> None:
    assert follows(course(thing("c", 200, 204)))


def test_a_way_meets_an_actors_card_beside_its_tile() -> None:
    actor = thing("b", 400, 300, type="actor")
    beside = [*WAY[:2], Point(x=420, y=200), Point(x=420, y=300)]
    assert course(b=actor, points=beside)[-1] == (420, 300 + 64 - 12)
    assert course(b=actor)[-1] == (528, 288)
