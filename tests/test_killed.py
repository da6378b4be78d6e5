"""What kill -9 leaves: a conversion of drawings is done once by who comes next, and what was answered 200 is there."""

from __future__ import annotations

import http.client
import json
import signal
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from tests import postgres
from tests.drawings_pdf import pdf
from tests.started import Started, prepared
from tests.sweeping import swept

PAGES = 12
WITHIN = 30.0  # seconds until a job of a killed process is done, once a process is there
WRITERS = 6


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Started]:
    made = prepared(tmp_path)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end()


def until(true: Callable[[], Any], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


class Plant:
    """The drawings' API of a started server."""

    def __init__(self, server: Started) -> None:
        self.server = server
        organization = server.call("GET", "/v1/organizations")["organizations"][0]
        self.base = f"{server.address}/api/v1/projects/{organization['urlName']}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        url = path if path.startswith("http") else f"{self.base}{path}"
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.server.key}", "Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=60) as answer:
            found = answer.read()
        return json.loads(found) if found else None

    def uploaded(self, content: bytes) -> int:
        made = self.call("POST", "/files", {"name": "Sheets", "mimeType": "application/pdf"})
        self.call("PUT", made["uploadUrl"], content)
        return int(made["id"])


def test_a_conversion_whose_process_was_killed_is_done_once_and_leaves_no_blob(server: Started) -> None:
    url = postgres.database()
    server.env |= {"NUNATAK_DATABASE": url}
    server.start()
    plant = Plant(server)
    sheets = pdf(*(f"23-PT-{92500 + n}" for n in range(PAGES)))
    body = {"items": [{"fileId": plant.uploaded(sheets)}]}
    job = plant.call("POST", "/context/diagram/convert", body)
    path = f"/context/diagram/convert/{job['jobId']}"
    database = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    until(lambda: states(database) == ["PENDING"])  # taken up; a GET would be held open until it is done
    assert server.process is not None
    server.end(signal.SIGKILL)
    server.start()
    until(lambda: plant.call("GET", path)["status"] not in ("Queued", "Running"), WITHIN)
    done = plant.call("GET", path)
    assert (done["status"], done["errorMessage"]) == ("Completed", None)
    (item,) = done["items"]
    assert [one["page"] for one in item["results"]] == list(range(1, PAGES + 1))
    assert states(database) == ["SUCCESS"]
    blobs = server.data / "blobs"
    swept(url, blobs)
    assert [path.name for path in (blobs / "drawing-jobs").iterdir() if any(path.iterdir())] == [str(job["jobId"])]
    assert len([path for path in (blobs / "contents").rglob("*") if path.is_file()]) == 1
    assert b"<svg" in urllib.request.urlopen(item["results"][0]["svgUrl"], timeout=60).read()


def states(database: sqlalchemy.Engine) -> list[str]:
    """How far the engine is with each conversion."""
    query = "SELECT status FROM dbos.workflow_status WHERE queue_name = 'convert-drawing'"
    with database.connect() as line:
        return list(line.execute(sqlalchemy.text(query)).scalars())


def test_what_was_answered_before_a_kill_in_a_burst_is_there_and_the_rest_is_whole_or_absent(server: Started) -> None:
    server.start()
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    land = server.call("GET", f"/v1/organizations/{organization}/landscapes")["landscapes"][0]["id"]
    objects = f"/v1/landscapes/{land}/versions/latest/model/objects"
    root = server.call("GET", f"{objects}?filter[type]=root")["modelObjects"][0]["id"]
    parent = server.call("POST", objects, {"name": "Parent", "type": "system", "parentId": root})["modelObject"]["id"]
    sent, answered = set[str](), set[str]()

    def write(number: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        with suppress(OSError, http.client.HTTPException):
            for turn in range(10_000):
                name = f"By {number}, {turn}"
                sent.add(name)
                body = json.dumps({"name": name, "type": "app", "parentId": parent})
                line.request("POST", objects, body, {"X-API-Key": key})
                answer = line.getresponse()
                answer.read()
                if answer.status == 200:
                    answered.add(name)

    key = server.key
    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    until(lambda: len(answered) >= 25)
    server.end(signal.SIGKILL)
    for thread in threads:
        thread.join()
    server.start()
    found = server.call("GET", objects)["modelObjects"]
    there = {one["name"]: one for one in found if one["parentId"] == parent}
    assert answered <= there.keys() <= sent
    children = next(one["childIds"] for one in found if one["id"] == parent)
    assert sorted(children) == sorted(one["id"] for one in there.values())
    log = server.call("GET", f"/v1/landscapes/{land}/action-logs?limit=1000")["actionLogs"]
    told = {one["action"]["id"] for one in log if one["action"]["type"] == "model-object-create"}
    assert {one["id"] for one in there.values()} <= told
