"""SVG path data as absolute curves."""

import pytest

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.pdf.outline import ellipse, outline, rectangle


@pytest.mark.parametrize(
    ("data", "segments"),
    [
        ("M1 2L3 4z", [("M", 1, 2), ("L", 3, 4), ("Z",)]),
        ("m1,2 3-4.5.5.5", [("M", 1, 2), ("L", 4, -2.5), ("L", 4.5, -2)]),
        ("M1 1h2v3H0V0", [("M", 1, 1), ("L", 3, 1), ("L", 3, 4), ("L", 0, 4), ("L", 0, 0)]),
        ("M0 0 1 1 2 0", [("M", 0, 0), ("L", 1, 1), ("L", 2, 0)]),
        ("M0 0c1 0 2 1 2 2s1 2 2 2", [("M", 0, 0), ("C", 1, 0, 2, 1, 2, 2), ("C", 2, 3, 3, 4, 4, 4)]),
        ("M0 0Q3 0 3 3T6 6", [("M", 0, 0), ("C", 2, 0, 3, 1, 3, 3), ("C", 3, 5, 4, 6, 6, 6)]),
        ("M1 1m1 1zl1 0", [("M", 1, 1), ("M", 2, 2), ("Z",), ("L", 3, 2)]),
        ("M0 0a0 5 0 0 1 3 3", [("M", 0, 0), ("L", 3, 3)]),
        ("", []),
    ],
)
def test_commands_become_absolute(data, segments):
    found = outline(data)
    assert [segment[0] for segment in found] == [segment[0] for segment in segments]
    assert [segment[1:] for segment in found] == [pytest.approx(segment[1:]) for segment in segments]


@pytest.mark.parametrize("data", ["M0 0a1 1 0 0 1 2 0", "M0 0a1 1 0 012 0", "M0 0a1 1 0 0,1,2,0"])
def test_an_arc_is_half_a_circle_however_its_flags_are_written(data):
    found = outline(data)
    assert [s[0] for s in found] == ["M", "C", "C"]
    assert found[1][-2:] == pytest.approx((1, -1))
    assert found[2][-2:] == pytest.approx((2, 0))


def test_large_and_sweep_choose_the_arc():
    tops = {}
    for flags in ("00", "01", "10", "11"):
        curves = outline(f"M0 0A5 5 0 {flags[0]} {flags[1]} 6 0")[1:]
        tops[flags] = round(max((abs(y), y) for c in curves for y in (c[2], c[4], c[6]))[1])
    assert tops == {"00": 1, "01": -1, "10": 9, "11": -9}


def test_radii_too_short_for_the_way_are_lengthened():
    assert outline("M0 0A1 1 0 0 1 8 0")[1][-2:] == pytest.approx((4, -4))


@pytest.mark.parametrize("data", ["M0 0 L1", "M0 0 x", "M0 0 L 1 1 C 1 2 3 Z"])
def test_what_is_no_path_data_is_refused(data):
    with pytest.raises(DrawingFailed):
        outline(data + " Z")


def test_an_ellipse_goes_through_its_four_ends():
    assert [s[-2:] for s in ellipse(10, 20, 3, 4)[:-1]] == [(13, 20), (10, 24), (7, 20), (10, 16), (13, 20)]


def test_a_rectangles_corners_take_at_most_half_of_a_side():
    assert rectangle(0, 0, 4, 10, 9, 9)[0] == ("M", 2, 0)
