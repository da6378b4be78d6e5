"""Thumbnails of flows and landscapes: always there, drawn at the first look."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from nunatak.core.errors import NotFound
from nunatak.core.kinds import DIAGRAM
from nunatak.services import files, thumbnails
from tests.make import World, placed

BASE = "https://pictures.example.org"


def read(world: World, url: str) -> files.File:
    signed = world.service.tokens.read(url.removeprefix(f"{BASE}/files/"))  # type: ignore[attr-defined]
    return files.read(world.service, signed.key, signed.content_type, signed.name)


def test_a_flow_is_shown_by_its_diagram_at_an_address_of_its_own(drawing: World) -> None:
    diagram = drawing.diagram(objects={"a": placed(drawing.object())})
    flow = drawing.flow(diagram, name="Buying")
    shown = thumbnails.of_flow(drawing.service, drawing.actor, drawing.path, flow.id, BASE)
    assert (shown.id, shown.handle_id, shown.diagram_id, shown.name) == (flow.id, flow.handle_id, diagram.id, "Buying")
    assert shown.expires > flow.updated_at
    found = read(drawing, shown.url)
    assert (found.content_type, found.name) == ("image/png", f"{flow.id}.png")
    assert Image.open(io.BytesIO(found.data)).width == 640
    of_diagram = files.thumbnail(drawing.service, drawing.actor, drawing.path, diagram.id, BASE)
    assert of_diagram.url != shown.url
    assert read(drawing, of_diagram.url).data == found.data


def test_flows_are_found_by_what_their_diagrams_are(drawing: World) -> None:
    one, other = drawing.diagram(name="One"), drawing.diagram(name="Other", pinned=True)
    flows = [drawing.flow(one), drawing.flow(one), drawing.flow(other)]

    def found(**asked: object) -> set[str]:
        return set(thumbnails.of_flows(drawing.service, drawing.actor, drawing.path, asked, BASE))

    assert found() == {flow.id for flow in flows}
    assert found(name="one") == {flows[0].id, flows[1].id}
    assert found(pinned=True) == {flows[2].id}
    assert found(name="none") == set()


def test_a_landscape_is_shown_by_its_pinned_diagrams_then_by_the_highest_and_first(drawing: World) -> None:
    def shown() -> str:
        return thumbnails.of_landscape(drawing.service, drawing.actor, drawing.path.landscape_id, BASE).id

    with pytest.raises(NotFound, match="no diagram yet"):
        shown()
    system = drawing.object()
    app = drawing.diagram(system.id, "app-diagram", index=-5)
    assert shown() == app.id
    late, first = drawing.diagram(index=2), drawing.diagram(index=1)
    assert shown() == first.id
    drawing.update(DIAGRAM, app.id, pinned=True, pinnedIndex=2)
    assert shown() == app.id
    drawing.update(DIAGRAM, late.id, pinned=True, pinnedIndex=1)
    assert shown() == late.id
    url = thumbnails.of_landscape(drawing.service, drawing.actor, drawing.path.landscape_id, BASE).url
    assert Image.open(io.BytesIO(read(drawing, url).data)).width == 640
