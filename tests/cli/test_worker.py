"""`nunatak worker`: jobs of servers that do none, and what a killed worker left: done once, by the next."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from nunatak.jobs.engine import Jobs
from nunatak.services import scheduled
from tests import postgres
from tests.started import Started, prepared
from tests.sweeping import swept

DUE = "2026-05-29T20:00:00+00:00"
WITHIN = 30.0  # seconds that a killed worker's jobs may wait for a worker that is there


class Installation:
    """A server on PostgreSQL that does no jobs, and workers that come and go."""

    def __init__(self, folder: Path) -> None:
        self.url = postgres.database()
        self.server: Started = prepared(folder)
        self.server.env |= {"NUNATAK_DATABASE": self.url, "NUNATAK_JOBS": "none", "NUNATAK_WEBHOOK_PRIVATE": "1"}
        self.database = sqlalchemy.create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
        self.workers: list[subprocess.Popen[bytes]] = []

    def worker(self, jobs: str = "all") -> subprocess.Popen[bytes]:
        command = [str(self.server.folder / "bin" / "nunatak"), "worker", "--data", "data", "--jobs", jobs]
        with (self.server.folder / "worker.log").open("a") as log:
            made = subprocess.Popen(command, cwd=self.server.folder, env=self.server.env, stdout=log, stderr=log)
        self.workers.append(made)
        return made

    def statuses(self) -> dict[str, str]:
        """Of all jobs that are not planned for later, by what they are called."""
        query = "SELECT workflow_uuid, status FROM dbos.workflow_status WHERE status <> 'DELAYED'"
        with self.database.connect() as connection:
            return {str(id_): str(status) for id_, status in connection.execute(sqlalchemy.text(query))}

    def close(self) -> None:
        for process in (*self.workers, self.server.process):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    made.server.start()
    yield made
    made.close()


class Holding:
    """A receiver of webhooks that keeps its senders waiting until it is told to answer."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.answers = threading.Event()
        holding = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                holding.ids.append(str(self.headers["X-Nunatak-Delivery"]))
                holding.answers.wait(60)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                pass

            def handle_error(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign] # who was killed takes no answer
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/"


def until(true: Callable[[], Any], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_a_worker_of_a_sqlite_file_is_refused_in_words(tmp_path: Path) -> None:
    done = prepared(tmp_path).run("nunatak worker --data data")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Only PostgreSQL has workers of their own" in done.stderr


def test_a_killed_workers_jobs_are_done_once_by_the_next_and_leave_no_blob(installation: Installation) -> None:
    """A render, an import, a snapshot and a webhook are held in the middle, each by what it waits for."""
    server, holding = installation.server, Holding()
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    land = server.call("GET", f"/v1/organizations/{organization}/landscapes")["landscapes"][0]["id"]
    version = f"/v1/landscapes/{land}/versions/latest"
    diagram = server.call("GET", f"{version}/diagrams")["diagrams"][0]["id"]
    server.call("PATCH", f"/v1/landscapes/{land}", {"scheduledVersions": True})
    image = f"{version}/diagrams/{diagram}/export/image"
    objects = [{"id": f"o{n}", "name": f"Brought {n}", "type": "system", "parentId": "d"} for n in range(20)]
    domain = {"id": "d", "name": "Domain", "type": "domain"}
    with installation.database.connect() as held:
        for name in (land, "blob-names"):
            held.execute(sqlalchemy.text("SELECT pg_advisory_lock(hashtextextended(:name, 0))"), {"name": name})
        first = installation.worker()
        export = server.call("POST", image, {"maxWidth": 640})["diagramExportImage"]
        brought = server.call("POST", f"{version}/import", {"modelObjects": [domain, *objects]})["landscapeImport"]
        jobs = Jobs(database_url=installation.url, handlers={}, failures={}, concurrency={scheduled.JOB: 1})
        with installation.database.connect() as connection:
            jobs.enqueue(connection, scheduled.JOB, {"due": DUE}, job_id="the-snapshot")
        jobs.stop()
        hooks = f"/v1/organizations/{organization}/webhooks"
        hook = f"{hooks}/{server.call('POST', hooks, {'name': 'W', 'url': holding.url})['webhookSubscription']['id']}"
        server.call("POST", f"{hook}/ping")
        until(lambda: holding.ids, "the message never came")
        mine = (export["id"], brought["id"], "the-snapshot")
        until(lambda: all(installation.statuses().get(id_) == "PENDING" for id_ in mine), "not all have begun")
        time.sleep(0.5)  # and come to where they are held
        first.send_signal(signal.SIGKILL)
        first.wait()
    holding.answers.set()
    began = time.monotonic()
    installation.worker()
    until(lambda: set(installation.statuses().values()) == {"SUCCESS"}, str(installation.statuses()), WITHIN + 15)
    assert time.monotonic() - began < WITHIN + 15  # to start takes a part of it here
    swept(installation.url, server.data / "blobs")
    done = server.call("GET", f"{image}/{export['id']}")["diagramExportImage"]
    assert (done["error"], server.read(done["fileUrls"]["png"])[:4]) == (None, b"\x89PNG")
    assert server.call("GET", f"{version}/import/{brought['id']}")["landscapeImport"]["status"] == "completed"
    names = [one["name"] for one in server.call("GET", f"{version}/model/objects")["modelObjects"]]
    assert sorted(name for name in names if name.startswith("Brought")) == sorted(o["name"] for o in objects)
    versions = server.call("GET", f"/v1/landscapes/{land}/versions")["versions"]
    assert [one["name"] for one in versions if one["name"].startswith("Week")] == ["Week to 2026-05-29"]
    assert holding.ids.count(holding.ids[0]) == 2  # the receiver tells by its id that it is the same one
    assert len(holding.ids) == len(set(holding.ids)) + 1
    messages = server.call("GET", f"{hook}/deliveries")["webhookDeliveries"]
    assert {(one["status"], one["attempts"]) for one in messages} == {("delivered", 1)}
    assert holding.ids[0] in {one["id"] for one in messages}
