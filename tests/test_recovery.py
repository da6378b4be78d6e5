"""What a server answers while its database or its files are away, and that it recovers by itself."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests import postgres
from tests.started import Started, prepared

AWAY = 20.0  # seconds


class Answer:
    """A status with its headers and body, whatever the status."""

    def __init__(self, server: Started, method: str, path: str, body: Any = None) -> None:
        data = None if body is None else json.dumps(body).encode()
        headers = {"X-API-Key": server.key}
        request = urllib.request.Request(f"{server.address}{path}", data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            self.status, self.headers, self.body = refused.code, refused.headers, refused.read()

    @property
    def is_away(self) -> bool:
        """Whether it is a 503 that says when to come again."""
        return self.status == 503 and int(self.headers.get("Retry-After", "0")) > 0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Started]:
    made = prepared(tmp_path)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end()


def diagram_path(server: Started) -> str:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    land = server.call("GET", f"/v1/organizations/{organization}/landscapes")["landscapes"][0]["id"]
    version = f"/v1/landscapes/{land}/versions/latest"
    return f"{version}/diagrams/{server.call('GET', f'{version}/diagrams')['diagrams'][0]['id']}"


def until(true: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.2)


def test_while_postgresql_is_away_the_server_says_so_and_goes_on_when_it_is_back(
    server: Started, tmp_path: Path
) -> None:
    with postgres.private() as cluster:
        server.env |= {"NUNATAK_DATABASE": cluster.url}
        server.start()
        path = diagram_path(server)
        cluster.stop()
        end = time.monotonic() + AWAY
        while time.monotonic() < end:
            assert Answer(server, "GET", path).is_away
            assert Answer(server, "PATCH", path, {"name": "no"}).is_away
            assert Answer(server, "GET", "/readyz").is_away
            assert Answer(server, "GET", "/healthz").status == 200
            time.sleep(2)
        cluster.start()
        until(lambda: Answer(server, "GET", "/readyz").status == 200)
        assert Answer(server, "PATCH", path, {"name": "Back"}).status == 200
        record = server.call("POST", f"{path}/export/image", {})["diagramExportImage"]
        assert server.finished(f"{path}/export/image", record)["error"] is None
        assert server.end() == 0


def test_while_the_files_are_away_exports_wait_and_the_rest_goes_on(server: Started) -> None:
    server.start()
    path = diagram_path(server)
    done = server.finished(
        path + "/export/image", server.call("POST", f"{path}/export/image", {})["diagramExportImage"]
    )
    address = done["fileUrls"]["png"].removeprefix(server.address)
    folder, aside = server.data / "blobs", server.data / "aside"
    folder.rename(aside)
    folder.write_text("no folder")
    record = server.call("POST", f"{path}/export/image", {"maxWidth": 333})["diagramExportImage"]
    end = time.monotonic() + AWAY / 4
    while time.monotonic() < end:
        assert Answer(server, "GET", "/readyz").is_away
        assert Answer(server, "GET", address).is_away
        assert Answer(server, "GET", path).status == 200
        time.sleep(1)
    folder.unlink()
    aside.rename(folder)
    until(lambda: Answer(server, "GET", "/readyz").status == 200)
    assert Answer(server, "GET", address).status == 200
    assert server.finished(f"{path}/export/image", record)["error"] is None


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root can make a disk that is small")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_while_the_disk_is_full_writes_are_put_off_and_reads_go_on(server: Started, small: Path) -> None:
    (server.folder / "data").symlink_to(small)
    server.start()
    path = diagram_path(server)
    ballast = small / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    long = {"description": "x" * 50_000}
    until(lambda: Answer(server, "PATCH", path, long).is_away)
    assert Answer(server, "GET", path).status == 200
    assert Answer(server, "GET", "/readyz").is_away
    ballast.unlink()
    until(lambda: Answer(server, "PATCH", path, long).status == 200)
    until(lambda: Answer(server, "GET", "/readyz").status == 200)
    assert json.loads(Answer(server, "GET", path).body)["diagram"]["description"] == long["description"]
    record = server.call("POST", f"{path}/export/image", {"maxWidth": 222})["diagramExportImage"]
    assert server.finished(f"{path}/export/image", record)["error"] is None


def answered(server: Started, path: str) -> bool:
    """Whether a read succeeds; a line to a process that has just died is refused."""
    try:
        return Answer(server, "GET", path).status == 200
    except OSError:
        return False


def test_several_processes_serve_one_address_and_one_that_dies_comes_back(server: Started) -> None:
    server.env |= {"NUNATAK_DATABASE": postgres.database(), "NUNATAK_WORKERS": "2"}
    server.start()
    assert server.process is not None
    parent = psutil.Process(server.process.pid)
    until(lambda: len(parent.children()) == 2)
    path = diagram_path(server)
    first, second = parent.children()
    first.kill()
    until(lambda: len(parent.children()) == 2 and first.pid not in {child.pid for child in parent.children()})
    until(lambda: all(answered(server, path) for _ in range(20)))
    counted = rb'requests_total\{operation="diagrams.get",status="200"\} (\S+)'
    told = re.search(counted, Answer(server, "GET", "/metrics").body)
    assert told is not None
    assert float(told.group(1)) >= 20  # whichever process was asked
    assert server.end() == 0
    psutil.wait_procs([second], 10)
    assert not second.is_running()


def test_a_sqlite_file_is_served_by_one_process(server: Started) -> None:
    done = server.run("nunatak serve --port 0 --data data --workers 2")
    assert done.returncode == 1
    assert "NUNATAK_WORKERS: expected 1, for a SQLite file belongs to one process, got 2" in done.stderr
