"""Resolving answers every open question of a picture."""

from __future__ import annotations

from hypothesis import given, settings

from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.resolve import resolve
from tests.render.pictures import line, picture, pictures, thing


def test_things_without_a_size_get_their_types_size() -> None:
    parts = (thing("a"), thing("b", type="actor"), thing("c", width=100, height=60), thing("g", type="group"))
    resolved = resolve(picture(*parts), Options())
    assert [placed.box[2:] for placed in resolved.boxes] == [(256, 128), (256, 160), (100, 60)]
    assert resolved.areas[0].box[2:] == (512, 384)


def test_a_group_drawn_as_a_box_is_an_area() -> None:
    resolved = resolve(picture(thing("g", type="group", shape="box")), Options())
    assert [placed.shape for placed in resolved.areas] == ["area"]


def test_ends_named_by_model_are_found_and_boxes_come_before_areas() -> None:
    parts = (
        thing("area", type="system", shape="area", model_id="m"),
        thing("box", type="system", model_id="m"),
        thing("a"),
    )
    parts = (*(p for p in parts), line("m", "m-a"))
    resolved = resolve(picture(*parts), Options())
    assert resolved.lines[0].origin.thing.id == "box"
    assert resolved.lines[0].target.thing.id == "a"


def test_a_line_without_an_end_is_left_out_and_told_of() -> None:
    resolved = resolve(picture(thing("a"), line("a", "nobody"), line("nobody", "a", "l2")), Options())
    assert resolved.lines == ()
    assert resolved.warnings == (
        "Connection a-nobody isn't drawn: its target isn't on the diagram.",
        "Connection l2 isn't drawn: its origin isn't on the diagram.",
    )


def test_a_line_without_a_shape_has_the_pictures() -> None:
    parts = (thing("a"), thing("b", 400), line("a", "b"), line("a", "b", "l2", line_shape="straight"))
    resolved = resolve(picture(*parts, line_shape="square"), Options())
    assert [joined.shape for joined in resolved.lines] == ["square", "straight"]


@given(pictures())
@settings(max_examples=60, deadline=None)
def test_every_member_is_inside_its_area_and_outer_areas_are_drawn_first(any_picture: Picture) -> None:
    resolved = resolve(any_picture, Options())
    by_id = {placed.thing.id: placed for placed in (*resolved.areas, *resolved.boxes)}
    for placed in by_id.values():
        if placed.parent_id is not None:
            assert by_id[placed.parent_id].box.inset(-1e-6).encloses(placed.box)
    depths = [area.depth or 0 for area in resolved.areas]
    assert depths == sorted(depths)
    assert len(by_id) == len(any_picture.things)
