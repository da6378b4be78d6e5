"""Annotations of jobs: the box of any number of corners."""

import msgspec
import pytest

from nunatak.core.drawing_annotation import FoundAnnotation, Region


@pytest.mark.parametrize(
    ("corners", "bounds"),
    [
        ([(0.5, 0.25)], (0.5, 0.25, 0.5, 0.25)),
        ([(0.5, 0.25), (0.25, 0.75)], (0.25, 0.25, 0.5, 0.75)),
        ([(0, 0), (0, 1), (1, 1), (1, 0)], (0, 0, 1, 1)),
    ],
)
def test_a_region_is_the_smallest_box_that_holds_its_corners(
    corners: list[tuple[float, float]], bounds: object
) -> None:
    region = msgspec.convert({"vertices": [{"x": x, "y": y} for x, y in corners]}, Region)
    assert region.bounds == bounds
    assert region.page == 1


def test_entities_hold_what_they_hold() -> None:
    given = {"text": "a", "region": {"vertices": [{"x": 0, "y": 0}]}, "entities": [{"a": ["b", 1, None]}]}
    assert msgspec.convert(given, FoundAnnotation).entities == [{"a": ["b", 1, None]}]
