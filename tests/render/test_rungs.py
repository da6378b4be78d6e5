"""The parts of a sequence as they are painted."""

from __future__ import annotations

from nunatak.drawing.scene import Ellipse, Group, Path, Rect, Text
from nunatak.render.ladder import ladder
from nunatak.render.picture import Picture, Step
from nunatak.render.rungs import Rungs
from nunatak.render.theme import LIGHT
from tests.render.test_ladder import FONTS, THINGS, message


def painted(step: Step) -> Group:
    laid = ladder(Picture(id="p", name="P", things=THINGS, steps=[step]), (), FONTS)
    return Rungs(LIGHT, FONTS).rung(laid.rungs[0])


def test_an_answer_is_dashed() -> None:
    asked, answered = painted(message("1", "a", "b")), painted(message("1", "a", "b", reply=True))
    dashes = [next(node.paint.dash for node in one.children if isinstance(node, Path)) for one in (asked, answered)]
    assert dashes == [(), (6.0, 4.0)]


def test_an_arrow_ends_at_the_lifeline_and_its_words_hide_what_is_behind_them() -> None:
    one = painted(message("1", "b", "a"))
    head = [node for node in one.children if isinstance(node, Path)][1]
    assert head.segments[0][1] == 216  # the second column: the first is that of who begins
    ground = next(node for node in one.children if isinstance(node, Rect))
    words = next(node for node in one.children if isinstance(node, Text))
    assert ground.paint.fill == LIGHT.canvas
    assert ground.x < words.x < words.x + words.width < ground.x + ground.width


def test_an_arrow_to_nobody_ends_in_a_dot() -> None:
    assert any(isinstance(node, Ellipse) for node in painted(message("1", "a", None)).children)
    assert not any(isinstance(node, Ellipse) for node in painted(message("1", None, "a")).children)
