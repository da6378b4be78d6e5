"""Pictures a second of two servers with one worker and with two, on one PostgreSQL: what a second worker brings.

python bench/fleet.py postgresql+psycopg://…

The database must be empty. Servers, workers, database and this program share the machine's cores, and each worker draws
one picture at a time: with two cores, two workers can't bring more than what the servers leave of them.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from export import diagram
from server import Running, median, running

_EXPORTS = 60
_ROUNDS = 3
_ONE_AT_A_TIME = {"NUNATAK_RENDER_WORKERS": "1", "NUNATAK_CONCURRENCY": "render-image=1"}


@contextmanager
def workers(data: Path, count: int) -> Iterator[None]:
    """So many worker processes, started and ready."""
    command = [sys.executable, "-m", "nunatak", "worker", "--data", str(data), "--jobs", "render-image"]
    started = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=dict(os.environ), text=True)
        for _ in range(count)
    ]
    for process in started:
        assert process.stderr is not None
        next(line for line in process.stderr if "working" in line)
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.communicate(timeout=60)


def rate(server: Running, path: str, widths: Iterator[int]) -> float:
    """Exports a second, none drawn before, from the first POST until the last is there."""
    bodies = [{"maxWidth": next(widths)} for _ in range(_EXPORTS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda body: server.call("POST", path, json=body), bodies))
    for one in made:
        address = f"{path}/{one['diagramExportImage']['id']}"
        while "completedAt" not in (record := server.call("GET", address)["diagramExportImage"]):
            time.sleep(0.02)
        assert record["error"] is None, record
    return _EXPORTS / (time.perf_counter() - began)


def main() -> None:
    """Prints the median of each, turn by turn in one run, and their ratio."""
    os.environ |= {"NUNATAK_DATABASE": sys.argv[1], "NUNATAK_WORKERS": "2", "NUNATAK_JOBS": "none"} | _ONE_AT_A_TIME
    with running(warm=False) as server:
        base, id_, _ = diagram(server, 50)
        path, widths = f"{base}/diagrams/{id_}/export/image", itertools.count(1000)
        rates: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(_ROUNDS):
            for count, found in rates.items():
                with workers(server.data, count):
                    rate(server, path, widths)  # each process imports and fills its caches first
                    found.append(rate(server, path, widths))
        one, two = median(rates[1]), median(rates[2])
        print(f"one worker {one:.1f} exports/s, two {two:.1f}/s: {two / one:.2f} times")


if __name__ == "__main__":
    main()
