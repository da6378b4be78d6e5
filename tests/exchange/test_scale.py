"""Another tool's paper becomes our grid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nunatak.exchange.scale import PITCH_X, PITCH_Y, Sheet, scaled


def sheet(id: str, x: float, y: float, *, width: float = 450, height: float = 300, rank: int = 0) -> Sheet:
    return Sheet(id=id, x=x, y=y, width=width, height=height, our_width=256, our_height=128, rank=rank)


def test_the_nearest_neighbours_of_a_row_and_of_a_column_stand_one_pitch_apart() -> None:
    scale = scaled([sheet("a", 0, 0), sheet("b", 500, 0), sheet("c", 1100, 0), sheet("d", 0, 400)])
    assert scale.places == {"a": (0, 0), "b": (PITCH_X, 0), "c": (844, 0), "d": (0, PITCH_Y)}


def test_a_bend_keeps_its_place_among_the_boxes() -> None:
    scale = scaled([sheet("a", 0, 0), sheet("b", 600, 0)])
    bend = scale.point(300, 0)
    assert (bend.x, bend.y) == ((scale.places["b"][0] + 256) / 2, 64)


def test_a_box_on_another_and_one_without_a_place_stand_in_rows_below_by_rank() -> None:
    stray = [sheet("s", 0, 0, rank=2), sheet("t", 0, 0, rank=1)]
    scale = scaled([sheet("a", 0, 0), sheet("b", 20, 20)], stray)
    assert scale.places == {"a": (0, 0), "b": (0, 320), "t": (0, 640), "s": (0, 960)}


def test_no_boxes_have_no_places() -> None:
    assert scaled([]).places == {}


@given(st.lists(st.tuples(st.integers(-5000, 5000), st.integers(-5000, 5000)), max_size=40))
def test_boxes_never_overlap_and_stand_on_the_grid(centres: list[tuple[int, int]]) -> None:
    places = list(scaled([sheet(str(n), x, y) for n, (x, y) in enumerate(centres)]).places.values())
    assert len(places) == len(centres)
    assert all(x % 4 == 0 and y % 4 == 0 for x, y in places)
    for index, (x, y) in enumerate(places):
        # Snapping to the grid may bring two nearer by one step.
        assert all(abs(x - u) >= 252 or abs(y - v) >= 124 for u, v in places[index + 1 :])
