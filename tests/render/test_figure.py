"""The parts of figures keep their proportions at any size."""

from __future__ import annotations

import pytest

from nunatak.drawing.geometry import Box
from nunatak.render import figure
from nunatak.render.resolve import Shape
from tests.render.pictures import measured, thing


def test_an_actor_of_usual_size_has_a_56_unit_tile_8_units_over_its_card() -> None:
    box = Box(0, 0, 256, 160)
    assert figure.tile(box) == (100, 0, 56, 56)
    assert figure.body("actor", box) == (0, 64, 256, 96)


def test_a_low_actor_has_a_smaller_tile_inside_its_box() -> None:
    box = Box(0, 0, 256, 40)
    assert figure.tile(box).height == 14
    assert figure.body("actor", box).bottom == 40


def test_a_stores_rim_is_17_units_high_and_touches_the_top_in_the_middle() -> None:
    box = Box(0, 0, 256, 128)
    assert figure.lid(box) == 8.5
    assert figure.rim(box, 128) == 0
    assert figure.rim(box, 0) == 8.5
    assert 1 < figure.rim(box, 64) < 1.2


@pytest.mark.parametrize("type", ["app", "actor", "store", "component"])
@pytest.mark.parametrize("size", [(256, 160), (1, 1), (40, 1000), (1_000_000, 3)])
def test_text_stands_inside_the_figure(type: Shape, size: tuple[float, float]) -> None:
    placed = measured(thing("a", type=type, width=size[0], height=size[1])).boxes[0].placed
    assert placed.box.inset(-1e-6).encloses(figure.text_box(placed))
