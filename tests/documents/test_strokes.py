"""Path data made short."""

from __future__ import annotations

import pytest

from nunatak.documents.strokes import UNMOVED, Pen, matrix, rectangle, scale, segments, turning


def written(data: str, by: str | None = None, grid: int = 10) -> str:
    moved = matrix(by)
    assert moved is not None
    found = segments(data, moved)
    assert found is not None
    return Pen(grid).write(found)


def test_a_transform_is_worked_into_the_points() -> None:
    assert written("M0,0 L2,0 L2,-3 Z", "matrix(1 0 0 -1 10 20)") == "M100 200h20v30z"


def test_steps_are_told_from_the_rounded_point_so_that_errors_do_not_add_up() -> None:
    assert (
        written("M0,0 L0.04,0.06 L0.08,0.12 L0.12,0.18") == "M0 0v1h1l0 1"
        or written("M0,0 L0.04,0.06 L0.08,0.12 L0.12,0.18") == "M0 0v1h1v1"
    )


def test_curves_are_relative_and_say_their_letter_once() -> None:
    assert written("M1,1 C1,2 2,3 3,3 C4,3 5,2 5,1", grid=1) == "M1 1c0 1 1 2 2 2 1 0 2-1 2-2"


@pytest.mark.parametrize("data", ["M0,0 LNaN,1", "M0,0 H5", "M0,0 L1", "5,5"])
def test_data_of_another_form_is_not_taken(data: str) -> None:
    assert segments(data, UNMOVED) is None


def test_a_matrix_is_read_and_anything_else_is_not() -> None:
    assert matrix("matrix(2 0 0 2 5 6)") == (2, 0, 0, 2, 5, 6)
    assert matrix("rotate(5)") is matrix("matrix(1 2)") is matrix("matrix(a b c d e f)") is None


def test_only_what_enlarges_alike_has_a_scale() -> None:
    assert scale((0, 2, -2, 0, 9, 9)) == 2
    assert scale((1, 0, 0, 2, 0, 0)) is None
    assert scale((0, 0, 0, 0, 0, 0)) is None


def test_an_outline_has_a_sense_and_several_have_none() -> None:
    square = rectangle((0, 0, 1, 1), UNMOVED)
    mirrored = rectangle((0, 0, 1, 1), (-1, 0, 0, 1, 0, 0))
    assert turning(square) == -turning(mirrored) != 0
    assert turning([*square, *square]) == 0
