"""How much memory a server takes for one job over many drawings: the server itself, and all its workers together.

    python bench/drawings_memory.py [FILES [PAGES]]

A server of its own converts FILES (50) PDFs of PAGES (20) pages in one pass with detection. Every half second the
resident memory of the server and of its worker processes is looked at. Prints the server's memory when the first tenth
of the files was done and at the end (its growth should be near nothing), and the workers' highest sum (below 1 GB).
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil

from tests.drawings_pdf import pdf
from tests.started import Started, prepared

_EVERY = 0.5  # seconds between looks
_LINES = 120  # texts on a page


class Watch(threading.Thread):
    """Notes the resident megabytes of a server and of its children until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._server = psutil.Process(pid)
        self.seen: list[tuple[float, float]] = []
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            children = sum(map(_megabytes, self._server.children(recursive=True)))
            self.seen.append((_megabytes(self._server), children))


def _megabytes(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def main(files: int = 50, pages: int = 20) -> None:
    """Starts a server, converts, and prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        server = prepared(Path(folder))
        server.start()
        assert server.process is not None
        watch = Watch(server.process.pid)
        watch.start()
        began = time.monotonic()
        early = len(watch.seen)
        try:
            done, early = _converted(server, watch, files, pages)
        finally:
            watch.ended.set()
            server.end()
    own, workers = [one for one, _ in watch.seen], [one for _, one in watch.seen]
    first = max(own[: max(early, 1)])
    print(f"{files} files of {pages} pages, {done} pages drawn in {time.monotonic() - began:.0f} s")
    print(f"server:  {first:.0f} MB after a tenth, {max(own):.0f} MB at most, ratio {max(own) / first:.2f}")
    print(f"workers: {max(workers):.0f} MB at most together, ratio to 1,024 MB {max(workers) / 1024:.2f}")


def _converted(server: Started, watch: Watch, files: int, pages: int) -> tuple[int, int]:
    """How many pages were drawn, and how many looks were taken when a tenth of the files was done."""
    items = [{"fileId": _uploaded(server, number, pages)} for number in range(files)]
    entities = [{"name": f"23-PT-{number:05}"} for number in range(files * pages)]
    job = _sent(server, "/context/diagram/convert", {"items": items, "entities": entities})
    early = 0
    while job["status"] in ("Queued", "Running"):
        job = _sent(server, f"/context/diagram/convert/{job['jobId']}")
        if not early and job["statusCount"]["completed"] >= files / 10:
            early = len(watch.seen)
    assert job["status"] == "Completed", job["errorMessage"]
    return sum(len(one["results"]) for one in job["items"]), early


def _uploaded(server: Started, number: int, pages: int) -> int:
    made = _sent(server, "/files", {"name": f"{number}.pdf"})
    texts = [_page(number * pages + page) for page in range(pages)]
    request = urllib.request.Request(made["uploadUrl"], data=pdf(*texts, width=2400, height=1700), method="PUT")
    with urllib.request.urlopen(request, timeout=60):
        return int(made["id"])


def _page(number: int) -> str:
    """Texts of a page, other ones on each, or its content would be known already."""
    return "\n".join([f"23-PT-{number:05}", *(f"23-XX-{number * _LINES + line:06}" for line in range(50))])


def _sent(server: Started, path: str, body: Any = None) -> Any:
    url = f"{server.address}/api/v1/projects/default{path}"
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url, data=data, headers=headers), timeout=60) as answer:
        return json.loads(answer.read())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
