from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.bundled import fonts
from nunatak.render.chips import fitted, row_width
from nunatak.render.overlay import Badge
from nunatak.render.wrap import Ruler

FONTS = fonts()


def row(names: list[str], width: float) -> list[str]:
    chips = fitted([Badge(name, name, "red") for name in names], Ruler(FONTS), width)
    return [chip.words.rows[0].text for chip in chips]


def test_badges_that_find_no_room_are_counted() -> None:
    assert row(["Core", "Cheap"], 236) == ["Core", "Cheap"]
    assert row(["Core", "Personal data", "Public cloud"], 236) == ["Core", "Personal data", "+1"]
    assert row([], 236) == []


def test_a_long_word_is_cut_and_still_there() -> None:
    assert row(["A tag with quite a lot to say for itself"], 236)[0].endswith("…")


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12), st.floats(150, 400))
def test_a_row_of_more_than_one_badge_keeps_within_its_width(names: list[str], width: float) -> None:
    chips = fitted([Badge(name, name, "red") for name in names], Ruler(FONTS), width)
    assert row_width(chips) <= width or sum(chip.badge is not None for chip in chips) == 1
    assert chips[0].badge is not None
