"""Cards show type, status and origin by more than colour."""

from __future__ import annotations

from collections.abc import Iterator

from nunatak.drawing.scene import Group, Icon, Node, Path, Rect, Scene, Text
from nunatak.render.options import Options
from nunatak.render.scene import scene
from nunatak.render.theme import DARK, LIGHT
from tests.render.pictures import FONTS, picture, thing


def _drawn(theme: str = "light", **fields) -> Scene:  # type: ignore[no-untyped-def]
    return scene(picture(thing("a", **fields)), Options(theme=theme), FONTS)  # type: ignore[arg-type]


def _nodes(drawn: Scene) -> Iterator[Node]:
    waiting: list[Node] = list(drawn.children)
    while waiting:
        node = waiting.pop(0)
        yield node
        if isinstance(node, Group):
            waiting += node.children


def _texts(drawn: Scene) -> dict[str, Text]:
    return {node.text: node for node in _nodes(drawn) if isinstance(node, Text)}


def _first(drawn: Scene, type_: type[Rect] | type[Path]) -> Rect | Path:
    return next(node for node in _nodes(drawn) if isinstance(node, type_))


def test_a_card_is_a_group_with_ids_and_its_full_text() -> None:
    group = _drawn(caption="Sells.").children[0]
    assert isinstance(group, Group)
    assert (group.id, group.model_id, group.role, group.title) == ("a", "m-a", "box", "A [App]: Sells.")


def test_name_type_and_caption_stand_below_each_other() -> None:
    texts = _texts(_drawn(caption="Sells."))
    assert texts["A"].y < texts["[App]"].y < texts["Sells."].y
    assert (texts["A"].size, texts["[App]"].size, texts["Sells."].size) == (18, 12, 13)
    assert texts["[App]"].font == "mono"


def test_external_cards_have_their_own_fill_and_are_named_so() -> None:
    drawn = _drawn(external=True)
    assert _first(drawn, Rect).paint.fill == LIGHT.external.fill
    assert _first(drawn, Rect).paint.dash == ()
    assert "[External app]" in _texts(drawn)
    assert _first(_drawn("dark", external=True), Rect).paint.fill == DARK.external.fill


def test_future_cards_are_dashed() -> None:
    assert _first(_drawn(status="future"), Rect).paint.dash == (6, 4)
    assert _first(_drawn(status="future", type="store"), Path).paint.dash == (6, 4)


def test_removed_cards_are_dashed_and_their_name_is_struck() -> None:
    drawn = _drawn(status="removed")
    assert _first(drawn, Rect).paint.dash == (6, 4)
    assert _texts(drawn)["A"].strike
    assert not _texts(_drawn())["A"].strike


def test_deprecated_cards_have_a_hatched_edge_and_a_badge() -> None:
    drawn = _drawn(status="deprecated")
    assert "Deprecated" in _texts(drawn)
    assert any(isinstance(node, Path) and node.paint.stroke == LIGHT.hatch for node in _nodes(drawn))


def test_an_icon_is_drawn_from_its_picture_or_as_a_letter() -> None:
    drawn = _drawn(icon_id="pg")
    icon = next(node for node in _nodes(drawn) if isinstance(node, Icon))
    assert (icon.x, icon.size, drawn.icons[icon.icon]) == (24, 32, "<g/>")
    assert "J" in _texts(_drawn(icon_id="java"))


def test_the_same_icon_is_kept_once() -> None:
    drawn = scene(picture(thing("a", icon_id="pg"), thing("b", 400, icon_id="pg")), Options(), FONTS)
    assert list(drawn.icons) == ["icon1"]


def test_the_count_stands_over_the_top_border() -> None:
    text = _texts(_drawn(child_count=12))["12"]
    assert -10 < text.y < 10


def test_an_areas_title_is_painted_over_the_lines_that_enter_it() -> None:
    drawn = scene(picture(thing("s", type="system", shape="area")), Options(), FONTS)
    assert [node.role for node in drawn.children if isinstance(node, Group)] == ["area", "title"]
    assert _texts(drawn)["S"].halo == LIGHT.areas[0]
