"""A started server: the real command in a folder of its own, and what runs beside it."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PRINTED_ADDRESS = "http://127.0.0.1:8400"


@dataclass
class Started:
    """A server working on `folder`/data; `start` it again after `stop` or `kill`."""

    folder: Path
    port: int
    env: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def key(self) -> str:
        return (self.data / "admin-api-key").read_text().strip()

    @property
    def printed(self) -> str:
        return (self.folder / "log").read_text()

    def start(self) -> None:
        with (self.folder / "log").open("w") as log:
            command = [str(self.folder / "bin" / "nunatak"), "serve", "--port", str(self.port), "--data", "data"]
            self.process = subprocess.Popen(command, cwd=self.folder, env=self.env, stdout=log, stderr=log)
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        pytest.fail(f"the server did not get ready:\n{self.printed[-3000:]}")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Sends the signal and waits; gives the exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=40)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON that the API answers; raises urllib's HTTPError for a refusal."""
        url = path if path.startswith("http") else f"{self.address}{path}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data=data, method=method, headers={"X-API-Key": self.key})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def read(self, url: str) -> bytes:
        """What lies behind an address, without a key."""
        with urllib.request.urlopen(url, timeout=60) as answer:
            return bytes(answer.read())

    def finished(self, path: str, record: Any, seconds: float = 60) -> Any:
        """An export's record once it has ended."""
        end = time.monotonic() + seconds
        while "completedAt" not in record and time.monotonic() < end:
            time.sleep(0.02)
            record = self.call("GET", f"{path}/{record['id']}")["diagramExportImage"]
        assert "completedAt" in record, record
        return record

    def wait_for(self, pattern: str, seconds: float = 30) -> re.Match[str]:
        """The first match in what the server prints."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := re.search(pattern, self.printed):
                return found
            time.sleep(0.05)
        pytest.fail(f"never printed: {pattern}\n{self.printed[-3000:]}")

    def run(self, text: str) -> subprocess.CompletedProcess[str]:
        """A shell script run beside the data, with the printed address made this server's."""
        script = text.replace(PRINTED_ADDRESS, self.address)
        bash = ["bash", "-eu", "-o", "pipefail", "-c", script]
        return subprocess.run(
            bash, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=120, check=False
        )


def prepared(folder: Path) -> Started:
    """A server that is not started yet, with a `nunatak` command of this checkout and no setting of the caller's."""
    command = folder / "bin" / "nunatak"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from nunatak.cli.app import main; main()" "$@"\n')
    command.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NUNATAK_")}
    path = os.pathsep.join((str(command.parent), str(Path(sys.executable).parent), os.environ["PATH"]))
    return Started(folder, _free_port(), kept | {"PATH": path, "PYTHONPATH": str(ROOT / "src")})


def _free_port() -> int:
    """One below those that a system gives to connections: a browser's would take it while the server is restarted."""
    while True:
        port = random.SystemRandom().randrange(15_000, 32_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
