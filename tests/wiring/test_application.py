"""The server as one app, and who has to load it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nunatak.settings import Settings
from nunatak.wiring import build
from nunatak.wiring.application import application


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    program = build(Settings(data=tmp_path / "data", jobs="none"))
    yield TestClient(application(program))
    program.service.database.close()


def test_people_get_a_page_at_the_front_and_programs_the_apis_document(client: TestClient) -> None:
    page = client.get("/", headers={"Accept": "text/html,*/*"})
    assert page.headers["content-type"].startswith("text/html")
    assert client.get("/").json()["openapi"].startswith("3.")


def test_each_face_has_its_paths_and_what_is_nobodys_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/organizations").json()["code"] == "auth/authorization-missing"
    assert client.get("/api/v1/token/inspect").json()["error"]["code"] == 401
    nobodys = client.get("/nothing")
    assert (nobodys.status_code, nobodys.json()) == (404, {"message": "Path not found"})


def test_a_command_that_serves_nobody_loads_no_faces() -> None:
    code = "import sys, nunatak.cli.operate; print([name for name in sys.modules if name.startswith('nunatak.api')])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"
