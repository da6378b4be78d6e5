"""Colours become the nearest of the tag colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.tag import TagColor
from nunatak.exchange.color import nearest


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ("#1bcbf5", "blue"), ("#588af7", "dark-blue"), ("#ff82d4", "pink"), ("#c880f0", "purple"), ("#92dd78", "green"),
        ("#ffb841", "yellow"), ("#ff8811", "orange"), ("#eb6e6e", "red"), ("#a18276", "beaver"), ("#ffffff", "white"),
        ("#1e1f20", "black"), ("#84898c", "grey"),
    ],
)  # fmt: skip
def test_each_tag_colour_is_itself(color: str, name: TagColor) -> None:
    assert nearest(color) == name


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ("#08427b", "dark-blue"), ("#1168BD", "dark-blue"), ("#999999", "grey"), ("#ffff00", "yellow"),
        ("#f00080", "pink"), ("#ff0010", "red"), ("#008000", "green"), ("#8b4513", "beaver"), ("#f5f5dc", "white"),
    ],
)  # fmt: skip
def test_other_colours_go_where_an_eye_would_put_them(color: str, name: TagColor) -> None:
    assert nearest(color) == name


@given(st.none() | st.text(max_size=9))
def test_what_is_no_colour_is_grey(color: str | None) -> None:
    assert nearest(color) == "grey" or len((color or "").lstrip("#")) == 6
