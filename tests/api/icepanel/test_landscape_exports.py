"""Landscape exports on the wire: asked for, polled, fetched from their signed addresses; and the older operations."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nunatak.api import files
from nunatak.blobs import open_blobs
from nunatak.blobs.tokens import Tokens
from nunatak.render.draw import draw
from nunatak.services import landscape_exports
from nunatak.store.database import Database
from tests import make
from tests.make import placed
from tests.wire import Wire, wire_of


class Kept:
    """A queue that keeps its jobs until the test does them."""

    def __init__(self) -> None:
        self.payloads: list[dict[str, str]] = []

    def enqueue(self, _connection: object, _kind: str, payload: dict[str, str], *, job_id: str, asked_by: str) -> None:
        assert payload["exportId"] == job_id
        self.payloads.append(payload)


@pytest.fixture
def jobs() -> Kept:
    return Kept()


@pytest.fixture
def wire(database: Database, tmp_path: Path, jobs: Kept) -> Wire:
    """A client whose server can draw, with two connected systems on a diagram."""
    tokens = Tokens(b"a secret of 16 bytes and more", now=make.Clock())
    parts = {"blobs": open_blobs(str(tmp_path / "blobs")), "jobs": jobs, "tokens": tokens, "painter": draw}
    world = make.world(make.service(database, **parts))
    shop, bank = world.object(name="Shop"), world.object(name="=Bank")
    world.connection(shop, bank, name="pays")
    world.diagram(objects={"a": placed(shop), "b": placed(bank, x=400)})
    return wire_of(world)


@pytest.fixture
def fetched(wire: Wire) -> Callable[[str], Any]:
    """Fetches a file's address as a client does: without credentials."""
    tokens = wire.world.service.tokens
    client = TestClient(Starlette(routes=files.routes(wire.world.service, tokens, ready=lambda: None)))  # type: ignore[arg-type]
    return lambda url: client.get(urlsplit(url).path)


def finish(wire: Wire, jobs: Kept) -> None:
    for payload in jobs.payloads:
        landscape_exports.carry_out(wire.world.service, payload)


@pytest.mark.parametrize(
    ("type_", "media", "name"),
    [
        ("json", "application/json", "l.json"),
        ("object-csv", "text/csv; charset=utf-8", "l-objects.csv"),
        ("pdf", "application/pdf", "l.pdf"),
        ("html", "text/html; charset=utf-8", "l.html"),
    ],
)
def test_an_export_is_polled_until_it_has_an_address(
    wire: Wire, jobs: Kept, fetched: Callable[[str], Any], type_: str, media: str, name: str
) -> None:
    begun = wire.send("POST", f"/export?type={type_}")["landscapeExport"]
    assert (begun["type"], begun["fileUrl"], begun["error"], "completedAt" in begun) == (type_, None, None, False)
    assert "filter" not in begun
    assert "options" not in begun
    finish(wire, jobs)
    done = wire.send("GET", f"/export/{begun['id']}")["landscapeExport"]
    assert done["completedAt"] < done["deleteAt"]
    answer = fetched(done["fileUrl"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_filter_and_options_are_answered_as_they_were_asked(
    wire: Wire, jobs: Kept, fetched: Callable[[str], Any]
) -> None:
    diagram = wire.send("GET", "/diagrams")["diagrams"][0]["id"]
    query = f"type=json&filter[diagramId]={diagram}&filter[includeFlows]=false"
    begun = wire.send("POST", f"/export?{query}", json={"schema": "v2", "orientation": "landscape"})["landscapeExport"]
    assert begun["filter"] == {"diagramId": diagram, "includeFlows": False}
    assert begun["options"] == {"schema": "v2", "orientation": "landscape"}
    finish(wire, jobs)
    url = wire.send("GET", f"/export/{begun['id']}")["landscapeExport"]["fileUrl"]
    assert sorted(fetched(url).json()) == [
        "flows", "modelConnections", "modelObjects", "tagGroups", "tags", "teams", "technologies",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "body", "status", "told"),
    [
        ("/export", None, 422, "query.type"),
        ("/export?type=docx", None, 422, "query.type"),
        ("/export?type=pdf", {"orientation": "upright"}, 422, "body.orientation"),
        ("/export?type=json", {"schema": "v3"}, 422, "body.schema"),
        ("/export?type=json&filter[flowId]=gone", None, 404, "query.filter.flowId"),
        ("/export?type=json", {"draftId": "gone"}, 404, "body.draftId"),
    ],
)
def test_what_cannot_be_exported_is_refused_by_name(wire: Wire, path: str, body: Any, status: int, told: str) -> None:
    answer = wire.send("POST", path, status, **({"json": body} if body else {}))
    assert any(told in error for error in answer["errors"])


def test_a_key_that_only_reads_may_export(wire: Wire) -> None:
    reader = wire_of(wire.world, "read")
    begun = reader.send("POST", "/export?type=llms")["landscapeExport"]
    assert reader.send("GET", f"/export/{begun['id']}")["landscapeExport"]["id"] == begun["id"]


def test_an_export_that_is_not_there_is_not_found(wire: Wire) -> None:
    wire.send("GET", "/export/gone", 404)
    wire.send("POST", "/v1/landscapes/gone/versions/latest/export?type=json", 404)


def test_the_older_pdf_answers_an_address_at_once(wire: Wire, fetched: Callable[[str], Any]) -> None:
    url = wire.send("POST", "/export/pdf", json={"filename": "My landscape.pdf"})["url"]
    answer = fetched(url)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-disposition"] == 'attachment; filename="my-landscape.pdf"'
    organization = f"/v1/organizations/{wire.world.organization_id}{wire.base.removeprefix('/v1')}"
    assert fetched(wire.send("POST", f"{organization}/export/pdf", json={})["url"]).content.startswith(b"%PDF")


def test_the_older_png_answers_an_address_at_once(wire: Wire, fetched: Callable[[str], Any]) -> None:
    diagram = wire.send("GET", "/diagrams")["diagrams"][0]["id"]
    asked = {"theme": "dark", "overlayTab": "tags", "overlayIdsPinned": [], "name": "x", "flowParentIds": []}
    answer = fetched(wire.send("POST", f"/diagrams/{diagram}/export/png", json=asked)["url"])
    assert (answer.headers["content-type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    wire.send("POST", "/diagrams/gone/export/png", 404, json={})


def test_json_and_csv_are_answered_without_a_job(wire: Wire, jobs: Kept) -> None:
    found = wire.send("GET", "/export/json")
    assert [len(found[name]) for name in ("domains", "modelObjects", "modelConnections", "flows")] == [1, 3, 1, 0]
    headers = {"X-API-Key": wire.credentials}
    objects = wire.client.get(f"{wire.base}/model/objects/export/csv", headers=headers)
    assert objects.headers["content-type"].startswith("text/plain")
    assert objects.text.startswith("id,name,type,")
    assert ",'=Bank,system," in objects.text
    connections = wire.client.get(f"{wire.base}/model/connections/export/csv", headers=headers)
    assert ",pays,outgoing," in connections.text
    assert jobs.payloads == []


def test_json_is_the_same_as_the_exports_file(wire: Wire, jobs: Kept, fetched: Callable[[str], Any]) -> None:
    begun = wire.send("POST", "/export?type=json", json={})["landscapeExport"]
    finish(wire, jobs)
    url = wire.send("GET", f"/export/{begun['id']}")["landscapeExport"]["fileUrl"]
    assert json.loads(fetched(url).content) == wire.send("GET", "/export/json")
