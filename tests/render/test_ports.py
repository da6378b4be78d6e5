"""Lines join the sides that look at each other and share them without crossing."""

from __future__ import annotations

from itertools import pairwise

from nunatak.render import ports
from nunatak.render.anchor import Port
from nunatak.render.options import Options
from nunatak.render.picture import Line, Thing
from nunatak.render.resolve import Joined, Placed, resolve
from tests.render.pictures import line, picture, routed, thing


def _chosen(*parts: Thing | Line, blocked: int = 0) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    def blocks(joined: Joined, start: Port, end: Port) -> int:
        # What faces directly is blocked; ways over the tops are free.
        return 0 if start.direction == end.direction else blocked

    def titled(placed: Placed, x: float) -> bool:
        return False

    lines = resolve(picture(*parts), Options()).lines
    return [(tuple(a.point), tuple(b.point)) for a, b in ports.choose(lines, blocks, titled)]  # type: ignore[misc]


def test_neighbours_join_in_the_middle_of_the_sides_that_face() -> None:
    assert _chosen(thing("a"), thing("b", 384), line("a", "b")) == [((256, 64), (384, 64))]
    assert _chosen(thing("a"), thing("b", 0, 320), line("a", "b")) == [((128, 128), (128, 320))]
    assert _chosen(thing("a"), thing("b", -384), line("a", "b")) == [((0, 64), (-128, 64))]


def test_the_larger_clear_distance_decides() -> None:
    assert _chosen(thing("a"), thing("b", 384, 320), line("a", "b")) == [((128, 128), (512, 320))]
    assert _chosen(thing("a"), thing("b", 768, 320), line("a", "b")) == [((256, 64), (768, 384))]


def test_lines_between_the_same_two_run_side_by_side() -> None:
    parts = (thing("a"), thing("b", 0, 320), line("a", "b"), line("b", "a"), line("a", "b", "3"))
    assert _chosen(*parts) == [((64, 128), (64, 320)), ((128, 320), (128, 128)), ((192, 128), (192, 320))]


def test_ends_on_a_side_are_in_the_order_of_what_they_lead_to() -> None:
    parts = (thing("a", 384), thing("l", 0, 320), thing("r", 768, 320), line("a", "r"), line("a", "l"))
    (to_right, _), (to_left, _) = _chosen(*parts)
    assert to_left[0] < to_right[0]


def test_given_connectors_are_kept_and_others_keep_off_them() -> None:
    parts = (thing("a"), thing("b", 384), line("a", "b", origin_connector="right-middle"), line("a", "b", "2"))
    chosen = _chosen(*parts)
    assert chosen[0][0] == (256, 64)
    assert chosen[1][0] in ((256, 32), (256, 96))


def test_a_blocked_line_bows_over_the_tops() -> None:
    assert _chosen(thing("a"), thing("b", 768), line("a", "b"), blocked=1) == [((128, 0), (896, 0))]


def test_a_line_into_an_area_to_its_member_stays_inside() -> None:
    parts = (thing("s", type="system", shape="area"), thing("a", parent_ids=["m-s"]), line("s", "a"))
    assert _chosen(*parts) == [((-48, 64), (0, 64))]


def test_lines_end_on_long_sides_right_across() -> None:
    parts = (thing("g", 400, 0, type="group", width=300, height=2000), thing("a", 0, 1000), line("a", "g"))
    assert _chosen(*parts) == [((256, 1064), (400, 1064))]


def test_many_lines_on_one_side_are_spread_evenly() -> None:
    targets = [thing(f"b{number}", number * 384, 960) for number in range(7)]
    lines = [line("a", f"b{number}") for number in range(7)]
    xs = sorted(origin[0] for origin, _ in _chosen(thing("a", 1152), *targets, *lines) if origin[1] == 128)
    gaps = {round(b - a, 3) for a, b in pairwise(xs)}
    assert len(xs) >= 5
    assert len(gaps) == 1


def test_two_lines_of_a_thing_to_itself_have_a_corner_each() -> None:
    first, second = (s.courses[0] for s in routed(thing("a"), line("a", "a", "l1"), line("a", "a", "l2")).strands)
    assert first.box.x > second.box.right  # one turns round the right corner, the other round the left


def test_a_line_between_things_that_touch_bows_over_them() -> None:
    strand = routed(thing("a"), thing("b", 256), line("a", "b")).strands[0]
    assert strand.courses[0].box.y < -20


def test_a_line_enters_beside_a_long_title() -> None:
    parts = (
        thing("s", type="system", shape="area", name="Harbour of the northern bay"),
        thing("a", parent_ids=["m-s"]),
        thing("u", 0, -400),
        line("u", "a"),
    )
    assert routed(*parts).strands[0].heads[0].tip.x == 224
