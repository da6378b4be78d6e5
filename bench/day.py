"""A day squeezed into minutes: reads, writes, exports and conversions at once; fails where anything has grown.

python bench/day.py [seconds]
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil
from export import diagram
from server import Running, running

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.drawings_pdf import pdf  # the benchmarks run as scripts

_SECONDS = 300.0
_WARM = 0.4  # of the time: caches, pools and the libraries' own stores fill
_MORE = {"MB": 1.1, "files": 1.1, "sockets": 1.2, "threads": 1.1, "temp": 1.0}  # times what it was after warm-up
_SPARE = {"MB": 12, "files": 12, "sockets": 8, "threads": 6, "temp": 2}


class Day:
    """Clients of a started server, each doing its own sort of work until the day is over."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.base, self.diagram, self.app = diagram(server, 20)
        self.done: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.over = threading.Event()
        organization = server.call("GET", "/v1/organizations")["organizations"][0]
        self.plant = f"/api/v1/projects/{organization['urlName']}"

    def work(self, name: str, act: Callable[[httpx.Client], None], *, pause: float) -> threading.Thread:
        """One client in a thread."""

        def run() -> None:
            token = self.server.http.headers["X-API-Key"]
            headers = {"X-API-Key": token, "Authorization": f"Bearer {token}"}
            with httpx.Client(base_url=self.server.http.base_url, headers=headers, timeout=60) as client:
                while not self.over.wait(pause):
                    try:
                        act(client)
                        self.done[name] += 1
                    except (httpx.HTTPError, AssertionError) as error:
                        self.faults[f"{name}: {type(error).__name__} {str(error)[:80]}"] += 1

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def read(self, client: httpx.Client) -> None:
        path = random.choice(["/model/objects", "/diagrams", f"/model/objects/{self.app}", "/tags", "/versions"])
        base = self.base.rpartition("/versions")[0] if path == "/versions" else self.base
        client.get(f"{base}{path}").raise_for_status()

    def write(self, client: httpx.Client) -> None:
        """Makes an object and takes it away again; the landscape stays as large as it was."""
        parent = call(client, "GET", f"{self.base}/model/objects/{self.app}")["modelObject"]["parentId"]
        body = {"name": f"Made {random.random()}", "type": "app", "parentId": parent}
        made = call(client, "POST", f"{self.base}/model/objects", json=body)["modelObject"]
        call(client, "PATCH", f"{self.base}/model/objects/{made['id']}", json={"description": "x" * 500})
        client.delete(f"{self.base}/model/objects/{made['id']}").raise_for_status()

    def export(self, client: httpx.Client) -> None:
        path = f"{self.base}/diagrams/{self.diagram}/export/image"
        record = call(client, "POST", path, json={"maxWidth": random.randrange(400, 900)})["diagramExportImage"]
        while "completedAt" not in record:
            time.sleep(0.05)
            record = call(client, "GET", f"{path}/{record['id']}")["diagramExportImage"]
        assert record["error"] is None, record["error"]

    def convert(self, client: httpx.Client) -> None:
        """A new sheet each time, and its file taken away when it is drawn."""
        made = call(client, "POST", f"{self.plant}/files", json={"name": "S", "mimeType": "application/pdf"})
        sheet = pdf(*(f"23-PT-{random.randrange(10_000, 99_999)}" for _ in range(2)))
        client.put(made["uploadUrl"], content=sheet).raise_for_status()
        path = f"{self.plant}/context/diagram/convert"
        job = call(client, "POST", path, json={"items": [{"fileId": made["id"]}]})
        while job["status"] in ("Queued", "Running"):
            time.sleep(0.1)
            job = call(client, "GET", f"{path}/{job['jobId']}")
        assert job["status"] == "Completed", job
        call(client, "POST", f"{self.plant}/files/delete", json={"items": [{"id": made["id"]}]})


def call(client: httpx.Client, method: str, path: str, **more: Any) -> Any:
    """The JSON of a call that must succeed."""
    return client.request(method, path, **more).raise_for_status().json()


def state(server: Running) -> dict[str, float]:
    """What the server's main process holds, and what lies in the folder of temporary files."""
    process = psutil.Process(server.process.pid)
    return {
        "MB": process.memory_info().rss / 1e6,
        "files": process.num_fds(),
        "sockets": len(process.net_connections(kind="inet")),
        "threads": process.num_threads(),
        "temp": len(os.listdir(tempfile.gettempdir())),
    }


def rows(server: Running) -> Counter[str]:
    """Rows by table, of what may not grow: entities of the landscape, jobs that wait, and parts of uploads."""
    with sqlite3.connect(f"file:{server.data / 'nunatak.db'}?mode=ro", uri=True) as file:
        found = {name: file.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("model_object", "file")}
        query = "SELECT count(*) FROM workflow_status WHERE status IN ('ENQUEUED', 'PENDING')"
        return Counter(found | {"open jobs": file.execute(query).fetchone()[0]})


def shown(when: str, held: dict[str, float], counted: Counter[str]) -> None:
    figures = ", ".join(f"{name} {value:.0f}" for name, value in {**held, **counted}.items())
    print(f"{when}: {figures}", flush=True)


def _lived(seconds: float) -> None:
    with running(warm=False) as server:
        day = Day(server)
        begun = rows(server)
        shown("start", state(server), begun)
        sorts = [("read", day.read, 0.02, 4), ("write", day.write, 0.05, 2), ("export", day.export, 0.2, 2)]
        sorts.append(("convert", day.convert, 0.5, 1))
        threads = [day.work(name, act, pause=pause) for name, act, pause, count in sorts for _ in range(count)]
        time.sleep(seconds * _WARM)
        warm = state(server)
        shown("warm", warm, rows(server))
        time.sleep(seconds * (1 - _WARM))
        day.over.set()
        for thread in threads:
            thread.join(60)
        time.sleep(3)  # connections that their clients closed are closed here, too
        end, left = state(server), rows(server)
        shown("end", end, left)
        print(f"done: {dict(day.done)}; faults: {dict(day.faults)}")
        grown = [name for name in end if end[name] > warm[name] * _MORE[name] + _SPARE[name]]
        grown += [name for name in left if left[name] > begun[name]]
        if grown or day.faults:
            raise SystemExit(f"grown: {', '.join(grown) or 'nothing'}; faults: {sum(day.faults.values())}")
        print("nothing has grown")


def main() -> None:
    """Prints what is held at the start, after warm-up and at the end; exit status 1 where something has grown."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    with tempfile.TemporaryDirectory() as own:  # nobody else's files are counted
        os.environ["TMPDIR"] = tempfile.tempdir = own
        _lived(seconds)


if __name__ == "__main__":
    main()
