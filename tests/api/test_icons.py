"""Icons over HTTP: to everybody, for as long as they like, and nothing that could do harm."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nunatak.api import icons
from nunatak.blobs import open_blobs
from nunatak.catalog.bundled import catalog
from nunatak.store.database import Database
from tests import make


@pytest.fixture
def client(database: Database, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    service = make.service(database, blobs=open_blobs(str(tmp_path_factory.mktemp("blobs"))))
    return TestClient(Starlette(routes=icons.routes(service)))


def test_an_icon_is_an_svg_file_that_never_changes_under_the_catalogs_digest(client: TestClient) -> None:
    answer = client.get(f"{catalog().icons}docker-light.svg")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none';")
    assert ElementTree.fromstring(answer.text).get("viewBox") == "0 0 24 24"
    assert client.head(f"{catalog().icons}docker-light.svg").status_code == 200


@pytest.mark.parametrize("path", ["/icons/docker-light.svg", "/icons/docker.svg", "/icons/00000000/docker-light.svg"])
def test_without_todays_digest_it_is_todays_icon_for_an_hour(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.text == client.get(f"{catalog().icons}docker-light.svg").text


def test_other_slugs_of_a_technology_lead_to_its_icon(client: TestClient) -> None:
    assert client.get("/icons/kafka-dark.svg").text == client.get("/icons/apache-kafka-dark.svg").text
    assert client.get("/icons/kafka-dark.svg").text != client.get("/icons/kafka-light.svg").text


def test_a_png_is_drawn_once_and_is_128_pixels_wide(client: TestClient) -> None:
    first, again = client.get("/icons/docker-dark.png"), client.get("/icons/docker-dark.png")
    assert first.headers["content-type"] == "image/png"
    assert struct.unpack(">II", first.content[16:24]) == (128, 128)
    assert first.content == again.content


@pytest.mark.parametrize(
    "name",
    ["nothing-light.svg", "sql-light.svg", "docker-light.gif", "docker", "..%2Fdocker-light.svg", "Docker.svg%00"],
)
def test_what_is_no_icon_is_not_found(client: TestClient, name: str) -> None:
    answer = client.get(f"/icons/{name}")
    assert answer.status_code == 404


def test_a_png_waits_for_the_storage_that_is_away(database: Database, tmp_path: Path) -> None:
    service = make.service(database, blobs=open_blobs(str(tmp_path / "blobs")))
    (tmp_path / "blobs").rmdir()
    (tmp_path / "blobs").write_bytes(b"no folder any more")
    answer = TestClient(Starlette(routes=icons.routes(service))).get("/icons/docker-dark.png")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
