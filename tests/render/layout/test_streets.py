"""Streets: blocks in rows, and lines between them that share no track."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.drawing.geometry import Box, Point
from nunatak.render.layout.rows import Cell
from nunatak.render.layout.streets import settled


def block(id: str, width: float = 800, height: float = 600, **gates: Point) -> Cell:
    return Cell(id=id, width=width, height=height, gates=gates, block=True)


def test_a_line_to_a_neighbour_runs_through_the_street_between_their_rows() -> None:
    cells = [block(id, 3000, 200) for id in ("a", "b")]
    laid, _, _ = settled(cells, [("l", "a", "b")])
    a, b = laid.corners["a"], laid.corners["b"]
    assert b.y >= a.y + 200
    assert laid.ways["l"][0] == Point(a.x + 1500, a.y + 200)
    assert laid.ways["l"][-1] == Point(b.x + 1500, b.y)


def test_a_line_from_outside_comes_in_at_the_top_and_one_to_outside_leaves_at_the_bottom() -> None:
    laid, _, height = settled([block("a", i=Point(40, 0), o=Point(80, 600))], [("i", None, "a"), ("o", "a", None)])
    corner = laid.corners["a"]
    assert (laid.ways["i"][0].y, laid.ways["i"][-1]) == (0, Point(corner.x + 40, corner.y))
    assert (laid.ways["o"][0], laid.ways["o"][-1].y) == (Point(corner.x + 80, corner.y + 600), height)


def test_tracks_are_wide_enough_for_labels_where_they_will_be_level() -> None:
    cells = [block("a", 3000, 200), block("b", 3000, 200)]
    crossed = [("l", "a", "b"), ("m", "a", "b")]
    gates = {"l": Point(200, 0), "m": Point(400, 0)}
    cells[1] = block("b", 3000, 200, **gates)
    for turned, apart in ((False, 60), (True, 28)):
        laid, _, _ = settled(cells, crossed, turned=turned)
        levels = sorted(laid.ways[id][1].y for id in ("l", "m"))
        assert levels[1] - levels[0] == apart


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[Cell], list[tuple[str, str | None, str | None]]]:
    sizes = st.integers(100, 400).map(lambda n: float(n * 4))
    cells = [block(f"b{n}", draw(sizes), draw(sizes)) for n in range(draw(st.integers(1, 7)))]
    cells += [Cell(id=f"t{n}", width=256, height=128, gates={}, block=False) for n in range(draw(st.integers(0, 9)))]
    ids = st.sampled_from([cell.id for cell in cells])
    pairs = draw(st.lists(st.tuples(ids | st.none(), ids | st.none()), max_size=14))
    lines = [(f"l{n}", a, b) for n, (a, b) in enumerate(pairs) if a != b]
    return cells, lines


@settings(max_examples=60)
@given(towns())
def test_nothing_lies_on_anything_and_no_line_runs_through_a_block(
    town: tuple[list[Cell], list[tuple[str, str | None, str | None]]],
) -> None:
    cells, lines = town
    laid, width, height = settled(cells, lines)
    boxes = {cell.id: Box(*laid.corners[cell.id], cell.width, cell.height) for cell in cells}
    assert not any(a.overlaps(b, 16) for a, b in combinations(boxes.values(), 2))
    assert all(Box(0, 0, width, height).encloses(box) for box in boxes.values())
    for line, *_ in lines:
        for a, b in pairwise(laid.ways[line]):
            assert (a.x == b.x) != (a.y == b.y)
            assert not any(box.crossed_by(a, b) for box in boxes.values())
