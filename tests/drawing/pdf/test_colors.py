"""Colours, lengths and fractions of SVG attributes."""

import pytest

from nunatak.drawing.pdf.colors import color_of, fraction, length


@pytest.mark.parametrize(
    ("given", "color", "opacity"),
    [
        ("#FA0", "#ffaa00", 1),
        ("#12345680", "#123456", 128 / 255),
        ("#123f", "#112233", 1),
        ("rgb(255, 0, 128)", "#ff0080", 1),
        ("rgba(100%, 0%, 300, .5)", "#ff00ff", 0.5),
        ("rgb(1)", "#000000", 1),
        ("navy", "#000080", 1),
        ("unknown", "#000000", 1),
        ("transparent", "#000000", 0),
        (" currentColor ", "#00ff00", 1),
    ],
)
def test_colours(given, color, opacity):
    assert color_of(given, "#0f0") == (color, pytest.approx(opacity))


def test_the_current_colour_of_itself_is_black():
    assert color_of("currentColor", "currentColor") == ("#000000", 1)


@pytest.mark.parametrize(("given", "size"), [("3", 3), ("2.5px", 2.5), ("50%", 12), ("-.5e1", -5), ("3em", 0), ("", 0)])
def test_lengths(given, size):
    assert length(given, 24) == size


@pytest.mark.parametrize(("given", "value"), [("0.25", 0.25), ("40%", 0.4), ("7", 1), ("-1", 0), ("x", 1)])
def test_fractions_stay_between_0_and_1(given, value):
    assert fraction(given) == value
