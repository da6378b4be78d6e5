from __future__ import annotations

from nunatak.drawing.geometry import Box
from nunatak.drawing.scene import Group, Path, Rect, Text
from nunatak.render.differences import counts, ghosts, places
from nunatak.render.options import Options
from nunatak.render.picture import Difference, Picture, Spot
from nunatak.render.scene import routed, scene
from nunatak.render.theme import THEMES
from tests.render.pictures import FONTS, line, picture, thing


def moved(x: float, y: float, **fields: float) -> Picture:
    """A thing at the origin that was elsewhere."""
    was = Spot(x=x, y=y, **fields)
    return picture(thing("a", difference=Difference(sort="moved", was=was)), compared="One → Two")


def ghost(drawn: Picture) -> Group:
    (found,) = ghosts(routed(drawn, Options(), FONTS), THEMES["light"])
    return found


def test_a_ghost_stands_where_a_thing_was_with_an_arrow_to_where_it_is() -> None:
    outline, shaft, head = ghost(moved(600, 0)).children
    assert isinstance(outline, Rect)
    assert (outline.x, outline.y, outline.width, outline.height, outline.paint.fill) == (600, 0, 256, 128, None)
    assert outline.paint.dash
    assert isinstance(shaft, Path)
    assert isinstance(head, Path)
    assert (shaft.segments[0][1], head.segments[0][1]) == (600, 256)


def test_a_short_way_has_no_arrow() -> None:
    assert len(ghost(moved(40, 40)).children) == 1


def test_the_picture_holds_where_things_were() -> None:
    drawn = moved(-2000, 0)
    assert places(routed(drawn, Options(), FONTS)) == [Box(-2000, 0, 256, 128)]
    assert scene(drawn, Options(), FONTS).x < -2000


def test_what_differs_is_counted_and_told_below() -> None:
    added = Difference(sort="added")
    drawn = picture(
        thing("a", difference=added), thing("b", 400), line("a", "b", difference=added), compared="One → Two"
    )
    assert counts(drawn) == {"added": 2, "removed": 0, "moved": 0, "changed": 0}
    (strip,) = [
        node
        for node in scene(drawn, Options(), FONTS).children
        if isinstance(node, Group) and node.role == "differences"
    ]
    texts = [node.text for node in strip.children if isinstance(node, Text)]
    assert texts[-2:] == ["Added: 2", "Unchanged: faded"]
    assert strip.title == "One → Two"


def test_a_difference_is_told_to_those_who_do_not_see_it() -> None:
    changed = Difference(sort="changed", fields=["name", "status"])
    drawn = scene(picture(thing("a", difference=changed), thing("b", 400)), Options(), FONTS)
    titles = {node.id: node.title for node in drawn.children if isinstance(node, Group)}
    assert titles == {"a": "A [App] (changed: name, status)", "b": "B [App]"}


def test_only_a_picture_that_is_there_for_the_differences_fades_the_rest() -> None:
    things = (thing("a", difference=Difference(sort="added")), thing("b", 400))
    for words, opacity in (("", 1), ("One → Two", 0.45)):
        drawn = scene(picture(*things, compared=words), Options(), FONTS)
        assert [node.opacity for node in drawn.children if isinstance(node, Group) and node.role == "box"] == [
            1,
            opacity,
        ]
