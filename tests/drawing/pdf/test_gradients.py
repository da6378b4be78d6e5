"""Gradients as patterns."""

import pytest

from tests.drawing.pdf.pages import difference, icon, pixels

SHAPE = '<path d="M2 4h20v16H2z" fill="url(#g)"/>'


@pytest.mark.parametrize(
    "gradient",
    [
        '<linearGradient id="g"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f" stop-opacity="0"/>'
        "</linearGradient>",
        '<linearGradient id="h"><stop stop-color="#fa0"/><stop offset=".5" stop-color="#0af"/></linearGradient>'
        '<linearGradient id="g" href="#h" x1="0" y1="1" x2="1" y2="0"/>',
        '<radialGradient id="g" gradientTransform="rotate(20 .5 .5) scale(1 .5)"><stop stop-color="#fff"/>'
        '<stop offset=".7" stop-color="#333"/></radialGradient>',
        '<linearGradient id="g"><stop offset=".5" stop-color="red"/><stop offset=".5" stop-color="lime"/>'
        "</linearGradient>",
    ],
)
def test_a_gradient_looks_as_in_the_png(gradient):
    assert difference(icon(gradient + SHAPE), scale=8) < 1.5


def test_a_faded_gradient_fades_in_its_moved_place():
    gradient = (
        '<linearGradient id="g" x2="0" y2="1"><stop stop-color="#f00"/>'
        '<stop offset="1" stop-color="#f00" stop-opacity=".2"/></linearGradient>'
    )
    assert difference(icon(f'{gradient}<g transform="translate(2 3) scale(.7)">{SHAPE}</g>'), scale=8) < 1.5


def test_one_stop_is_a_plain_colour_and_none_paint_nothing():
    one = icon(f'<linearGradient id="g"><stop stop-color="#336699"/></linearGradient>{SHAPE}')
    assert tuple(pixels(one)[24][24].round()) == (0x33, 0x66, 0x99)
    none = icon(f'<linearGradient id="g"/>{SHAPE}')
    assert tuple(pixels(none)[24][24].round()) == (255, 255, 255)


def test_gradients_that_refer_to_each_other_end():
    ring = '<linearGradient id="g" href="#h"/><linearGradient id="h" href="#g"/>'
    assert tuple(pixels(icon(ring + SHAPE))[24][24].round()) == (255, 255, 255)


def test_a_stroke_can_have_a_gradient():
    gradient = '<linearGradient id="g"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>'
    line = '<path d="M2 4h20v16H2z" fill="none" stroke="url(#g)" stroke-width="4"/>'
    assert difference(icon(gradient + line), scale=8) < 1.5
