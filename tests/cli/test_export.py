"""Flows as films, pages, steps and pictures, from the folder and through a server."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import pypdfium2
import pytest

from tests.started import Started, prepared

STEP = {"index": 0, "originId": None, "targetId": None, "viaId": None, "flowId": None, "parentId": None, "paths": None}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    made = prepared(tmp_path_factory.mktemp("films"))
    made.start()
    yield made
    made.end()


@pytest.fixture(scope="module")
def flow(server: Started) -> str:
    """A flow of two steps over a new diagram of the first landscape."""
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    landscape = server.call("POST", f"/v1/organizations/{organization}/landscapes", {"name": "Films"})["landscape"][
        "id"
    ]
    base = f"/v1/landscapes/{landscape}/versions/latest"
    (root,) = server.call("GET", f"{base}/model/objects?filter[type]=root")["modelObjects"]
    objects = {}
    for place, name in enumerate(("Shop", "Bank")):
        body = {"name": name, "type": "system", "parentId": root["id"]}
        model = server.call("POST", f"{base}/model/objects", body)["modelObject"]["id"]
        objects[name] = {"id": name, "modelId": model, "type": "system", "shape": "box", "x": place * 384, "y": 0}
    line = {"id": "pay", "modelId": None, "originId": "Shop", "targetId": "Bank"}
    content = {"objects": {"$add": objects}, "connections": {"$add": {"pay": line}}}
    body = {"name": "Context", "type": "context-diagram", "modelId": root["id"], "index": 0}
    diagram = server.call("POST", f"{base}/diagrams", body)["diagram"]["id"]
    server.call("PATCH", f"{base}/diagrams/{diagram}/content", content)
    steps = {
        "one": STEP | {"id": "one", "type": "outgoing", "description": "Asks for money", "viaId": "pay"},
        "two": STEP | {"id": "two", "index": 1, "type": "self-action", "description": "Counts it", "originId": "Bank"},
    }
    made = {"name": "Pay", "diagramId": diagram, "steps": steps, "index": 0}
    return str(server.call("POST", f"{base}/flows", made)["flow"]["id"])


def test_a_flow_is_written_as_a_film_without_scripts(server: Started, flow: str) -> None:
    path = server.run(f"nunatak export --flow {flow} --format film -o here").stdout.split()[0]
    film = (server.folder / path).read_text()
    assert film.startswith("<svg ")
    assert "@keyframes" in film
    assert "Asks for money" in film
    assert "<script" not in film


def test_a_flow_is_written_with_a_page_for_each_step(server: Started, flow: str) -> None:
    path = server.run(f"nunatak export --flow {flow} --format pages -o here").stdout.split()[0]
    pages = (server.folder / path).read_bytes()
    with pypdfium2.PdfDocument(pages) as read:
        assert [mark.get_title() for mark in read.get_toc()] == ["1. Asks for money", "2. Counts it"]
        assert len(read) == 2


def test_a_flow_is_written_as_an_archive_of_steps_the_same_through_a_server(server: Started, flow: str) -> None:
    here = server.run(f"nunatak export --flow {flow} --format steps -o here").stdout.split()[0]
    through = f"nunatak export --flow {flow} --format steps -o there --server http://127.0.0.1:8400 --key {server.key}"
    there = server.run(through).stdout.split()[0]
    with zipfile.ZipFile(server.folder / here) as held:
        assert held.namelist() == ["1-asks-for-money.svg", "1-asks-for-money.png", "2-counts-it.svg", "2-counts-it.png"]
    assert (server.folder / here).read_bytes() == (server.folder / there).read_bytes()
