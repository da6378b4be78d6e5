"""Pages with marks and words as SVG documents."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.documents.overlay import svg
from nunatak.documents.page import Box, Drawn, Mark, Page
from tests.documents.sheets import sheet, word

DRAWN = Drawn(page=Page(number=2, width=1000, height=500), kind="vector", body='<path d="M0 0h9"/>')
SVG = "{http://www.w3.org/2000/svg}"


def mark(**told: object) -> Mark:
    return Mark(**({"text": "21-PT-1019", "box": Box(0.1, 0.2, 0.2, 0.24), "identity": "21-PT-1019"} | told))  # type: ignore[arg-type]


def test_a_mark_is_a_group_with_its_identity_a_title_and_a_linked_box() -> None:
    drawn = svg(DRAWN, None, [mark(title="Pressure", link="https://plant.example/1?a=1&b=2", confidence=0.9734)])
    group = ElementTree.fromstring(drawn).find(f"{SVG}g[@class='hit']")
    assert group is not None
    assert [child.tag.removeprefix(SVG) for child in group] == ["metadata", "title", "a"]
    assert group.findtext(f"{SVG}metadata/{SVG}id") == "21-PT-1019"
    assert group.findtext(f"{SVG}title") == "Pressure"
    assert {name: group.get(f"data-{name}") for name in ("tag", "page", "status", "confidence")} == {
        "tag": "21-PT-1019", "page": "2", "status": "suggested", "confidence": "0.973",
    }  # fmt: skip
    link = group.find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == "https://plant.example/1?a=1&b=2"
    rect = link.find(f"{SVG}rect")
    assert rect is not None
    assert [rect.get(name) for name in ("x", "y", "width", "height", "fill-opacity")] == [
        "98",
        "98",
        "104",
        "24",
        "0.4",
    ]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example", " https://a", "file:///a"]
)
def test_a_link_that_runs_or_leads_anywhere_else_is_left_out(link: str) -> None:
    drawn = svg(DRAWN, None, [mark(link=link)])
    assert "<a " not in drawn
    assert link not in drawn


@pytest.mark.parametrize("link", ["#page", "17-2.svg", "./17-2.svg", "/files/x", "http://a/b"])
def test_a_link_to_another_sheet_or_to_a_site_stays(link: str) -> None:
    assert f'href="{link}"' in svg(DRAWN, None, [mark(link=link)])


@given(st.text(), st.text(), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_any_text_gives_a_document_that_parses_and_holds_no_foreign_element(
    text: str, title: str, data: dict[str, str]
) -> None:
    marks = [mark(text=text, identity=text, title=title, data=data)]
    root = ElementTree.fromstring(svg(DRAWN, sheet(word(text or "-", 10, 10)), marks, title=title))
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "rect", "g", "path", "text", "metadata", "id"}


def test_words_lie_invisible_over_their_places() -> None:
    page = sheet(word("PT-1019", 100, 50), word("UP", 300, 200, angle=270))
    first, second = ElementTree.fromstring(svg(DRAWN, page, [])).findall(f"{SVG}g[@class='words']/{SVG}text")
    assert (first.text, first.get("x"), first.get("y"), first.get("textLength")) == ("PT-1019", "100", "60", "42")
    assert (second.text, second.get("textLength"), second.get("transform")) == ("UP", "12", "rotate(270 305 206)")


def test_a_mark_of_a_single_point_has_a_box_that_can_be_hit() -> None:
    assert 'x="578" y="58" width="4" height="4"' in svg(DRAWN, None, [mark(box=Box(0.58, 0.12, 0.58, 0.12))])


def test_the_same_input_gives_the_same_bytes() -> None:
    page = sheet(word("A", 1, 1))
    assert svg(DRAWN, page, [mark()]) == svg(DRAWN, page, [mark()])
