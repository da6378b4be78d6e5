"""Small reads and exports under load, on SQLite and, given its address, on PostgreSQL.

python bench/load.py [postgresql+psycopg://… postgresql+psycopg://…]

Each address is of an empty database, for a first start makes the key. One process serves the first, two the second.
Needs wrk (Debian: apt-get install wrk), whose CPU comes out of the same cores. The server's CPU a request says the same
on a busy machine and on an idle one; rates and waits don't.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psutil
from export import diagram
from server import Running, running

_SECONDS = 8
_CLIENTS = 16
_EXPORTS = 60


@dataclass(frozen=True)
class Reads:
    """What a burst of reads came to: a second, milliseconds of the slowest hundredth, and CPU in microseconds each."""

    rate: float
    p99: float
    cpu: float


def spent(process: psutil.Process) -> float:
    """Seconds of CPU of a server and of what it has started."""
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))


def reads(server: Running, path: str, *, clients: int, seconds: int = _SECONDS) -> Reads:
    """GETs of one small thing, as fast as so many clients can ask."""
    process = psutil.Process(server.process.pid)
    key = f"X-API-Key: {server.http.headers['X-API-Key']}"
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "-H", key, f"{server.http.base_url}{path}"]
    before = spent(process)
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = spent(process) - before
    assert "Non-2xx" not in told, told
    count = int(re.search(r"(\d+) requests in", told)[1])  # type: ignore[index]
    figure, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()  # type: ignore[union-attr]
    return Reads(count / seconds, float(figure) * {"us": 0.001, "ms": 1, "s": 1000}[unit], used / count * 1e6)


def exports(server: Running) -> tuple[float, float]:
    """Pictures of 50 objects a second, none drawn before, from the first POST to the last record that ended; and
    milliseconds of CPU each, of the server and of the processes that draw."""
    process = psutil.Process(server.process.pid)
    base, id_, _ = diagram(server, 50)
    path = f"{base}/diagrams/{id_}/export/image"
    before, began = spent(process), time.perf_counter()
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda n: server.call("POST", path, json={"maxWidth": 1000 + n}), range(_EXPORTS)))
    left = [one["diagramExportImage"]["id"] for one in made]
    while left:
        record = server.call("GET", f"{path}/{left[0]}")["diagramExportImage"]
        if "completedAt" not in record:
            time.sleep(0.02)
            continue
        assert record["error"] is None, record
        left.pop(0)
    return _EXPORTS / (time.perf_counter() - began), (spent(process) - before) / _EXPORTS * 1000


def measured(name: str) -> None:
    """Prints the figures of one engine."""
    with running(warm=False) as server:
        base, root = server.landscape("Load")
        path = f"{base}/model/objects/{root}"
        reads(server, path, clients=_CLIENTS, seconds=2)
        full, half = reads(server, path, clients=_CLIENTS), reads(server, path, clients=2)
        print(
            f"{name}: {full.rate:,.0f} small GETs/s, {full.cpu:.0f} us of the server's CPU each, p99 {full.p99:.0f} ms"
        )
        print(f"{name}: with 2 clients {half.rate:,.0f}/s, p99 {half.p99:.0f} ms")
        rate, cpu = exports(server)
        print(f"{name}: {rate:.1f} exports of 50 objects a second, {cpu:.0f} ms of CPU each")


def main() -> None:
    """SQLite, then PostgreSQL with one process and with two, where addresses are given."""
    measured("SQLite")
    for processes, address in enumerate(sys.argv[1:3], 1):
        os.environ |= {"NUNATAK_DATABASE": address, "NUNATAK_WORKERS": str(processes)}
        measured(f"PostgreSQL, {processes} process{'es' * (processes > 1)}")


if __name__ == "__main__":
    main()
