"""Pieces of ink to rows of letters."""

from __future__ import annotations

from nunatak.documents.rows import Row, rows

Box = tuple[float, float, float, float]


def word(count: int, x: float, y: float, *, height: float = 20) -> list[Box]:
    """Letters of a word, from left to right."""
    return [(x + at * 0.9 * height, y, x + at * 0.9 * height + 0.6 * height, y + height) for at in range(count)]


def upwards(boxes: list[Box]) -> list[Box]:
    return [(top, 1000 - right, bottom, 1000 - left) for left, top, right, bottom in boxes]


def found(boxes: list[Box]) -> list[Row]:
    return rows(boxes, 8, 70)


def lefts(row: Row) -> list[float]:
    return [letter[0].left for letter in row.letters]


def test_letters_of_like_height_beside_each_other_are_a_row() -> None:
    (row,) = found(word(5, 100, 100))
    assert (row.turn, row.top, row.bottom, len(row.letters)) == (0, 100, 120, 5)
    assert lefts(row) == sorted(lefts(row))


def test_words_of_a_line_are_in_one_row_and_lines_of_a_paragraph_in_several() -> None:
    lines = [box for line in range(4) for box in [*word(3, 100, 100 + 34 * line), *word(3, 170, 100 + 34 * line)]]
    assert [(row.turn, len(row.letters)) for row in found(lines)] == [(0, 6)] * 4


def test_text_that_is_read_upwards_is_a_row_from_its_foot_on() -> None:
    (row,) = found(upwards(word(4, 100, 300)))
    assert (row.turn, len(row.letters)) == (3, 4)
    assert [piece.number for letter in row.letters for piece in letter] == [0, 1, 2, 3]


def test_signs_lower_than_letters_belong_to_the_row() -> None:
    hyphen, stop = (136.0, 109.0, 144.0, 111.0), (185.0, 117.0, 188.0, 120.0)
    (row,) = found([*word(2, 100, 100), hyphen, *word(2, 150, 100), stop])
    assert [letter[0].left for letter in row.letters] == [100, 118, 136, 150, 168, 185]


def test_parts_over_each_other_are_one_letter() -> None:
    dot, stem = (136.0, 100.0, 139.0, 103.0), (136.0, 106.0, 139.0, 120.0)
    (row,) = found([*word(2, 100, 100), dot, stem, *word(2, 145, 100)])
    assert [len(letter) for letter in row.letters] == [1, 1, 2, 1, 1]


def test_what_stands_alone_or_is_too_large_or_too_low_is_no_row() -> None:
    assert found([(100, 100, 112, 120)]) == []
    assert found(word(4, 100, 100, height=100)) == []
    assert found(word(4, 100, 100, height=5)) == []
    assert found([]) == []


def test_letters_much_higher_than_their_neighbour_are_not_in_its_row() -> None:
    found_rows = found([*word(3, 100, 100), *word(3, 160, 80, height=60)])
    assert sorted(len(row.letters) for row in found_rows) == [3, 3]


def test_hatching_takes_no_letters_that_stand_under_it() -> None:
    text = word(8, 100, 130)
    hatching = [(110.0, 100.0 + 3 * line, 135.0, 101.0 + 3 * line) for line in range(9)]  # read upwards, it's a row
    (row,) = found([*text, *hatching])
    assert (row.turn, row.top, len(row.letters)) == (0, 130, 8)
    assert len(found([(100.0 + 14 * at, 100, 102.0 + 14 * at, 120) for at in range(4)])) == 1  # 1111
