"""What is left of an icon from outside."""

import re

import pytest

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.icons import document, symbol


def body(icon):
    name, written = symbol(icon)
    inner = re.fullmatch(f'<symbol id="{name}" viewBox="0 0 24 24">(.*)</symbol>', written, re.S)[1]
    return inner.replace(name, "ID")


def test_shapes_gradients_and_clips_are_kept():
    icon = (
        '<defs><linearGradient id="a" x1="0"><stop offset=".5" stop-color="#f00"></stop></linearGradient></defs>'
        '<g fill="url(#a)" transform="matrix(1 0 0 -1 2.5 1e-3)"><path d="M1,2 a3 4 0 01 5,6z"></path></g>'
    )
    assert body(icon) == icon.replace('"a"', '"ID-a"').replace("#a", "#ID-a")


@pytest.mark.parametrize(
    ("icon", "left"),
    [
        ("<script>alert(1)</script><path d='M0 0'/>", '<path d="M0 0"></path>'),
        ("<foreignObject><path/></foreignObject><rect/>", "<rect></rect>"),
        ("<image href='/etc/a.png'/>", ""),
        ("<a href='javascript:x'><path/></a>", ""),
        ("<path onclick='x' style='fill:url(http://x)' fill='url(http://x/#a)'/>", "<path></path>"),
        ("<linearGradient href='http://x/y.svg#a'/>", "<linearGradient></linearGradient>"),
        ("<linearGradient xlink:href='#b'/>", '<linearGradient href="#ID-b"></linearGradient>'),
        ("<linearGradient xlink:href='#b' href='#c'/>", '<linearGradient href="#ID-c"></linearGradient>'),
        ("<text>words</text><style>*{}</style>", ""),
        ("<use href='#a'/>", ""),
    ],
)
def test_all_else_is_left_out(icon, left):
    assert body(icon) == left


def test_the_same_body_has_the_same_name_and_another_one_another():
    assert symbol("<path d='M1 1'/>")[0] == symbol("<path d='M1 1'/>")[0]
    assert symbol("<path d='M1 1'/>")[0] != symbol("<path d='M1 2'/>")[0]


@pytest.mark.parametrize(
    ("icon", "said"),
    [
        ("<path", "is no SVG"),
        ("</svg><svg>", "is no SVG"),
        ("&bomb;", "is no SVG"),
        ("<g>" * 40 + "</g>" * 40, "too many elements"),
        ("<g/>" * 4000, "too many elements"),
        ("<g/>" * 100_000, "larger than"),
    ],
)
def test_what_is_no_icon_is_refused(icon, said):
    with pytest.raises(DrawingFailed, match=said):
        symbol(icon)


def test_a_file_of_its_own_is_as_clean_as_a_symbol():
    icon = "<script>alert(1)</script><linearGradient id='a'/><path d='M0 0' fill='url(#a)' onclick='x'/>"
    assert document(icon) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        '<linearGradient id="icon-a"></linearGradient><path d="M0 0" fill="url(#icon-a)"></path></svg>'
    )
