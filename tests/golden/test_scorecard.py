"""Every golden picture is readable by count: what a reader would trip over is not there."""

from __future__ import annotations

import msgspec
import pytest

from nunatak.drawing.scene import Scene
from nunatak.render.picture import Picture
from tests.golden.cases import NAMES, ROOT
from tests.scorecard import score


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_picture_has_nothing_to_trip_over(name: str) -> None:
    picture = msgspec.json.decode((ROOT / name / "picture.json").read_bytes(), type=Picture)
    card = score(msgspec.json.decode((ROOT / name / "scene.json").read_bytes(), type=Scene), picture)
    assert card.overlapping_texts == 0
    assert card.crossed_boxes == 0
    assert card.crossed_texts == 0
    assert card.crossed_labels <= card.labels * 0.02
    assert card.smallest >= 11
    assert card.contrast >= 4.5
