"""Whatever a name is made of, nothing leaves its box, and its whole text can be read by who can't see it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nunatak.drawing.bundled import fonts, own
from nunatak.drawing.characters import clean
from nunatak.drawing.fonts import Fonts, Run
from nunatak.drawing.scene import Group, Node, Scene, Text
from nunatak.drawing.svg import svg
from nunatak.render.options import Options
from nunatak.render.picture import Line, Mark, Picture, Step, Technology, Thing, Way
from nunatak.render.scene import scene

NASTY = st.one_of(
    st.sampled_from(
        [
            "\u202eevil\u202c \u2066x\u2069 \u200f",
            "e" + "\u0301\u0323" * 400,
            "W" * 10_000,
            "ش" * 10_000,
            "👩\u200d👩\u200d👧" * 60,
            "🇮🇸" * 99,
            " \t\n\u00a0\u3000" * 40,
            "\ud800\udfff lone",
            "ระบบจัดการคำสั่งซื้อ" * 12,
            "注文管理システムの基幹データ「連携」" * 20,
            "क्ष्म्य" * 40,
            "نظام (Order API v2) 123 – " * 20,
            "a.b" * 300 + "/x-" * 100,
            "\u200d\ufe0f\u20e3",
            "﷽" * 30,
            "",
        ]
    ),
    st.text(max_size=60),
    st.text(alphabet="אבג عرب ab12 ()-./\u0301\u0e33\u0e40👍🏽\u200d🇩🇪語ー「」", max_size=200),
)
BOX, AREA = (256.0, 128.0), (512.0, 384.0)
SLACK = 0.05  # of rounding to hundredths
EVERY = [own(), fonts()] if fonts().scripts else [own()]


def picture(text: str) -> Picture:
    ids = {"technology_ids": ["t"], "tag_ids": ["g"]}
    return Picture(
        id="p",
        name=text,
        technologies={"t": Technology(name=text)},
        tags={"g": Mark(name=text, color="red")},
        things=[
            Thing(id="a", model_id="ma", type="app", x=0, y=0, name=text, caption=text, domain=text, **ids),
            Thing(id="b", model_id="mb", type="store", x=384, y=0, name=text, icon_id="t", **ids),
            Thing(id="c", model_id="mc", type="actor", x=768, y=0, height=160, name=text, caption=text),
            Thing(id="d", model_id="md", type="component", x=0, y=320, name=text, caption=text),
            Thing(id="e", model_id="me", type="system", shape="area", x=384, y=320, width=512, height=384, name=text),
        ],
        lines=[Line(id="l", model_id="ml", origin_id="a", target_id="b", name=text, via=text, **ids)],
        flow=text,
        steps=[
            Step(id="s", sort="message", number=1, text=text, line_id="l", origin_id="a", target_id="b"),
            Step(id="f", sort="alternate", text=text, ways=[Way(id="w", name=text), Way(id="v", name=text)]),
        ],
    )  # fmt: skip


def drawn(text: str, found: Fonts) -> Scene:
    return scene(picture(text), Options(tab="tags", legend=True), found)


def groups(nodes: tuple[Node, ...]) -> Iterator[Group]:
    for node in nodes:
        if isinstance(node, Group):
            yield node
            yield from groups(node.children)


def texts(nodes: tuple[Node, ...]) -> Iterator[Text]:
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Group):
            yield from texts(node.children)


@pytest.mark.parametrize("found", EVERY)
@settings(max_examples=60, deadline=None)
@given(text=NASTY)
def test_nothing_leaves_its_box(found, text):
    made = drawn(text, found)
    named = {group.id: group for group in groups(made.children) if group.id}
    boxes = {"a": (0, 0, *BOX), "b": (384, 0, *BOX), "c": (768, 0, 256, 160), "d": (0, 320, *BOX)}
    for id_, (x, y, width, height) in {**boxes, "e:title": (384, 320, *AREA)}.items():
        for shown in texts(named[id_].children):
            assert shown.x >= x - SLACK, shown
            assert shown.x + shown.width <= x + width + SLACK, shown
            assert y - 24 <= shown.y - shown.size * 0.3, shown
            assert shown.y <= y + height + 8, shown
    for shown in texts(made.children):
        assert made.x <= shown.x, shown
        assert shown.x + shown.width <= made.x + made.width + SLACK, shown


@pytest.mark.parametrize("found", EVERY)
@settings(max_examples=40, deadline=None)
@given(text=NASTY)
def test_every_text_is_as_wide_as_it_was_measured(found, text):
    for shown in texts(drawn(text, found).children):
        assert shown.width == pytest.approx(found.advance(Run(shown.font, shown.text), shown.size), rel=0.005, abs=0.02)


def test_a_text_that_is_cut_says_all_of_itself_where_nothing_round_it_does():
    long = "An orders platform that keeps on telling " * 40
    cut = [shown for shown in texts(drawn(long, own()).children) if shown.title]
    assert len(cut) >= 8  # badges, the domain, the legend, the step, who sends it, its fork's paths
    assert {shown.title for shown in cut} >= {clean(long)}
    assert all(shown.text.endswith("…") for shown in cut)
    read = ET.fromstring(svg(drawn(long, own()), own()))
    assert len(read.findall(".//{*}text/{*}title")) == len(cut)


@settings(max_examples=40, deadline=None)
@given(text=NASTY)
def test_the_whole_name_stands_in_the_title_of_its_group(text):
    made = drawn(text, own())
    titles = {group.id: group.title or "" for group in groups(made.children)}
    for id_ in "abcde":
        assert clean(text).strip() in titles[id_]
    assert clean(text) in titles["l"]
    ET.fromstring(svg(made, own()))
