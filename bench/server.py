"""A started server for the benchmarks: `nunatak serve` in a folder of its own, ended afterwards."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx


@dataclass(frozen=True)
class Running:
    """A server's process, address and administrator's client."""

    process: subprocess.Popen[bytes]
    data: Path
    http: httpx.Client
    seconds: float

    def call(self, method: str, path: str, **more: Any) -> Any:
        """The JSON of a call that must succeed."""
        answer = self.http.request(method, path, **more)
        answer.raise_for_status()
        return answer.json()

    def landscape(self, name: str) -> tuple[str, str]:
        """A new landscape: the path of its live version, and its root's id."""
        organization = self.call("GET", "/v1/organizations")["organizations"][0]["id"]
        made = self.call("POST", f"/v1/organizations/{organization}/landscapes", json={"name": name})
        base = f"/v1/landscapes/{made['landscape']['id']}/versions/latest"
        root = self.call("GET", f"{base}/model/objects?filter[type]=root")["modelObjects"][0]["id"]
        return base, root


@contextmanager
def running(*, warm: bool = True) -> Iterator[Running]:
    """A server with its sample made; `seconds` is how long it took to answer /readyz, on a second start if `warm`."""
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        port = _free_port()
        if warm:
            process, _ = _start(data, port)
            _wait_for(data / "sample.png")
            _end(process)
        process, seconds = _start(data, port)
        _wait_for(data / "sample.png")
        key = (data / "admin-api-key").read_text().strip()
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"X-API-Key": key}, timeout=300)
        try:
            yield Running(process, data, client, seconds)
        finally:
            _end(process)


def _start(data: Path, port: int) -> tuple[subprocess.Popen[bytes], float]:
    command = [sys.executable, "-m", "nunatak", "serve", "--port", str(port), "--data", str(data)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    while time.perf_counter() - began < 60:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return process, time.perf_counter() - began
        except httpx.TransportError:
            time.sleep(0.01)
    raise SystemExit("the server did not become ready")


def _wait_for(path: Path) -> None:
    if os.environ.get("NUNATAK_JOBS") == "none":
        return  # nobody draws it
    end = time.monotonic() + 30
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.2)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def median(values: list[float]) -> float:
    """The middle value."""
    return sorted(values)[len(values) // 2]
