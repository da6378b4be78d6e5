"""Anchors lie on the border that is drawn."""

from __future__ import annotations

import pytest

from nunatak.render.anchor import CONNECTORS, named, port
from nunatak.render.resolve import Placed
from tests.render.pictures import measured, thing


def _placed(type: str) -> Placed:
    return measured(thing("a", type=type)).boxes[0].placed  # type: ignore[arg-type]


def test_the_twelve_connectors_of_a_box_are_at_the_quarters_of_its_sides() -> None:
    box = _placed("app")
    points = {name: tuple(named(box, name).point) for name in CONNECTORS}
    assert points["top-left"] == (64, 0)
    assert points["right-middle"] == (256, 64)
    assert points["bottom-right"] == (192, 128)
    assert points["left-bottom"] == (0, 96)
    assert len(set(points.values())) == 12


def test_lines_leave_every_side_at_a_right_angle() -> None:
    directions = {name: tuple(named(_placed("app"), name).direction) for name in CONNECTORS}
    assert directions["top-center"] == (0, -1)
    assert directions["right-top"] == (1, 0)
    assert directions["bottom-left"] == (0, 1)
    assert directions["left-middle"] == (-1, 0)


def test_an_actors_upper_connectors_are_on_its_tile() -> None:
    actor = _placed("actor")
    assert tuple(named(actor, "top-center").point) == (128, 0)
    assert tuple(named(actor, "top-left").point) == (100, 28)
    assert tuple(named(actor, "top-left").direction) == (-1, 0)
    assert tuple(named(actor, "top-right").point) == (156, 28)
    assert tuple(named(actor, "bottom-center").point) == (128, 160)


def test_a_stores_upper_and_lower_anchors_follow_its_rims() -> None:
    store = _placed("store")
    assert port(store, "top", 0.5).point.y == 0
    assert port(store, "top", 0.25).point.y == pytest.approx(1.139, abs=0.01)
    assert port(store, "bottom", 0.25).point.y == pytest.approx(128 - 1.139, abs=0.01)


def test_a_port_is_left_outwards_or_inwards() -> None:
    right = port(_placed("app"), "right", 0.5)
    assert tuple(right.out(10)) == (266, 64)
    assert tuple(right.inward().out(10)) == (246, 64)
