"""Counts stand aside of lines' ends."""

from __future__ import annotations

import pytest

from nunatak.render import edges
from tests.render.pictures import line, routed, thing


@pytest.mark.parametrize("connector", ["top-left", "top-center"])
def test_a_count_stands_clear_of_a_line_that_ends_on_its_border(connector: str) -> None:
    target = thing("b", 0, 400, child_count=1234567 if connector == "top-center" else 12345)
    found = routed(thing("a", -64), target, line("a", "b", target_connector=connector))
    card = next(card for card in found.measured.boxes if card.placed.thing.id == "b")
    badge, tip = edges.count(card), found.strands[0].heads[0].tip
    assert tip.y == 400
    assert not badge.x - 8 < tip.x < badge.right + 8
    assert badge.right <= card.placed.box.right


def test_a_count_stays_where_no_line_ends() -> None:
    found = routed(thing("a"), thing("b", 0, 400, child_count=3), line("b", "a"))
    assert [card.aside for card in found.measured.boxes] == [0.0, 0.0]


def test_where_no_place_is_free_a_line_ends_at_the_count() -> None:
    target = thing("b", 0, 400, width=96, height=64, child_count=7)
    found = routed(thing("a"), target, line("a", "b"), line("a", "b", id="2"), line("a", "b", id="3"))
    assert {strand.heads[0].tip.y for strand in found.strands} <= {400.0, 390.0}
