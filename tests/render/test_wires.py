"""Lines are painted below their labels, and their status shows without colour."""

from __future__ import annotations

from nunatak.drawing.scene import Ellipse, Group, Path, Rect, Text
from nunatak.render.options import Options
from nunatak.render.scene import scene
from nunatak.render.theme import LIGHT
from tests.render.pictures import FONTS, line, picture, thing


def _groups(**fields) -> dict[str, Group]:  # type: ignore[no-untyped-def]
    parts = (thing("a"), thing("b", 0, 320), line("a", "b", **fields))
    drawn = scene(picture(*parts), Options(), FONTS)
    return {group.id or "": group for group in drawn.children if isinstance(group, Group)}


def test_a_line_is_1_5_units_wide_with_a_dot_and_a_head() -> None:
    course, dot, head = _groups(model_id="m")["a-b"].children
    assert isinstance(course, Path)
    assert (course.paint.stroke, course.paint.stroke_width, course.paint.round) == (LIGHT.line, 1.5, True)
    assert isinstance(dot, Ellipse)
    assert isinstance(head, Path)
    assert head.paint.fill == LIGHT.line
    assert head.segments[0] == ("M", 128, 320)


def test_every_status_of_a_line_but_live_is_dashed_in_its_own_way() -> None:
    statuses = ("live", "future", "deprecated", "removed")
    dashes = [_groups(status=status)["a-b"].children[0].paint.dash for status in statuses]
    assert dashes[0] == ()
    assert len(set(dashes)) == 4


def test_a_label_has_a_halo_of_the_canvas_and_its_technology_in_mono() -> None:
    group = _groups(name="Asks", technology_ids=["java"])["a-b:label"]
    name, technology = group.children
    assert isinstance(name, Text)
    assert isinstance(technology, Text)
    assert (name.text, name.halo) == ("Asks", LIGHT.canvas)
    assert (technology.text, technology.font) == ("[Java]", "mono")
    assert technology.y > name.y


def test_what_a_line_passes_through_is_a_pill_on_it() -> None:
    pill, words, *_ = _groups(via="orders", name="Asks")["a-b:label"].children
    assert isinstance(pill, Rect)
    assert isinstance(words, Text)
    assert pill.radius == pill.height / 2
    assert words.text == "orders"


def test_a_line_without_words_is_told_by_an_empty_label() -> None:
    label = _groups()["a-b:label"]
    assert label.children == ()
    assert label.title == "A → B"
