"""`nunatak worker`: a process that does jobs and serves nothing."""

from __future__ import annotations

import signal
import threading
import time

import structlog

from nunatak.cli import logs
from nunatak.core.errors import Invalid
from nunatak.settings import Settings
from nunatak.wiring import KINDS_OF_JOBS, build


def run(settings: Settings) -> None:
    """Works until SIGINT or SIGTERM, then ends the jobs in hand. Raises Invalid for a SQLite file, which belongs to its
    server."""
    began = time.monotonic()
    logs.configure(settings.log_format)
    if settings.is_sqlite:
        expected = "NUNATAK_DATABASE: expected postgresql+psycopg://…; a SQLite file belongs to its server"
        raise Invalid("Only PostgreSQL has workers of their own", (expected,))
    program = build(settings)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    program.start()
    done = ",".join(settings.works(KINDS_OF_JOBS))
    structlog.get_logger("nunatak").info("working", jobs=done, seconds=round(time.monotonic() - began, 2))
    try:
        stop.wait()
    finally:
        program.stop()
