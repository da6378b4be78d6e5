"""A WOFF2 file holds the font it was made from."""

import io

import pytest
from fontTools.ttLib import TTFont

from nunatak.drawing import woff
from nunatak.drawing.bundled import fonts


@pytest.mark.parametrize("key", fonts().keys)
def test_a_font_comes_back_as_it_went_in(key):
    file = fonts().subset(key, frozenset("éꜰж"))
    packed, unpacked = TTFont(io.BytesIO(file)), TTFont(io.BytesIO(woff.write(file)))
    assert unpacked.flavor == "woff2"
    assert unpacked.keys() == packed.keys()
    assert unpacked.getGlyphOrder() == packed.getGlyphOrder()
    assert unpacked["hmtx"].metrics == packed["hmtx"].metrics
    assert all(unpacked["glyf"][name] == packed["glyf"][name] for name in packed.getGlyphOrder())
    assert unpacked["GPOS"].compile(unpacked) == packed["GPOS"].compile(packed)


def test_a_file_says_its_own_length_and_that_of_the_font():
    file = fonts().subset("mono", frozenset())
    made = woff.write(file)
    assert made[:8] == b"wOF2" + file[:4]
    assert int.from_bytes(made[8:12], "big") == len(made)
    assert int.from_bytes(made[16:20], "big") == len(file)
    assert len(made) < 0.7 * len(file)
