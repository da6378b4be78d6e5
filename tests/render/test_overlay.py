from __future__ import annotations

from typing import Any

import pytest

from nunatak.render.options import Options
from nunatak.render.overlay import Badge, overlay, without_hidden
from nunatak.render.picture import Line, Mark, Picture, Technology, Thing

TAGS = {
    "core": Mark(name="Core", color="red", group="g1"),
    "cheap": Mark(name="Cheap", color="blue", group="g2"),
}


def thing(id_: str, **words: Any) -> Thing:
    return Thing(id=id_, model_id=f"m-{id_}", type="app", x=0, y=0, **words)


def picture(*things: Thing, lines: tuple[Line, ...] = ()) -> Picture:
    return Picture(
        id="p",
        name="P",
        things=list(things),
        lines=list(lines),
        tags=TAGS,
        teams={"pay": Mark(name="Payments", color="green")},
        technologies={"pg": Technology(name="PostgreSQL", short="Postgres", color="purple")},
    )


def badges(shown: Picture, options: Options) -> dict[str, list[str]]:
    return {id_: [badge.name for badge in one.badges] for id_, one in overlay(shown, options).things.items()}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (Options(), {}),
        (Options(tab="tags"), {"a": ["Core", "Cheap"]}),
        (Options(tab="tags", group_id="g2"), {"a": ["Cheap"]}),
        (Options(tab="status"), {"a": ["Future"]}),
        (Options(tab="teams"), {"a": ["Payments"]}),
        (Options(tab="technology"), {"a": ["Postgres"]}),
        (Options(pin_ids=("pay",)), {"a": ["Payments"]}),
    ],
)
def test_a_tab_shows_its_marks(options: Options, expected: dict[str, list[str]]) -> None:
    one = thing("a", tag_ids=["cheap", "core"], team_ids=["pay"], technology_ids=["pg"], status="future")
    assert badges(picture(one), options) == expected


def test_the_legend_holds_what_is_shown_once() -> None:
    shown = picture(thing("a", tag_ids=["core"]), thing("b", tag_ids=["core"]))
    assert overlay(shown, Options(tab="tags")).legend == (Badge("core", "Core", "red"),)


def test_what_is_pinned_has_the_first_pinned_marks_colour() -> None:
    shown = picture(thing("a", tag_ids=["core", "cheap"]), thing("b"))
    things = overlay(shown, Options(tab="tags", pin_ids=("cheap",))).things
    assert (things["a"].pinned, things["b"].pinned) == ("blue", None)


def test_what_is_not_in_focus_fades_and_lines_follow_their_ends() -> None:
    line = lambda id_, a, b, **more: Line(id=id_, origin_id=a, target_id=b, **more)  # noqa: E731
    shown = picture(
        thing("a", tag_ids=["core"]),
        thing("b", tag_ids=["core"]),
        thing("c"),
        lines=(line("ab", "a", "b"), line("bc", "b", "c"), line("ca", "c", "a", tag_ids=["core"])),
    )
    found = overlay(shown, Options(focus_ids=("core",)))
    assert {id_: one.faded for id_, one in found.things.items()} == {"a": False, "b": False, "c": True}
    assert {id_: one.faded for id_, one in found.lines.items()} == {"ab": False, "bc": True, "ca": False}


def test_the_areas_round_what_is_in_focus_stay() -> None:
    around = Thing(id="s", model_id="m-s", type="system", shape="area", x=0, y=0)
    other = Thing(id="t", model_id="m-t", type="system", shape="area", x=0, y=0)
    shown = picture(around, other, thing("a", parent_ids=["m-s"], tag_ids=["core"]))
    found = overlay(shown, Options(focus_ids=("core",))).things
    assert (found["s"].faded, found["t"].faded, found["a"].faded) == (False, True, False)


def test_a_tab_says_whose_ids_are_meant() -> None:
    one = thing("a", tag_ids=["core"], team_ids=["core"])
    assert without_hidden(picture(one), Options(tab="technology", hide_ids=("core",))).things == [one]
    assert without_hidden(picture(one), Options(tab="tags", hide_ids=("core",))).things == []


def test_hidden_things_take_their_lines_along() -> None:
    lines = (
        Line(id="l", origin_id="a", target_id="m-b"),
        Line(id="own", origin_id="a", target_id="a", tag_ids=["core"]),
    )
    shown = picture(thing("a"), thing("b", status="removed"), lines=lines)
    left = without_hidden(shown, Options(hide_ids=("removed", "core")))
    assert ([one.id for one in left.things], left.lines) == (["a"], [])
    assert without_hidden(shown, Options()) is shown


def test_what_is_pinned_never_fades() -> None:
    shown = picture(thing("a", tag_ids=["core"]), thing("b", tag_ids=["cheap"]), thing("c"))
    found = overlay(shown, Options(tab="tags", pin_ids=("core",), focus_ids=("cheap",))).things
    assert [found[id_].faded for id_ in "abc"] == [False, False, True]
