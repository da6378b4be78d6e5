"""Lines run from border to border; heads, dots and labels are where they belong."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import hypot, isfinite

import pytest
from hypothesis import given, settings

from nunatak.core.fields import LineShape
from nunatak.drawing.geometry import Box, Point
from nunatak.render import edges
from nunatak.render.measure import measure
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.resolve import resolve
from nunatak.render.route import HEAD_LENGTH, route
from tests.render.pictures import FONTS, line, pictures, routed, thing

SHAPES = pytest.mark.parametrize("shape", ["curved", "straight", "square"])


@SHAPES
def test_an_outgoing_line_has_a_dot_at_its_origin_and_a_head_at_its_target(shape: LineShape) -> None:
    strand = routed(thing("a"), thing("b", 384, 320), line("a", "b", line_shape=shape)).strands[0]
    assert strand.dot is not None
    assert hypot(strand.dot.x - 128, strand.dot.y - 128) == pytest.approx(3)
    (head,) = strand.heads
    assert tuple(head.tip) == (512, 320)


@SHAPES
def test_a_line_ends_at_its_heads_base(shape: LineShape) -> None:
    strand = routed(thing("a"), thing("b", 384, 320), line("a", "b", line_shape=shape)).strands[0]
    end = strand.courses[-1].at(strand.courses[-1].length)
    head = strand.heads[0]
    assert head.length == HEAD_LENGTH
    assert end.x == pytest.approx(head.tip.x - head.direction.x * 12)
    assert end.y == pytest.approx(head.tip.y - head.direction.y * 12)


def test_a_line_both_ways_has_two_heads_and_no_dot() -> None:
    strand = routed(thing("a"), thing("b", 384), line("a", "b", direction="bidirectional")).strands[0]
    assert [tuple(head.tip) for head in strand.heads] == [(256, 64), (384, 64)]
    assert [tuple(head.direction) for head in strand.heads] == [(-1, 0), (1, 0)]
    assert strand.dot is None


def test_a_line_without_direction_has_neither() -> None:
    strand = routed(thing("a"), thing("b", 384), line("a", "b", direction=None)).strands[0]
    assert strand.heads == ()
    assert strand.dot is None
    assert strand.courses[0].length == 128


def test_a_line_to_itself_runs_round_a_corner() -> None:
    strand = routed(thing("a"), line("a", "a")).strands[0]
    box = strand.courses[0].box
    assert box.right > 256
    assert box.bottom > 128


def test_a_curve_goes_round_its_own_thing_to_a_connector_behind_it() -> None:
    parts = (thing("a"), thing("b", 384, 320, type="store"), line("a", "b", target_connector="bottom-right"))
    strand = routed(*parts).strands[0]
    inner = strand.wire.joined.target.box.inset(2)
    assert not any(inner.contains(point) for point in strand.courses[0].points)


def test_a_line_between_neighbours_over_a_third_goes_round_it() -> None:
    parts = (thing("a"), thing("b", 384), thing("c", 768), line("a", "c"))
    strand = routed(*parts).strands[0]
    between = strand.wire.joined.origin.box._replace(x=384)
    assert not any(between.contains(point) for point in strand.courses[0].points)


def test_the_label_knows_the_area_behind_it() -> None:
    parts = (
        thing("s", type="system", shape="area"),
        thing("a", parent_ids=["m-s"]),
        thing("b", 0, 320, parent_ids=["m-s"]),
        line("a", "b", name="Asks"),
    )
    assert routed(*parts).strands[0].depth == 0


def test_a_line_does_not_strike_through_its_areas_title() -> None:
    parts = (
        thing("s", type="system", shape="area", name="A rather long name of it"),
        thing("a", parent_ids=["m-s"]),
        thing("u", 0, -400),
        line("u", "a"),
    )
    assert routed(*parts).strands[0].heads[0].tip.x == 192


def test_labels_are_clear_of_all_boxes_and_labels_on_the_usual_pitch() -> None:
    things = [thing(f"t{n}", n % 4 * 384, n // 4 * 320) for n in range(16)]
    lines = [line(f"t{n}", f"t{n + 4}", name="Reads and writes orders") for n in range(12)]
    lines += [line(f"t{n}", f"t{n + 1}", name="Sends mail") for n in range(15) if n % 4 < 3]
    result = routed(*things, *lines)
    labels = [strand.standing.box for strand in result.strands if strand.standing]
    assert len(labels) == len(lines)
    assert not any(label.overlaps(card.placed.box) for label in labels for card in result.measured.boxes)
    assert not any(a.overlaps(b) for a, b in combinations(labels, 2))


@given(pictures())
@settings(max_examples=80, deadline=None)
def test_lines_of_any_picture_touch_both_borders_or_what_stands_on_them_at_finite_places(picture: Picture) -> None:
    found = measure(resolve(picture, Options()), FONTS)
    worn = {card.placed.thing.id: tuple(edges.worn(card)) for card in (*found.boxes, *found.areas)}
    for strand in route(found).strands:
        joined = strand.wire.joined
        for course in strand.courses:
            assert all(isfinite(number) for point in course.points for number in point)
        for head in strand.heads:
            badges = (*worn[joined.origin.thing.id], *worn[joined.target.thing.id])
            ends = (joined.origin.box, joined.target.box, *badges)
            assert any(box.inset(-0.01).contains(head.tip) for box in ends)


def test_a_straight_line_runs_along_no_border_and_goes_round_what_stands_in_its_way() -> None:
    parts = (thing("a"), thing("b", 384), thing("c", 768), line("a", "c", line_shape="straight"))
    strand = routed(*parts).strands[0]
    assert strand.heads[0].direction == Point(1, 0)
    assert strand.courses[0].box.y <= -16


def test_a_curve_goes_round_what_stands_in_its_way_where_a_short_way_leads_there() -> None:
    parts = (thing("a"), thing("c", 768), thing("b", 384, -40), thing("d", 384, 200))
    given = line("a", "c", origin_connector="right-middle", target_connector="left-middle", line_shape="curved")
    course = routed(*parts, given).strands[0].courses[0]
    assert not any(Box(384, y, 256, 128).crossed_by(a, b) for y in (-40, 200) for a, b in pairwise(course.points))
    assert course.length < 2.5 * 512


def test_a_curve_runs_through_where_the_way_round_would_be_far_longer() -> None:
    wall = [thing(f"w{n}", 300, n * 132 - 2000, width=200) for n in range(31)]
    given = line("a", "c", origin_connector="right-middle", target_connector="left-middle", line_shape="curved")
    course = routed(thing("a"), thing("c", 600), *wall, given).strands[0].courses[0]
    assert course.length < 400


def test_a_curve_past_a_thing_between_stays_in_the_area_of_its_ends() -> None:
    members = [thing(id, 48, 56 + 300 * row, parent_ids=["m-s"]) for row, id in enumerate("abc")]
    found = routed(thing("s", type="system", shape="area"), *members, line("a", "c"))
    area = found.measured.areas[0].placed.box
    assert all(area.encloses(course.box) for course in found.strands[0].courses)
