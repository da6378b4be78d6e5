"""Rows: a sheet that is well filled, and neighbours that are joined."""

from __future__ import annotations

from nunatak.render.layout.rows import Cell, Rows, arrangements, sheet


def cell(id: str, width: float = 1000, height: float = 600, *, block: bool = True) -> Cell:
    return Cell(id=id, width=width, height=height, gates={}, block=block)


def ids(rows: Rows) -> list[list[list[str]]]:
    return [[[cell.id for cell in column] for column in row] for row in rows]


def test_a_sheet_is_as_high_as_its_width_or_its_height_asks() -> None:
    assert (sheet(1600, 100, 1.6), sheet(100, 300, 1.6)) == (1000, 300)


def test_the_first_of_three_arrangements_fits_on_the_smallest_sheet() -> None:
    found = list(arrangements([cell(f"b{n}", 1900, 6000) for n in range(7)], [], 1.6))
    assert len(found[0][0]) == 7
    assert len(found) == 3
    (wide, *_) = arrangements([cell(f"b{n}", 6000, 1900) for n in range(7)], [], 1.6)
    assert [len(row) for row in wide] == [2, 2, 2, 1]


def test_what_is_joined_stands_straight_under_each_other() -> None:
    cells = [cell(id) for id in ("a", "b", "c", "d")]
    lines = [("l", "a", "d"), ("m", "b", "c")]
    square = next(rows for rows in arrangements(cells, lines, 1.6) if len(rows) == 2)
    (above, below) = ids(square)
    pairs = {(*up, *down) for up, down in zip(above, below, strict=True)}
    assert pairs == {("a", "d"), ("b", "c")}


def test_things_stand_over_or_under_the_column_that_they_are_joined_to() -> None:
    cells = [cell("a"), cell("b"), *(cell(id, 256, 128, block=False) for id in ("of b", "of a", "by b"))]
    lines = [("l", "b", "of b"), ("m", "a", "of a"), ("n", "by b", "b")]
    wide = next(rows for rows in arrangements(cells, lines, 1.6) if len(rows[1]) == 2)
    middle = ids(wide)[1]
    at = middle.index(["b"])
    assert ids(wide)[0][at] == ["by b"]
    assert (ids(wide)[2][at], ids(wide)[2][1 - at]) == (["of b"], ["of a"])


def test_things_that_find_no_room_start_another_row() -> None:
    cells = [cell("a"), *(cell(f"t{n}", 256, 128, block=False) for n in range(4))]
    (rows,) = arrangements(cells, [], 1.6)
    assert ids(rows) == [[["t0", "t1", "t2"]], [["t3"]], [["a"]]]


def test_many_blocks_keep_their_rows() -> None:
    cells = [cell(f"b{n}") for n in range(20)]
    lines = [(f"l{n}", f"b{n}", f"b{19 - n}") for n in range(20) if n != 19 - n]
    for rows in arrangements(cells, lines, 1.6):
        found = [id for row in ids(rows) for (id,) in row]
        assert sorted(found) == sorted(f"b{n}" for n in range(20))
