from __future__ import annotations

import pytest

from nunatak.drawing.bundled import fonts
from nunatak.render.lettering import Lettering
from nunatak.render.picture import Step
from nunatak.render.pills import Pills, pill, pills, row_width
from nunatak.render.theme import THEMES, contrast
from nunatak.render.wrap import Ruler

RULER = Ruler(fonts())
SORTS = ("introduction", "message", "process", "alternate", "parallel", "subflow", "information", "conclusion")


def numbered(count: int) -> list[Step]:
    return [Step(id=str(number), sort="message", number=number) for number in range(1, count + 1)]


def words(count: int, width: float = 256) -> list[str]:
    return [each.words.rows[0].text for each in pills(numbered(count), RULER, width)]


def test_a_row_counts_the_steps_that_are_too_many() -> None:
    assert words(2) == ["1", "2"]
    assert words(6) == ["1", "2", "3", "4", "5", "6"]
    assert words(9) == ["1", "2", "3", "4", "5", "+4"]
    assert words(6, 112) == ["1", "2", "3", "+3"]
    assert words(3, 10) == ["1"]
    assert row_width(pills(numbered(2), RULER, 256)) == 48


@pytest.mark.parametrize("sort", SORTS)
def test_a_step_without_a_number_has_a_sign(sort: str) -> None:
    assert pill(Step(id="s", sort=sort), RULER).words.rows[0].text  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_number_can_be_read_on_its_colour(name: str) -> None:
    theme = THEMES[name]
    painter = Pills(theme, Lettering(fonts()))
    faint = {sort: contrast(painter.color(sort), theme.tile_ink) for sort in SORTS}
    assert {sort: ratio for sort, ratio in faint.items() if ratio < 4.5} == {}
