"""Every golden picture can be followed without seeing it, without colours and without motion."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache
from itertools import combinations
from typing import Any

import msgspec
import pytest

from nunatak.drawing.scene import Group, Node, Scene
from nunatak.render.options import Options
from nunatak.render.picture import Difference, Line, Mark, Picture, Pin, Step, Thing, Way
from nunatak.render.scene import scene
from tests.golden import cases

SVG = "{http://www.w3.org/2000/svg}"
# What is behind the wish: its block, with the blocks of two levels in it.
WISHED = re.compile(r"@media \(prefers-reduced-motion:no-preference\)\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
FILMS = [name for name in cases.NAMES if (cases.ROOT / name / "film.json").exists()]


@cache
def read(name: str) -> ET.Element:
    return ET.parse(cases.ROOT / name / "image.svg").getroot()


def told(root: ET.Element) -> list[ET.Element]:
    """The groups that a reader of the screen is told of, in their order."""
    found = []
    for child in root:
        if child.tag == f"{SVG}g" and child.get("aria-hidden") != "true":
            found.append(child)
    return found


def name_of(group: ET.Element) -> str:
    title = group.find(f"{SVG}title")
    return (title.text or "") if title is not None else ""


@pytest.mark.parametrize("name", cases.NAMES)
def test_a_picture_says_what_it_is_before_all_else(name: str) -> None:
    root = read(name)
    assert root.get("role") == "graphics-document document"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert all((child.text or "").strip() for child in [*root][1:2])


@pytest.mark.parametrize("name", cases.NAMES)
def test_whatever_stands_for_something_has_a_name_and_is_told_once(name: str) -> None:
    groups = told(read(name))
    ids = [group.get("data-id") for group in groups if group.get("data-id")]
    assert len(ids) == len(set(ids))
    unnamed = {group.get("data-role") for group in groups if group.get("role") == "img" and not name_of(group).strip()}
    assert not unnamed


@pytest.mark.parametrize("name", [name for name in cases.NAMES if name.startswith("whole_")])
def test_a_whole_diagram_is_told_areas_first_then_cards_in_rows_then_lines(name: str) -> None:
    picture = msgspec.json.decode((cases.ROOT / name / "picture.json").read_bytes(), type=Picture)
    names = {thing.id: thing.name for thing in picture.things} | {f"{one.id}:label": one.name for one in picture.lines}
    groups = [group for group in told(read(name)) if group.get("data-id") in names]
    roles = [group.get("data-role") for group in groups]
    order = {"area": 0, "label": 2}
    assert [order.get(str(role), 1) for role in roles] == sorted(order.get(str(role), 1) for role in roles)
    assert {str(group.get("data-id")) for group in groups} == names.keys()
    assert all(names[str(group.get("data-id"))] in name_of(group) for group in groups)


@pytest.mark.parametrize("name", FILMS)
def test_nothing_moves_for_readers_who_wish_for_less_motion(name: str) -> None:
    style = "".join(part.text or "" for part in read(name).iter(f"{SVG}style"))
    assert "animation" not in WISHED.sub("", style)
    assert not list(read(name).iter(f"{SVG}animate"))


def plain(drawn: Scene) -> str:
    """All that is drawn, but for every colour."""
    return "\n".join(_plain(node) for node in drawn.children)


def _plain(node: Node) -> str:
    if isinstance(node, Group):
        return f"({node.opacity} " + " ".join(map(_plain, node.children)) + ")"
    return re.sub(r"#[0-9a-f]{6}", "#", repr(node))


PLAIN = Options()


def look(*parts: Thing | Line | Pin, options: Options = PLAIN, **fields: Any) -> str:
    things = [part for part in parts if isinstance(part, Thing)]
    lines = [part for part in parts if isinstance(part, Line)]
    pins = [part for part in parts if isinstance(part, Pin)]
    shown = Picture(id="p", name="P", things=things, lines=lines, pins=pins, **fields)
    return plain(scene(shown, options, cases.FONTS))


def card(id: str = "a", x: float = 0, **fields: Any) -> Thing:
    return Thing(**{"id": id, "model_id": id, "type": "app", "x": x, "y": 0, "name": "Desk"} | fields)


def wire(**fields: Any) -> Line:
    return Line(id="l", origin_id="a", target_id="b", name="Asks", **fields)


MARKS = {"red": Mark(name="Core", color="red"), "blue": Mark(name="Cheap", color="blue")}
STATUSES = ("live", "future", "deprecated", "removed")
SORTS = (None, "added", "removed", "moved", "changed")
PINS = (("question", "open"), ("inaccurate", "open"), ("idea", "active"), ("question", "resolved"))
FORK = Step(id="f", sort="alternate", ways=[Way(id="y", name="Yes"), Way(id="n", name="Nay")])
LOOKS = {
    "statuses of cards": [look(card(status=one)) for one in STATUSES],
    "statuses of areas": [look(card(shape="area", type="system", status=one)) for one in STATUSES],
    "statuses of lines": [look(card(), card("b", 512), wire(status=one)) for one in STATUSES],
    "what is external": [look(card(external=one)) for one in (False, True)],
    "differences of cards": [look(card(difference=one and Difference(sort=one))) for one in SORTS],
    "differences of lines": [
        look(card(), card("b", 512), wire(difference=one and Difference(sort=one))) for one in SORTS
    ],
    "comments": [look(card(), Pin(id="p", comment_id="c", x=0, y=0, type=type, status=one)) for type, one in PINS],
    "tags": [look(card(tag_ids=[one]), tags=MARKS, options=Options(tab="tags")) for one in MARKS],
    "what is pinned": [
        look(card(tag_ids=["red"]), tags=MARKS, options=Options(tab="tags", pin_ids=one)) for one in ((), ("red",))
    ],
    "paths": [look(card(), steps=[FORK], options=Options(flow_path_ids=(one,))) for one in ("y", "n")],
    "kinds": [look(card(type=one)) for one in ("actor", "system", "app", "store", "component", "group")],
}  # fmt: skip


@pytest.mark.parametrize("what", LOOKS)
def test_what_differs_differs_without_colours_too(what: str) -> None:
    assert all(one != other for one, other in combinations(LOOKS[what], 2))
