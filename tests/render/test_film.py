"""Films: when what of a story is lit, for how long, and in which direction messages run."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.scene import Group, Path, Scene
from nunatak.render.film import Frame, film, frames, seconds, still
from nunatak.render.options import Options
from nunatak.render.picture import Picture, Step, Way
from nunatak.render.scene import routed, scene
from nunatak.render.story import Told
from nunatak.render.theme import THEMES
from tests.render.pictures import FONTS, line, picture, thing

LIGHT = THEMES["light"]


def message(id: str, origin: str, target: str, **fields: Any) -> Step:
    return Step(id=id, sort="message", number=int(id), text=f"Step {id}", origin_id=origin, target_id=target, **fields)


def staged(*steps: Step) -> Picture:
    """Three things in a row, told over."""
    things = [thing(id, x) for id, x in (("a", 0), ("b", 400), ("c", 800))]
    return picture(*things, line("a", "b"), line("b", "c"), flow="A flow", steps=list(steps))


def filmed(*steps: Step) -> Scene:
    return film(routed(staged(*steps), Options(), FONTS), LIGHT, FONTS)


def framed(*steps: Step) -> tuple[Frame, ...]:
    return frames(routed(staged(*steps), Options(), FONTS), LIGHT, FONTS)


def group(drawn: Scene, id: str, role: str = "box") -> Group:
    (found,) = [node for node in drawn.children if isinstance(node, Group) and (node.id, node.role) == (id, role)]
    return found


def runs(drawn: Scene) -> list[Group]:
    return [node for node in drawn.children if isinstance(node, Group) and node.role == "run"]


STEPS = (
    Step(id="0", sort="introduction", text="Begin"), message("1", "a", "b"), message("2", "b", "c"),
    Step(id="9", sort="conclusion"),
)  # fmt: skip


def test_a_thing_is_lit_in_its_step_and_quiet_just_before_and_after() -> None:
    drawn = filmed(*STEPS)
    assert group(drawn, "a").levels == (1, 1, 0.55, 1)
    assert group(drawn, "c").levels == (1, 0.55, 1, 1)
    assert group(drawn, "a-b", "line").levels == (1, 1, 0.55, 1)
    assert group(drawn, "b").levels == ()  # always at full strength


def test_the_dashes_run_along_the_message_and_only_in_its_moment() -> None:
    first, second = runs(filmed(*STEPS))
    assert (first.levels, second.levels) == ((0, 1, 0, 0), (0, 0, 1, 0))
    assert first.opacity == 0  # where nothing moves there are no dashes


def test_a_message_against_its_line_runs_backwards_with_a_head_of_its_own() -> None:
    (there,), (back,) = runs(filmed(message("1", "a", "b"))), runs(filmed(message("1", "b", "a")))
    ways = [node.children[0] for node in (there, back)]
    starts = [way.segments[0][1] for way in ways if isinstance(way, Path)]
    ends = [way.segments[-1][-2] for way in ways if isinstance(way, Path)]
    assert starts[0] < ends[0]  # type: ignore[operator]
    assert starts[1] > ends[1]  # type: ignore[operator]
    assert (len(there.children), len(back.children)) == (1, 2)


def test_a_fork_lights_the_first_step_of_every_path() -> None:
    ways = [Way(id="x", name="X"), Way(id="y", name="Y")]
    fork = Step(id="f", sort="parallel", ways=ways)
    drawn = framed(fork, message("1", "a", "b", path_id="x"), message("2", "b", "c", path_id="y"))[0].scene
    assert [group(drawn, id).opacity for id in "abc"] == [1, 1, 1]


def test_frames_are_of_one_size_and_tell_one_step_each() -> None:
    found = framed(*STEPS)
    assert [frame.title for frame in found] == ["Begin", "1. Step 1", "2. Step 2", "Conclusion"]
    assert len({(frame.scene.width, frame.scene.height) for frame in found}) == 1
    assert not any(frame.scene.moments for frame in found)
    assert [len(runs(frame.scene)) for frame in found] == [0, 1, 1, 0]


def test_a_still_run_is_a_whole_line() -> None:
    (run,) = runs(framed(*STEPS)[1].scene)
    assert isinstance(run.children[0], Path)
    assert run.children[0].paint.dash == ()


def test_a_picture_without_a_story_is_its_own_film() -> None:
    plain = scene(staged(), Options(), FONTS)
    assert filmed() == plain
    assert [frame.scene for frame in framed()] == [plain]


def test_standing_still_a_film_is_the_picture_itself() -> None:
    drawn, plain = filmed(*STEPS), scene(staged(*STEPS), Options(), FONTS)
    shown = [node for node in drawn.children if isinstance(node, Group) and node.opacity]
    assert [(node.id, node.opacity) for node in shown] == [(node.id, node.opacity) for node in plain.children]  # type: ignore[union-attr]


@given(st.lists(st.text(max_size=400), min_size=1, max_size=8))
def test_a_step_is_shown_for_as_long_as_its_words_take(texts: list[str]) -> None:
    told = [Told(step=Step(id=str(n), sort="information", text=text), depth=0) for n, text in enumerate(texts)]
    shown = [seconds(one) for one in told]
    assert all(2.5 <= time <= 12 for time in shown)
    by_length = [seconds(one) for one in sorted(told, key=lambda one: len(one.step.text))]
    assert by_length == sorted(shown)


def test_the_moments_are_the_steps_in_order() -> None:
    drawn = filmed(*STEPS)
    assert len(drawn.moments) == 4
    assert still(drawn, 1) == still(filmed(*STEPS), 1)
    assert filmed(*STEPS) == drawn
