"""`nunatak worker`: a process that does jobs and serves nothing."""

from __future__ import annotations

import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import structlog

from nunatak.cli import logs
from nunatak.core.errors import Invalid, Refusal
from nunatak.settings import Settings
from nunatak.wiring import Program, build
from nunatak.wiring.works import KINDS_OF_JOBS


def _answering(program: Program) -> ThreadingHTTPServer:
    """Answers whether the worker lives and works, and what it has counted."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = _told(program, self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Who looks after workers asks every few seconds: no line for that."""

    host = "127.0.0.1" if program.settings.metrics == "local" else program.settings.host
    return ThreadingHTTPServer((host, program.settings.worker_port), Handler)


def _told(program: Program, path: str) -> tuple[int, bytes]:
    try:
        if path == "/readyz":
            program.check()
        elif path == "/metrics" and program.settings.metrics != "off":
            return 200, program.service.meters.text()
        elif path != "/healthz":
            return 404, b"not found"
    except Refusal as refusal:
        return 503, refusal.message.encode()
    return 200, b"ok"


def run(settings: Settings) -> None:
    """Works until SIGINT or SIGTERM, then ends the jobs in hand. Raises Invalid for a SQLite file, which belongs to its
    server."""
    began = time.monotonic()
    if settings.is_sqlite:
        expected = "NUNATAK_DATABASE: expected postgresql+psycopg://…; a SQLite file belongs to its server"
        raise Invalid("Only PostgreSQL has workers of their own", (expected,))
    logs.configure(settings.log_format)
    program = build(settings)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    program.start()
    if settings.worker_port:
        threading.Thread(target=_answering(program).serve_forever, daemon=True).start()
    done = ",".join(settings.works(KINDS_OF_JOBS))
    structlog.get_logger("nunatak").info("working", jobs=done, seconds=round(time.monotonic() - began, 2))
    try:
        stop.wait()
    finally:
        program.stop()
