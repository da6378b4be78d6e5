"""Places on the map: shapes that meet, are apart, or lie in each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.errors import Invalid
from nunatak.core.geometry import Shape, related, shape

SQUARE = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]]  # with a hole


def of(type_: str, coordinates: Any) -> Shape:
    return shape({"type": type_, "coordinates": coordinates}, "f")


AREA = of("Polygon", SQUARE)


@pytest.mark.parametrize(
    ("one", "meets", "within"),
    [
        (of("Point", [1, 1]), True, True),
        (of("Point", [5, 5]), False, False),  # in the hole
        (of("Point", [10, 5, 99]), True, True),  # on the edge, at some height
        (of("Point", [11, 5]), False, False),
        (of("MultiPoint", [[1, 1], [11, 5]]), True, False),
        (of("LineString", [[1, 1], [9, 1]]), True, True),
        (of("LineString", [[1, 5], [9, 5]]), True, False),  # over the hole
        (of("LineString", [[-5, 5], [15, 5]]), True, False),
        (of("MultiLineString", [[[20, 20], [30, 30]]]), False, False),
        (of("Polygon", [[[-5, -5], [20, -5], [20, 20], [-5, 20], [-5, -5]]]), True, False),  # around it
        (of("MultiPolygon", [[[[1, 1], [2, 1], [2, 2], [1, 1]]]]), True, True),
    ],
)
def test_shapes_meet_or_lie_in_each_other(one: Shape, meets: bool, within: bool) -> None:
    assert related(one, "intersects", AREA) is meets
    assert related(AREA, "intersects", one) is meets
    assert related(one, "disjoint", AREA) is not meets
    assert related(one, "within", AREA) is within


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "expected a type among Point"),
        ({"type": "Circle", "coordinates": [1, 2]}, "expected a type among Point"),
        ({"type": "Point", "coordinates": [1]}, "expected the coordinates of a Point"),
        ({"type": "Polygon", "coordinates": [[1, 2]]}, "expected the coordinates of a Polygon"),
        ({"type": "Point", "coordinates": {"x": 1}}, "expected the coordinates of a Point"),
        ({"type": "MultiPoint", "coordinates": [[0, 0]] * 10_001}, "expected at most 10,000 points"),
    ],
)
def test_what_is_no_shape_is_refused(geometry: Any, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        shape(geometry, "body.filter.geoLocation.shape")
    assert refusal.value.errors[0].startswith(f"body.filter.geoLocation.shape: {words}")


POINTS = st.tuples(st.integers(-20, 20), st.integers(-20, 20)).map(list)


@given(st.lists(POINTS, min_size=2, max_size=5), st.lists(POINTS, min_size=2, max_size=5))
def test_meeting_goes_both_ways_and_what_lies_within_meets(one: list[Any], other: list[Any]) -> None:
    first, second = of("LineString", one), of("LineString", other)
    assert related(first, "intersects", second) == related(second, "intersects", first)
    assert not related(first, "within", second) or related(first, "intersects", second)
    assert related(first, "within", first)
