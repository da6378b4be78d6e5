"""What the engine found, in whole steps of the grid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.geometry import Point
from nunatak.render.layout.laid import Laid, corners, read, share_of, snapped


@given(st.floats(-1e6, 1e6))
def test_a_place_snaps_to_the_nearest_step(units: float) -> None:
    assert snapped(units) % 4 == 0
    assert abs(snapped(units) - units) <= 2


def test_a_slanted_piece_is_made_level_or_upright_along_its_neighbour() -> None:
    found = corners([Point(0, 0), Point(0, 40), Point(80, 44), Point(80, 100)])
    assert found == (Point(0, 0), Point(0, 44), Point(80, 44), Point(80, 100))


def test_corners_on_a_straight_run_are_left_out() -> None:
    assert corners([Point(0, 0), Point(0, 8), Point(0, 8), Point(0, 40), Point(8, 40)]) == (
        Point(0, 0), Point(0, 40), Point(8, 40),
    )  # fmt: skip


def test_a_labels_place_is_told_as_a_share_of_the_way_between_the_heads() -> None:
    way = (Point(0, 0), Point(100, 0), Point(100, 112))
    assert share_of(way, Point(50, 30), 0, 12) == 25
    assert share_of(way, Point(130, 50), 0, 12) == 75
    assert share_of(way, Point(-20, 0), 10, 10) == 0


def test_an_answer_of_the_engine_is_read() -> None:
    edge = {"id": "e:l", "labels": [{"x": 10, "y": 20, "width": 20, "height": 10}],
            "sections": [{"startPoint": {"x": 1.9, "y": 0}, "endPoint": {"x": 2.1, "y": 50.5}}]}  # fmt: skip
    answer = {
        "children": [{"id": "n:a", "x": 5.9, "y": 0, "children": [{"id": "n:b", "x": 10, "y": 8}]}],
        "edges": [edge],
    }
    assert read(answer) == Laid(
        corners={"a": Point(4, 0), "b": Point(12, 8)},
        ways={"l": (Point(4, 0), Point(4, 52))},
        labels={"l": Point(20, 24)},
    )


def test_what_is_taken_from_inside_moves_no_label() -> None:
    laid = Laid(labels={"a": Point(0, 0)})
    laid.take(Laid(labels={"a": Point(8, 8), "b": Point(4, 4)}))
    assert laid.labels == {"a": Point(0, 0), "b": Point(4, 4)}
