"""Whole layouts: everything has a place of its own, lines have ways, and what stays stays."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from nunatak.core.errors import Invalid
from nunatak.drawing.elk import elk
from nunatak.drawing.geometry import Box
from nunatak.render.layout.check import check
from nunatak.render.layout.graph import joining, tree, walls
from nunatak.render.layout.layout import Wanted, layout
from nunatak.render.measure import measure
from nunatak.render.options import Options
from nunatak.render.picture import Line, Picture, Thing
from nunatak.render.resolve import resolve
from nunatak.render.scene import scene
from tests.render.pictures import FONTS, line, picture, thing
from tests.scorecard import score

SHOP = picture(
    thing("customer", type="actor"),
    thing("s", type="system", shape="area", name="Shop"),
    *(thing(id, parent_ids=["m-s"]) for id in ("site", "orders", "stock")),
    thing("bank", type="system"),
    line("customer", "site", name="Buys on"),
    line("site", "orders", name="Sends orders to", technology_ids=["java"]),
    line("orders", "stock", name="Asks"),
    line("orders", "bank", name="Takes payments through", direction="bidirectional"),
    line("site", "bank", name="Shows the terms of"),
    line("stock", "stock", name="Counts"),
)


def laid(shown: Picture, **wanted: Any) -> Picture:
    return layout(shown, Wanted(**wanted), elk(), FONTS)


def boxes(shown: Picture) -> dict[str, Box]:
    resolved = resolve(shown, Options())
    return {placed.thing.id: placed.box for placed in (*resolved.areas, *resolved.boxes)}


@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_layout_is_right_readable_on_the_grid_and_the_same_twice(direction: str) -> None:
    found = laid(SHOP, direction=direction)
    card = score(scene(found, Options(), FONTS), found)
    assert (card.overlapping_texts, card.crossed_texts, card.crossed_labels, card.crossed_boxes) == (0, 0, 0, 0)
    assert all(one.x % 4 == 0 and one.y % 4 == 0 for one in found.things)
    assert found == laid(SHOP, direction=direction)
    ways = {one.id: len(one.points) for one in found.lines}
    assert ways.pop("stock-stock") == 0  # the renderer's own loop
    assert all(count >= 2 for count in ways.values())


def test_lines_run_in_the_direction_that_was_asked_for() -> None:
    down, right = boxes(laid(SHOP)), boxes(laid(SHOP, direction="right"))
    for a, b in (("customer", "site"), ("site", "orders"), ("orders", "stock")):
        assert down[a].bottom < down[b].y
        assert right[a].right < right[b].x


def _landscape(*, within: int, between: int) -> Picture:
    """Three systems of 16 apps, with so many lines in each, and so many from each to the next."""
    homes = [[f"a{home}{place:02}" for place in range(16)] for home in range(3)]
    areas = [thing(f"s{home}", type="system", shape="area") for home in range(3)]
    apps = [thing(id, parent_ids=[f"m-s{home}"]) for home, ids in enumerate(homes) for id in ids]
    inner = [(ids[n % 11], ids[n % 11 + 1 + n % 4]) for ids in homes for n in range(within)]
    outer = [(a[n], b[n * 3 % 16]) for a, b in pairwise(homes) for n in range(between)]
    lines = [line(a, b, f"l{n}", name="Asks for what it needs") for n, (a, b) in enumerate([*inner, *outer])]
    return picture(*areas, *apps, *lines)


@pytest.mark.parametrize("direction", ["down", "right"])
def test_areas_that_have_their_lines_to_themselves_stand_side_by_side(direction: str) -> None:
    found = laid(_landscape(within=20, between=4), direction=direction)
    drawn = scene(found, Options(), FONTS)
    card = score(drawn, found)
    assert (card.overlapping_texts, card.crossed_texts, card.crossed_boxes) == (0, 0, 0)
    assert card.crossed_labels == 0
    assert 1 / 3 <= drawn.width / drawn.height <= 3
    tops = sorted(boxes(found)[f"s{home}"].y for home in range(3))
    lefts = sorted(boxes(found)[f"s{home}"].x for home in range(3))
    assert len(set(tops)) < 3 or len(set(lefts)) < 3


def _teams(*, apps: int, joined: bool) -> Picture:
    """Three systems of four groups of so many apps, whose lines, if there are any, stay in their group for the most
    part."""
    shown: list[Any] = []
    for group in range(12):
        home = f"s{group // 4}"
        shown += [] if group % 4 else [thing(home, type="system", shape="area")]
        shown.append(thing(f"g{group}", type="group", shape="area"))
        ids = [f"g{group}a{n:02}" for n in range(apps)]
        shown += [thing(id, parent_ids=[f"m-{home}"], group_ids=[f"m-g{group}"]) for id in ids]
        if joined:
            shown += [line(ids[n], ids[n + 1 + n % 3], name="Asks for orders of") for n in range(apps - 3)]
            shown.append(line(ids[0], f"g{(group + 5) % 12}a00", name="Looks up"))
    return picture(*shown)


@pytest.mark.parametrize("direction", ["down", "right"])
@pytest.mark.parametrize("joined", [True, False])
def test_groups_of_groups_fill_a_sheet(direction: str, joined: bool) -> None:
    found = laid(_teams(apps=11, joined=joined), direction=direction)
    drawn = scene(found, Options(), FONTS)
    card = score(drawn, found)
    assert (card.overlapping_texts, card.crossed_texts, card.crossed_labels, card.crossed_boxes) == (0, 0, 0, 0)
    assert 1.1 <= drawn.width / drawn.height <= 2.2
    here = boxes(found)
    covered = sum(here[f"g{group}"].width * here[f"g{group}"].height for group in range(12))
    assert covered >= drawn.width * drawn.height * (0.25 if joined else 0.45)


def test_areas_whose_lines_lead_elsewhere_are_laid_out_as_one() -> None:
    shown = _landscape(within=4, between=14)
    measured = measure(resolve(shown, Options()), FONTS)
    here = tree(measured)
    assert walls(here, joining(measured, here)) == frozenset()
    other = measure(resolve(_landscape(within=20, between=4), Options()), FONTS)
    assert walls(tree(other), joining(other, tree(other))) == {"s0", "s1", "s2"}


def test_labels_stand_where_the_engine_left_room_for_them() -> None:
    found = laid(SHOP)
    standings = {s.wire.joined.line.id: s.standing for s in _strands(found)}
    for one in found.lines:
        standing = standings[one.id]
        assert standing is not None
        assert standing.leader is None


def _strands(shown: Picture) -> Any:
    from nunatak.render.route import route

    return route(measure(resolve(shown, Options()), FONTS)).strands


def test_pinned_things_stay_and_all_others_find_places_round_them() -> None:
    placed = replace(SHOP, things=[replace(one, x=4000, y=-800) if one.id == "orders" else one for one in SHOP.things])
    found = laid(placed, pinned_ids=("orders",))
    assert boxes(found)["orders"][:2] == (4000, -800)
    check(found)


def test_a_new_thing_moves_nothing_else() -> None:
    before = laid(SHOP)
    site = boxes(before)["site"]
    new = thing("new", site.x, site.y, parent_ids=["m-s"])
    after = laid(
        replace(before, things=[*before.things, new], lines=[*before.lines, line("new", "orders")]), only_new=True
    )
    old, now = boxes(before), boxes(after)
    assert all(now[id] == box for id, box in old.items() if id != "s")
    assert now["s"].encloses(now["new"])
    assert [one.points for one in after.lines[:-1]] == [one.points for one in before.lines]


def test_where_there_is_no_room_for_a_new_thing_others_make_way() -> None:
    row = [thing(f"t{n}", n % 100 * 260, n // 100 * 132, name="") for n in range(10_0)]
    new = thing("new", 0, 0)
    found = boxes(laid(picture(*row, new), only_new=True))
    assert not any(found["new"].overlaps(box) for id, box in found.items() if id != "new")


def test_pins_that_are_not_there_are_refused_by_name() -> None:
    with pytest.raises(Invalid) as refusal:
        laid(SHOP, pinned_ids=("orders", "nobody"))
    assert refusal.value.errors == ("pinnedIds: expected ids of the diagram's objects, got nobody",)


def test_an_empty_picture_stays_empty() -> None:
    assert laid(picture()).things == []


def big(systems: int, apps: int) -> Picture:
    """Systems of apps in a chain each, every system's last app joined to the next one's first, people over them."""
    things: list[Thing] = [thing(f"p{n}", type="actor") for n in range(8)]
    lines: list[Line] = []
    for s in range(systems):
        things.append(thing(f"s{s}", type="system", shape="area"))
        things += [thing(f"a{s}-{n}", parent_ids=[f"m-s{s}"]) for n in range(apps)]
        lines += [line(f"a{s}-{n}", f"a{s}-{n + 1}", name="calls") for n in range(0, apps - 1, 2)]
        lines.append(line(f"a{s}-{apps - 1}", f"a{(s + 1) % systems}-0", name="tells"))
        lines.append(line(f"p{s % 8}", f"a{s}-1", name="reads"))
        lines.append(line(f"s{s}", f"a{(s + 2) % systems}-2", name="feeds"))
    return picture(*things, *lines)


@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_picture_that_is_too_big_for_the_engine_is_laid_out_area_by_area(direction: str) -> None:
    found = laid(big(14, 20), direction=direction)
    card = score(scene(found, Options(), FONTS), found)
    assert (card.overlapping_texts, card.crossed_boxes) == (0, 0)
    assert card.crossed_texts <= card.texts / 50
    assert all(len(one.points) >= 2 for one in found.lines)
    assert all(len({p.x for p in pair}) == 1 or len({p.y for p in pair}) == 1
               for one in found.lines for pair in zip(one.points, one.points[1:], strict=False))  # fmt: skip


_ends = st.sampled_from([*(f"t{n}" for n in range(7)), "s", "g"])


@st.composite
def nests(draw: st.DrawFn) -> Picture:
    things = [thing("s", type="system", shape="area"), thing("g", type="group")]
    for number in range(7):
        parents, groups = draw(st.sampled_from([([], []), (["m-s"], []), (["m-s"], ["m-g"])]))
        type_ = draw(st.sampled_from(["app", "store", "actor"]))
        things.append(thing(f"t{number}", type=type_, parent_ids=parents, group_ids=groups,
                            width=draw(st.sampled_from([0, 301]))))  # fmt: skip
    lines = [line(draw(_ends), draw(_ends), id=f"l{n}", name="x y") for n in range(draw(st.integers(0, 9)))]
    return picture(*things, *lines)


@settings(max_examples=25, deadline=None)
@given(nests(), st.sampled_from(["down", "right"]))
def test_any_nesting_is_laid_out_right(shown: Picture, direction: str) -> None:
    found = laid(shown, direction=direction)  # a wrong one is refused
    assert {one.id for one in found.things} == {one.id for one in shown.things}
