"""A story's ladder: who stands where, and that words, rows and frames keep clear of each other."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nunatak.core.flow import NESTING
from nunatak.drawing.bundled import own
from nunatak.render.ladder import HEAD_WIDTH, ladder, participants
from nunatak.render.picture import Line, Picture, Step, Thing, Way

FONTS = own()
THINGS = [Thing(id=id_, model_id=f"m-{id_}", type="app", x=0, y=0, name=id_.upper()) for id_ in "abc"]


def told(*steps: Step, lines: tuple[Line, ...] = ()) -> Picture:
    return Picture(id="p", name="P", things=THINGS, lines=list(lines), flow="F", steps=list(steps))


def message(id_: str, origin: str | None, target: str | None, text: str = "Asks", **more: Any) -> Step:
    return Step(id=id_, sort="message", origin_id=origin, target_id=target, text=text, **more)


def test_columns_stand_in_the_order_of_the_story() -> None:
    picture = told(message("1", "c", "a"), message("2", "a", "b"))
    laid = ladder(picture, (), FONTS)
    assert [thing.id for thing in participants(picture)] == ["c", "a", "b"]
    assert laid.heads["c"].x < laid.heads["a"].x < laid.heads["b"].x
    assert [rung.start < rung.end for rung in laid.rungs] == [True, True]


def test_columns_make_room_for_words_between_them() -> None:
    near = ladder(told(message("1", "a", "b", "Hi")), (), FONTS)
    far = ladder(told(message("1", "a", "b", "a word of some length and then more of them to read")), (), FONTS)
    gap = far.heads["b"].x - far.heads["a"].x
    assert gap > near.heads["b"].x - near.heads["a"].x > HEAD_WIDTH
    assert far.rungs[0].words.width + 60 < gap


def test_a_message_without_words_says_those_of_its_line() -> None:
    line = Line(id="l", origin_id="a", target_id="b", name="reads from")
    laid = ladder(told(message("1", "a", "b", "", line_id="l"), lines=(line,)), (), FONTS)
    assert laid.rungs[0].words.rows[0].text == "reads from"


def test_all_paths_are_told_and_those_not_taken_stand_aside() -> None:
    fork = Step(id="f", sort="alternate", ways=[Way(id="x", name="X"), Way(id="y", name="Y")])
    picture = told(fork, message("1", "a", "b", path_id="x"), message("2", "a", "b", path_id="y"))
    assert [rung.aside for rung in ladder(picture, (), FONTS).rungs] == [False, False]
    laid = ladder(picture, ("y",), FONTS)
    assert [rung.aside for rung in laid.rungs] == [True, False]
    assert [way.aside for way in laid.forks[0].ways] == [True, False]
    assert all(laid.forks[0].box.y < rung.y < laid.forks[0].box.bottom for rung in laid.rungs)


def test_a_path_that_leads_into_itself_is_told_once() -> None:
    outer = Step(id="f", sort="alternate", ways=[Way(id="x", name="X")])
    inner = Step(id="g", sort="alternate", path_id="x", ways=[Way(id="x", name="X")])
    laid = ladder(told(outer, inner, message("1", "a", "b", path_id="x")), (), FONTS)
    assert ([fork.step.id for fork in laid.forks], len(laid.rungs)) == (["f", "g"], 1)


def test_a_ladder_ends_where_no_flow_goes_deeper() -> None:
    deep = [
        Step(id=f"f{n}", sort="alternate", path_id=f"p{n}" if n else None, ways=[Way(id=f"p{n + 1}", name="On")])
        for n in range(1500)
    ]
    assert [fork.depth for fork in ladder(told(*deep), (), FONTS).forks] == list(range(NESTING + 1))


def test_a_story_of_nothing_has_no_heads() -> None:
    assert ladder(told(), (), FONTS).heads == {}


ends = st.sampled_from([None, "a", "b", "c"])
words = st.text("ab ", max_size=60)


@given(st.lists(st.tuples(ends, ends, words), min_size=1, max_size=12))
def test_rows_keep_clear_of_each_other_and_of_the_edge(steps: list[tuple[str | None, str | None, str]]) -> None:
    laid = ladder(told(*(message(str(at), a, b, text) for at, (a, b, text) in enumerate(steps))), (), FONTS)
    assert [rung.step.id for rung in laid.rungs] == [str(at) for at in range(len(steps))]
    bottoms = [0.0]
    for rung in laid.rungs:
        above = {"arrow": rung.words.height + 5, "loop": 11.0, "note": 0.0}[rung.kind]
        assert rung.y - above >= bottoms[-1] - 0.01
        bottoms.append(rung.y + {"arrow": 11.0, "loop": 26.0, "note": 38.0}[rung.kind])
        assert laid.box.x <= min(rung.start, rung.end)
        assert max(rung.start, rung.end) <= laid.box.right
    assert laid.box.bottom >= bottoms[-1]
