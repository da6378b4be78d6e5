from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.drawing.bundled import fonts
from nunatak.drawing.geometry import Box
from nunatak.drawing.scene import Group, Text
from nunatak.render.overlay import Badge
from nunatak.render.picture import Step, Way
from nunatak.render.story import Told
from nunatak.render.strip import Strip
from nunatak.render.theme import THEMES

FONTS = fonts()


def strip(width: float = 800) -> Strip:
    return Strip(THEMES["light"], FONTS, x=0, width=width)


def texts(group: object) -> list[Text]:
    assert isinstance(group, Group)
    inner = [text for node in group.children if isinstance(node, Group) for text in texts(node)]
    return [node for node in group.children if isinstance(node, Text)] + inner


def told(number: int, text: str = "Does it") -> Told:
    return Told(step=Step(id=str(number), sort="message", number=number, text=text), depth=0, ends="A → B")


def test_steps_stand_in_columns_from_top_to_bottom() -> None:
    one = strip()
    bottom = one.steps("A flow", [told(number) for number in range(1, 7)], 100)
    numbers = [text for text in texts(one.nodes[0]) if text.text.isdigit()]
    assert [text.text for text in numbers] == ["1", "2", "3", "4", "5", "6"]
    assert max(number.x for number in numbers[:3]) < 100 < min(number.x for number in numbers[3:])
    assert numbers[0].y == numbers[3].y < numbers[1].y < bottom


def test_a_forks_paths_are_tabs_of_which_one_is_filled() -> None:
    one = strip()
    ways = [Way(id="y", name="Yes"), Way(id="n", name="No")]
    fork = Told(step=Step(id="f", sort="alternate", ways=ways), depth=0, ways=("Yes", "No"), taken=1)
    one.steps("A flow", [fork], 0)
    inks = {text.text: text.fill for text in texts(one.nodes[0])}
    assert inks["No"] == THEMES["light"].tile_ink != inks["Yes"]
    assert "Alternative" in inks


def test_the_legend_breaks_into_rows() -> None:
    narrow, wide = strip(300), strip(900)
    badges = [Badge(str(number), f"Mark number {number}", "red") for number in range(6)]
    assert narrow.legend(badges, 0) > wide.legend(badges, 0)


def test_a_step_alone_stands_in_the_first_column() -> None:
    one = strip()
    one.steps("A flow", [told(1, "Does it " * 20)], 0)
    assert min(text.x for text in texts(one.nodes[0]) if text.text.isdigit()) < 20


def test_a_legend_says_whole_names_and_a_title_has_four_lines() -> None:
    one = strip()
    one.legend([Badge("t", "A tag with quite a lot to say for itself", "red")], 0)
    assert texts(one.nodes[0])[0].text == "A tag with quite a lot to say for itself"
    small = strip(300)
    small.title("Harbour " * 16, "App diagram", 0)
    assert len([text for text in texts(small.nodes[0]) if "Harbour" in text.text]) == 4


@settings(deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=12), st.floats(1, 3000))
def test_no_text_of_a_step_leaves_the_strip(words: list[str], width: float) -> None:
    one = strip(width)
    bottom = one.steps("Flow", [told(number, text) for number, text in enumerate(words, 1)], 0)
    room = one.around(Box(0, 0, width, 0), bottom)
    assert all(text.x + text.width <= room.right + 0.5 for text in texts(one.nodes[0]))


def test_the_box_round_a_strip_holds_the_picture_and_what_stands_under_it() -> None:
    narrow, picture = strip(100), Box(0, -50, 100, 50)
    assert narrow.around(picture, 0) == picture
    bottom = narrow.title("Harbour", "App diagram", 0)
    assert narrow.around(picture, bottom) == Box(0, -50, 300, 50 + bottom)
