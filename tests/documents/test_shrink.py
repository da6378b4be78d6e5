"""A converter's SVG made small and safe."""

from __future__ import annotations

import pytest

from nunatak.documents.errors import Unreadable
from nunatak.documents.shrink import shrunk

STROKE = 'fill="none" stroke="#000000" stroke-width="1" stroke-linejoin="miter"'


def document(body: str) -> str:
    return (
        '<svg viewBox="0 0 80 80" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink">{body}</svg>'
    )


def made(body: str, *, grayscale: bool = False) -> str:
    return shrunk(document(body), 80, 80, grayscale=grayscale)


def test_lines_of_one_look_are_one_path() -> None:
    body = f'<path d="M0,0 L1,0" {STROKE}/><path d="M0,0 L0,2" transform="matrix(1 0 0 1 5 5)" {STROKE}/>'
    assert made(body) == (
        '<g transform="scale(0.001)"><path fill="none" stroke="#000000" stroke-linejoin="miter" stroke-width="1000" '
        'd="M0 0h1000M5000 5000v2000"/></g>'
    )


def test_a_new_colour_is_painted_over_what_was_there_before() -> None:
    square = '<path d="M0,0 L9,0 L9,9 Z" fill="{}"/>'
    drawn = made("".join(square.format(color) for color in ("#000000", "#ffffff", "#000000")))
    assert drawn.count("<path") == 3
    assert drawn.index("#ffffff") > drawn.index("<path")


def test_outlines_with_holes_stay_paths_of_their_own() -> None:
    ring = '<path d="M0,0 L9,0 L9,9 Z M1,1 L2,2 L1,2 Z" fill="#000000"/>'
    assert made(ring + ring).count("<path") == 2


def test_a_clip_of_the_whole_page_is_dropped_and_any_other_is_kept() -> None:
    clips = (
        '<defs><clipPath id="all"><path d="M0,0 L80,0 L80,80 L0,80 Z"/></clipPath>'
        '<clipPath id="part"><path d="M0,0 L8,0 L8,8 L0,8 Z"/></clipPath></defs>'
    )
    line = f'<path d="M0,0 L1,0" {STROKE}/>'
    drawn = made(f'<g clip-path="url(#all)">{line}</g><g clip-path="url(#part)">{line}</g>{clips}')
    assert drawn.count('<g clip-path="url(#part)">') == 1
    assert '="url(#all)"' not in drawn


def test_a_clip_inside_of_a_clip_holds_both() -> None:
    clips = "".join(
        f'<clipPath id="{name}"><path d="M0,0 L{size},0 L{size},8 L0,8 Z"/></clipPath>'
        for name, size in (("a", 8), ("b", 9))
    )
    line = f'<path d="M0,0 L1,0" {STROKE}/>'
    drawn = made(f'<g clip-path="url(#a)"><g clip-path="url(#b)">{line}</g>{line}</g><defs>{clips}</defs>')
    assert '<g clip-path="url(#a)"><g clip-path="url(#b)">' in drawn
    assert drawn.count("<g") == drawn.count("</g>")


def test_scripts_and_unknown_elements_go_with_all_they_hold() -> None:
    hidden = f'<path d="M0,0 L1,1" {STROKE.replace("#000000", "#123456")}/>'
    drawn = made(f'<script>x()</script><foreignObject><g>{hidden}</g></foreignObject><path d="M0,0 L2,0" {STROKE}/>')
    assert drawn == made(f'<path d="M0,0 L2,0" {STROKE} onclick="x()"/>')
    assert "#123456" not in drawn


def test_a_glyph_that_is_used_once_is_drawn_where_it_is_used() -> None:
    body = f'<use xlink:href="#e0"/><defs><g id="e0"><path d="M0,0 L1,0" {STROKE}/></g></defs>'
    assert made(body) == made(f'<path d="M0,0 L1,0" {STROKE}/>')


def test_glyphs_that_are_shared_stay_shared() -> None:
    use = '<use xlink:href="#g0" transform="matrix(1 0 0 1 {} 2.004)" fill="#000000"/>'
    drawn = made(use.format(1) + use.format(2) + '<defs><path id="g0" d="M0 0L1 1"/></defs>')
    assert drawn.startswith('<defs><path id="g0" d="M0 0L1 1"/></defs>')
    assert drawn.count('<use xlink:href="#g0"') == 2


def test_an_opacity_keeps_its_order_and_its_group() -> None:
    line = f'<path d="M0,0 L1,0" {STROKE}/>'
    drawn = made(f'{line}<g opacity="0.5">{line}</g>')
    assert drawn.index('<g opacity="0.5">') > drawn.index("<path")
    assert drawn.count("<path") == 2


def test_grey_is_asked_for() -> None:
    assert "#4c4c4c" in made(f'<path d="M0,0 L1,0" {STROKE.replace("#000000", "#ff0000")}/>', grayscale=True)


@pytest.mark.parametrize(
    "text",
    [
        "<svg>",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        document("<g>" * 300 + "</g>" * 300),
        document('<path d="M0 0L1e999 1Z" fill="#000000"/>'),
        document('<path d="M0 0L1 1" fill="none" stroke="#000000" stroke-width="wide"/>'),
    ],
)
def test_what_is_broken_or_hostile_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        shrunk(text, 80, 80, grayscale=False)
