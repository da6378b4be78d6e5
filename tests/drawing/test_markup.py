"""What may pass into SVG text, and in which form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.errors import DrawingFailed
from nunatak.drawing.markup import color, number, path_data, quoted, words


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e7, max_value=1e7))
def test_numbers_are_plain(value):
    written = number(value)
    assert re.fullmatch(r"-?\d+(\.\d{0,1}[1-9])?", written)
    assert written != "-0"
    assert float(written) == pytest.approx(value, abs=0.00501)


@pytest.mark.parametrize(
    "segments", [(("M", 1),), (("A", 1, 2),), (("L", 1, 2),), ((1.0, 2.0),), (("M", 1, 2), ("Z", 1))]
)
def test_what_is_no_path_is_refused(segments):
    with pytest.raises(DrawingFailed, match="a path"):
        path_data(segments)


def test_words_are_cleaned_and_escaped():
    assert words('a < b > c & \x00"d"\n]]>') == 'a &lt; b &gt; c &amp; "d" ]]&gt;'
    assert quoted('"><script') == "&quot;&gt;&lt;script"


def test_colours_are_lower_case():
    assert color("#AbCdEf") == "#abcdef"
