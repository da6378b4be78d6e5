"""A scene holds everything in the right order, inside its frame."""

from __future__ import annotations

from nunatak.drawing.scene import Group
from nunatak.render.options import Options
from nunatak.render.scene import scene
from nunatak.render.theme import DARK, LIGHT
from tests.render.pictures import FONTS, Pin, line, picture, thing

PARTS = (
    thing("s", type="system", shape="area"),
    thing("a", parent_ids=["m-s"]),
    thing("b", 384),
    line("a", "b", name="Asks"),
    Pin(id="pin", comment_id="c", x=0, y=0),
)


def test_areas_lie_below_lines_below_cards_below_labels_and_pins() -> None:
    drawn = scene(picture(*PARTS), Options(), FONTS)
    roles = [node.role for node in drawn.children if isinstance(node, Group)]
    assert roles == ["area", "line", "title", "box", "box", "label", "pin"]


def test_the_frame_leaves_32_units_or_as_asked_round_everything() -> None:
    drawn = scene(picture(thing("a")), Options(), FONTS)
    assert (drawn.x, drawn.y, drawn.width, drawn.height) == (-32, -32, 320, 192)
    assert scene(picture(thing("a")), Options(padding=0), FONTS).width == 256


def test_the_canvas_is_the_themes_or_clear() -> None:
    assert scene(picture(), Options(), FONTS).background == LIGHT.canvas
    assert scene(picture(), Options(theme="dark"), FONTS).background == DARK.canvas
    assert scene(picture(), Options(transparent=True), FONTS).background is None


def test_an_empty_picture_says_so() -> None:
    drawn = scene(picture(), Options(), FONTS)
    assert drawn.width > 100
    assert drawn.height > 100
    assert len(drawn.children) == 1


def test_a_scene_is_described_in_words() -> None:
    drawn = scene(picture(*PARTS), Options(), FONTS)
    assert (drawn.title, drawn.description) == ("Picture", "App diagram: 3 objects, 1 connection.")


def test_a_picture_too_wide_for_a_screen_is_told_of() -> None:
    drawn = scene(picture(thing("a"), thing("b", 4000)), Options(), FONTS)
    assert "the smallest letters are 5.3 pixels" in drawn.warnings[0]
    assert scene(picture(thing("a")), Options(), FONTS).warnings == ()


def test_settled_comments_are_quieter_than_open_ones() -> None:
    pins = (Pin(id="o", comment_id="c", x=0, y=0), Pin(id="r", comment_id="c", x=50, y=0, status="resolved"))
    open_, settled = scene(picture(*pins), Options(), FONTS).children
    assert isinstance(open_, Group)
    assert isinstance(settled, Group)
    assert open_.title == "Question, open"
    assert open_.children[0] != settled.children[0]
    assert settled.children[0].paint.fill == LIGHT.settled_pin.fill  # type: ignore[union-attr]
