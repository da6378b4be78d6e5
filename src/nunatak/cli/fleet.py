"""`nunatak serve --workers N`: several processes that serve at one address, and the one that looks after them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from urllib.error import URLError
from urllib.request import urlopen

import structlog

from nunatak.cli import logs, welcome
from nunatak.cli.serve import first_start, free_port, unused
from nunatak.core.errors import Invalid
from nunatak.services.setup import FirstStart
from nunatak.settings import Settings
from nunatak.wiring import build

_PR_SET_PDEATHSIG = 1
_PAUSE = 1.0  # seconds before a process that ended is started again
_READY_SECONDS = 60.0
_log = structlog.get_logger("nunatak")


def run(settings: Settings) -> None:
    """Serves with as many processes as the settings say until SIGINT or SIGTERM; one that ends is started again. Raises
    Invalid where the database is SQLite, and Busy when the port is taken."""
    if settings.is_sqlite or settings.workers < 1:
        expected = (
            "expected 1, for a SQLite file belongs to one process" if settings.is_sqlite else "expected 1 or more"
        )
        raise Invalid("So many processes can't serve", (f"NUNATAK_WORKERS: {expected}, got {settings.workers}",))
    unused(settings.host, settings.port)
    logs.configure(settings.log_format)
    program = build(settings)
    first = first_start(program)
    program.stop()
    port = settings.port or free_port(settings.host)
    Fleet(replace(settings, port=port)).serve(first)


class Fleet:
    """The processes: started, started again when they end, and ended together."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._members: list[subprocess.Popen[bytes]] = []
        self._stopping = threading.Event()
        self._counts = tempfile.TemporaryDirectory(prefix="nunatak-metrics-")  # what the members have counted

    def serve(self, first: FirstStart | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stopping.set())
        self._members = [self._started() for _ in range(self._settings.workers)]
        threading.Thread(target=self._welcome, args=(first,), daemon=True).start()
        while not self._stopping.wait(_PAUSE):
            self._replace()
        for member in self._members:
            member.terminate()
        for member in self._members:
            member.wait()
        self._counts.cleanup()

    def _replace(self) -> None:
        for at, member in enumerate(self._members):
            if member.poll() is not None:
                _log.error("a serving process ended and is started again", status=member.returncode)
                self._members[at] = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "nunatak", "serve", "--member"]
        env = os.environ | self._settings.environment() | {"NUNATAK_WORKERS": "1"}
        env["PROMETHEUS_MULTIPROC_DIR"] = self._counts.name
        # Ctrl-C reaches the whole group, and a member must not outlive who starts and ends it.
        return subprocess.Popen(command, env=env, start_new_session=True, preexec_fn=_end_with_parent)

    def _welcome(self, first: FirstStart | None) -> None:
        host = "127.0.0.1" if self._settings.host in ("0.0.0.0", "::") else self._settings.host
        address = f"http://{host}:{self._settings.port}"
        for _ in range(int(_READY_SECONDS / 0.1)):
            with suppress(URLError, OSError), urlopen(f"{address}/readyz", timeout=5):
                _log.info("ready", address=address, processes=self._settings.workers)
                welcome.say(self._settings, address, first, address)
                return
            if self._stopping.wait(0.1):
                return


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
