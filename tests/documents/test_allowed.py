"""What may stand in a drawing's SVG."""

from __future__ import annotations

import base64

import pytest
from PIL import Image

from nunatak.documents import allowed
from tests.documents import files


def picture(image: Image.Image, kind: str = "PNG") -> str:
    return f"data:image/{kind.lower()};base64," + base64.b64encode(files.image(kind, image)).decode()


@pytest.mark.parametrize(
    "told",
    [
        {"onload": "x()"},
        {"style": "background: url(http://a)"},
        {"fill": "url(http://a/b#c)"},
        {"clip-path": "url( 'http://a' )"},
        {"d": "MNaN,1"},
        {"xlink:href": "http://a/b.png"},
        {"href": "data:image/svg+xml;base64,AAAA"},
        {"xlink:href": "data:image/png;base64,AAAA"},
    ],
)
def test_what_runs_loads_or_breaks_is_left_out(told: dict[str, str]) -> None:
    assert allowed.attributes(told, grayscale=False) == {}


def test_what_draws_stays() -> None:
    told = {"d": "M0 0", "fill": "#ff0000", "clip-path": "url(#c0)", "xlink:href": "#g1", "style": "isolation: isolate"}
    assert allowed.attributes(told, grayscale=False) == told


def test_colours_and_pictures_become_grey_if_wanted() -> None:
    told = allowed.attributes({"fill": "#ff0000", "stroke": "none"}, grayscale=True)
    assert told == {"fill": "#4c4c4c", "stroke": "none"}
    red = allowed.link(picture(Image.new("RGB", (2, 2), "red")), grayscale=True)
    assert red is not None
    assert red == allowed.link(picture(Image.new("L", (2, 2), 76)), grayscale=False)


def test_attributes_are_escaped() -> None:
    assert allowed.tag("path", {"d": 'M"<>&'}, closed=True) == '<path d="M&quot;&lt;&gt;&amp;"/>'
