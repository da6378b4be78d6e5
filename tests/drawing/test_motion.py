from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from nunatak.drawing.bundled import fonts
from nunatak.drawing.motion import FADE, Motion
from nunatak.drawing.scene import Group, Scene
from nunatak.drawing.svg import svg

LEVELS = st.sampled_from([0.0, 0.25, 0.55, 1.0])


def frames(rules: str, name: str) -> list[tuple[float, float]]:
    """The keyframes of a class: percent and opacity."""
    found = re.search(rf"@keyframes {name}\{{(.*?\}})\}}", rules)
    assert found is not None
    return [(float(a), float(b)) for a, b in re.findall(r"([\d.]+)%\{opacity:([\d.]+)\}", found[1])]


def test_a_group_holds_its_opacity_to_the_end_of_its_moment_and_then_fades() -> None:
    motion = Motion([4, 6])
    assert motion.name((1.0, 0.25)) == "m1"
    assert frames(motion.rules(), "m1") == [
        (0, 1), (100 * (4 - FADE) / 10, 1), (40, 0.25), (100 * (10 - FADE) / 10, 0.25), (100, 1),
    ]  # fmt: skip
    assert "animation:m1 10s linear infinite" in motion.rules()


@given(st.lists(st.tuples(LEVELS, st.floats(1, 12)), min_size=1, max_size=20))
def test_keyframes_go_forwards_from_0_to_100_and_end_where_the_next_round_begins(
    moments: list[tuple[float, float]],
) -> None:
    levels = tuple(level for level, _ in moments)
    motion = Motion([seconds for _, seconds in moments])
    found = frames(motion.rules() if motion.name(levels) else "", "m1")
    times = [time for time, _ in found]
    assert times == sorted(times)
    assert (times[0], times[-1]) == (0, 100)
    assert found[0][1] == found[-1][1] == levels[0]


def test_groups_that_change_alike_share_a_class() -> None:
    motion = Motion([1, 1])
    assert [motion.name(levels) for levels in ((0.0, 1.0), (1.0, 0.0), (0.0, 1.0))] == ["m1", "m2", "m1"]


def test_all_motion_is_behind_the_readers_wish_for_less() -> None:
    moving = Group(children=(), opacity=0.0, levels=(1.0, 0.0))
    scene = Scene(
        x=0, y=0, width=9, height=9, background=None, title="", description="", children=(moving,), moments=(2.0, 2.0)
    )
    text = svg(scene, fonts())
    assert '<g opacity="0" class="m1">' in text
    assert "<script" not in text
    before, _, behind = text.partition("@media (prefers-reduced-motion:no-preference){")
    assert behind
    assert "animation" not in before
