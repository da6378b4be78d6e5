from __future__ import annotations

import pytest

from nunatak.render.swatches import SWATCHES
from nunatak.render.theme import THEMES, contrast


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_edge_stands_out_against_its_canvas(name: str) -> None:
    theme = THEMES[name]
    faint = {color: contrast(s.edge, theme.canvas) for color, s in SWATCHES[name].items()}
    assert {color: ratio for color, ratio in faint.items() if ratio < 3} == {}
    assert len(faint) == 12
