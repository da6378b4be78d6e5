"""Every golden picture is readable by count: what a reader would trip over is not there."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from nunatak.drawing.scene import Group, Icon, Node, Paint, Path, Rect, Scene, Text
from nunatak.render.picture import Picture
from tests.golden.cases import NAMES, ROOT
from tests.scorecard import Scorecard, score


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_picture_has_nothing_to_trip_over(name: str) -> None:
    picture = msgspec.json.decode((ROOT / name / "picture.json").read_bytes(), type=Picture)
    card = score(msgspec.json.decode((ROOT / name / "scene.json").read_bytes(), type=Scene), picture)
    assert card.overlapping_texts == 0
    assert card.crossed_boxes == 0
    assert card.strayed == 0
    assert card.crossed_texts == 0
    assert card.crossed_labels <= card.labels * 0.02
    assert card.smallest >= 11
    assert card.contrast >= 4.5


def test_the_wholes_are_at_least_twelve_diagrams_and_the_small_cases_at_least_a_hundred_and_twenty() -> None:
    wholes = [name for name in NAMES if name.startswith("whole_")]
    assert len(wholes) >= 12
    assert len(NAMES) - len(wholes) >= 120


WHOLE: Scene = msgspec.json.decode((ROOT / "whole_app_diagram" / "scene.json").read_bytes(), type=Scene)
PICTURE: Picture = msgspec.json.decode((ROOT / "whole_app_diagram" / "picture.json").read_bytes(), type=Picture)
WORD, PLAIN = Text(x=0, y=0, text="?", font="sans", size=13, fill="#10161c", width=40), Paint(stroke="#000000")


def moved(node: Node, by: float) -> Node:
    """A group of boxes and texts, moved to the right."""
    if isinstance(node, Group):
        return replace(node, children=tuple(moved(child, by) for child in node.children))
    return replace(node, x=node.x + by) if isinstance(node, Rect | Text | Icon) else node


def group(id: str) -> Group:
    return next(child for child in WHOLE.children if isinstance(child, Group) and child.id == id)


def with_(*nodes: Node, without: str = "") -> Scorecard:
    left = tuple(child for child in WHOLE.children if not (isinstance(child, Group) and child.id == without))
    return score(replace(WHOLE, children=(*left, *nodes)), PICTURE)


def lettered(x: float, y: float, **look: object) -> Group:
    """A text by itself on the canvas or what is there."""
    text = replace(WORD, x=x, y=y, **look)
    return Group(id="extra", role="box", children=(text,))


def struck(id: str, *ends: tuple[float, float]) -> Group:
    """A line that the picture knows, along another way."""
    segments = tuple(("L" if place else "M", *end) for place, end in enumerate(ends))
    return Group(id=id, role="line", children=(Path(segments=segments, paint=PLAIN),))


def test_the_scorecard_counts_a_text_that_lies_on_another() -> None:
    name = next(node for node in group("a").children if isinstance(node, Text))
    assert with_(lettered(name.x + 3, name.y + 3)).overlapping_texts >= 1


def test_the_scorecard_counts_a_line_through_a_foreign_card_and_its_words() -> None:
    # From the actor on the left through the first app to what it has nothing to do with.
    card = with_(struck("u-a", (900, -300), (900, 64), (700, 64)), without="u-a")
    assert with_().crossed_boxes == 0
    assert card.crossed_boxes == 1
    assert card.crossed_texts >= 1


def test_the_scorecard_counts_a_label_under_a_foreign_line() -> None:
    words = next(node for node in group("w-c:label").children if isinstance(node, Text))
    y = words.y - 4
    assert with_(struck("u-a", (words.x - 20, y), (words.x + 80, y)), without="u-a").crossed_labels == 1


def test_the_scorecard_sees_letters_that_are_small_or_pale() -> None:
    assert with_(lettered(-1000, -1000, size=9)).smallest == 9
    assert with_(lettered(-1000, -1000, fill="#c8c8c8")).contrast < 2
    on_card = next(node for node in group("a").children if isinstance(node, Rect))
    assert with_(lettered(on_card.x + 100, on_card.y + 5, fill="#dfe6ee")).contrast < 1.3


def test_the_scorecard_counts_what_has_left_its_area() -> None:
    assert with_(moved(group("a"), -400), without="a").strayed == 1
