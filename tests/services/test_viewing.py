"""What pages are shown at once: a picture with its options, and the words of a version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nunatak.blobs import open_blobs
from nunatak.core.diagram import DiagramExportImageOptions
from nunatak.core.errors import Invalid, NotFound
from nunatak.drawing.errors import DrawingFailed
from nunatak.jobs.pool import WorkerDied
from nunatak.render.draw import Files, draw
from nunatak.services import viewing
from tests.make import World, placed, technology


@pytest.fixture
def drawn(world: World, tmp_path: Path) -> World:
    world.service = replace(world.service, blobs=open_blobs(str(tmp_path / "blobs")), painter=draw)
    return world


def picture(world: World, diagram_id: str, **options: object) -> str:
    given = DiagramExportImageOptions(**options)  # type: ignore[arg-type]
    return viewing.image(world.service, world.actor, world.path, diagram_id, given).decode()


def test_a_picture_is_drawn_at_once_in_the_theme_that_is_asked_for(drawn: World) -> None:
    shop = drawn.object(name="Shop")
    diagram = drawn.diagram(objects={"a": placed(shop)})
    light, dark = picture(drawn, diagram.handle_id), picture(drawn, diagram.id, theme="dark")
    assert light.startswith("<svg ")
    assert f'data-id="a" data-model-id="{shop.id}"' in light
    assert light != dark


def test_a_picture_that_lies_there_is_not_drawn_again(drawn: World) -> None:
    diagram = drawn.diagram(objects={"a": placed(drawn.object())})
    first = picture(drawn, diagram.id)

    def refuse(picture: bytes, options: bytes, output: bytes) -> object:
        raise AssertionError("drawn again")

    drawn.service = replace(drawn.service, painter=refuse)  # type: ignore[arg-type]
    assert picture(drawn, diagram.id) == first


def test_a_page_waits_for_no_png_and_takes_what_an_export_has_drawn(drawn: World) -> None:
    diagram = drawn.diagram(objects={"a": placed(drawn.object())})
    asked: list[bytes] = []

    def paint(picture: bytes, options: bytes, output: bytes) -> Files:
        files = draw(picture, options, output)
        asked.append(files.png[:4])
        return files

    drawn.service = replace(drawn.service, painter=paint)
    text = picture(drawn, diagram.id)
    png = viewing.image(drawn.service, drawn.actor, drawn.path, diagram.id, DiagramExportImageOptions(), "png")
    assert png.startswith(b"\x89PNG")
    assert picture(drawn, diagram.id) == text
    assert asked == [b"", b"\x89PNG"]


def test_a_diagram_or_flow_that_is_not_there_is_not_found(drawn: World) -> None:
    with pytest.raises(NotFound):
        picture(drawn, "nowhere")
    with pytest.raises(NotFound):
        picture(drawn, drawn.diagram().id, flow_id="nowhere")


def test_the_words_are_those_that_the_version_names(world: World) -> None:
    redis, kafka = technology("Redis"), technology("Apache Kafka")
    one, other = world.object(technologyIds=[redis]), world.object()
    world.connection(one, other, technologyIds=[kafka])
    found = viewing.vocabulary(world.service, world.actor, world.path)
    assert {word.id for word in found.technologies} == {redis, kafka}
    assert [word.name for word in found.technologies] == sorted(
        (word.name for word in found.technologies), key=str.casefold
    )
    assert all(word.icon_light and word.icon_dark for word in found.technologies)
    assert found.teams == []


@pytest.mark.parametrize("failure", [DrawingFailed("an icon is no SVG"), WorkerDied("by signal 9")])
def test_a_picture_that_cannot_be_drawn_is_refused_in_words(drawn: World, failure: Exception) -> None:
    def fail(picture: bytes, options: bytes, output: bytes) -> Files:
        raise failure

    drawn.service = replace(drawn.service, painter=fail)
    diagram = drawn.diagram(objects={"a": placed(drawn.object())})
    with pytest.raises(Invalid, match=r"no SVG|broke its drawing process"):
        picture(drawn, diagram.id)
