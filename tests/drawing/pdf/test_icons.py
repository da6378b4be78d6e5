"""Icons' SVG bodies as forms: as the PNG has them."""

import pytest

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.pdf.document import pdf
from nunatak.drawing.scene import Icon
from tests.drawing.pdf.pages import FONTS, difference, icon, scene

STOPS = '<stop offset="10%" stop-color="#f00"/><stop offset=".8" stop-color="blue"/>'


@pytest.mark.parametrize(
    "body",
    [
        '<circle cx="12" cy="12" r="9" fill="#336791"/>',
        '<ellipse cx="12" cy="12" rx="11" ry="5"/>',
        '<rect x="2" y="4" width="20" height="10" rx="4" fill="tomato"/>',
        '<line x1="2" y1="2" x2="22" y2="20" stroke="#080" stroke-width="3" stroke-linecap="round"/>',
        '<polygon points="2,2 22,4 12,22" fill="gold" stroke="navy" stroke-width="2" stroke-linejoin="bevel"/>',
        '<polyline points="2,20 8,4 14,20 20,4" fill="none" stroke="#000" stroke-dasharray="3 2"/>',
        '<path d="M2 2h20v20H2zm6 6v8h8V8z" fill-rule="evenodd"/>',
        '<path d="M2 2h20v20H2zm6 6h8v8H8z"/>',
        '<g fill="red" transform="rotate(30 12 12) translate(4) scale(.5 .8)"><path d="M0 0h24v24H0z"/></g>',
        '<g transform="matrix(.5 .1 0 .5 6 6) skewX(10) skewY(-5)"><path d="M0 0h24v24H0z" fill="#0aa"/></g>',
        '<g opacity=".5"><circle cx="9" cy="12" r="8" fill="red"/><circle cx="15" cy="12" r="8" fill="blue"/></g>',
        '<circle cx="12" cy="12" r="9" fill="#00f" fill-opacity=".4" stroke="red" stroke-opacity=".5"/>',
        '<clipPath id="c"><circle cx="12" cy="12" r="8"/></clipPath><path clip-path="url(#c)" d="M0 0h24v24H0z"/>',
        '<mask id="m"><circle cx="12" cy="12" r="8" fill="#fff"/></mask>'
        '<g mask="url(#m)"><path d="M0 0h24v12H0z" fill="red"/><path d="M0 12h24v12H0z" fill="green"/></g>',
        f'<linearGradient id="g">{STOPS}</linearGradient><path d="M2 4h20v16H2z" fill="url(#g)"/>',
        f'<linearGradient id="g" x1="0" y1="2" x2="0" y2="20" gradientUnits="userSpaceOnUse">{STOPS}</linearGradient>'
        '<g transform="rotate(20 12 12)"><path d="M2 4h20v16H2z" fill="url(#g)"/></g>',
        f'<radialGradient id="g" cx=".4" cy=".4" r=".6" fx=".3" fy=".3">{STOPS}</radialGradient>'
        '<circle cx="12" cy="12" r="10" fill="url(#g)"/>',
    ],
)
def test_an_icon_looks_as_in_the_png(body):
    assert difference(icon(body), scale=8) < 1.5


@pytest.mark.parametrize("color", ["currentColor", "transparent", "none", "rgb(10, 200, 30)", "#8af8", "inherit"])
def test_colours_are_read_in_every_way(color):
    assert difference(icon(f'<g fill="#f80"><path d="M2 4h20v16H2z" fill="{color}"/></g>'), scale=8) < 1.0


def test_an_icon_is_in_the_file_once():
    body = '<path d="M0 0h24v24H0z"/>'
    twice = scene(*(Icon(x=x, y=0, size=24, icon="i") for x in (0, 30)), icons={"i": body})
    assert pdf(twice, FONTS).count(b"/Form") == 2  # the icon's and the scene's


@pytest.mark.parametrize(
    "body",
    [
        "<path",
        '<path d="M0 0 nonsense"/>',
        '<path transform="rotate(1 2)" d="M0 0"/>',
        '<g transform="scale(1e400)"><path d="M0 0L1 1Z"/></g>',
        '<g transform="skewX(1e400)"><path d="M0 0L1 1Z"/></g>',
        '<path d="M0 0A1e300 1e300 0 0 0 1 1"/>',
        '<mask id="a"><g mask="url(#a)"><path d="M0 0h9v9z"/></g></mask><g mask="url(#a)"><path d="M0 0h9v9z"/></g>',
    ],
)
def test_what_is_no_icon_is_refused(body):
    with pytest.raises(DrawingFailed):
        pdf(icon(body), FONTS)
