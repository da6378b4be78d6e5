"""`nunatak serve`: the server, from the first start to the last request."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.resources import files
from pathlib import Path

import structlog
from granian.constants import Interfaces
from granian.server.embed import Server

from nunatak.cli import logs, welcome
from nunatak.core.errors import Busy, Invalid
from nunatak.exchange import native
from nunatak.jobs.memory import give_back, keep_freed
from nunatak.services import setup
from nunatak.services.setup import FirstStart
from nunatak.settings import Settings
from nunatak.wiring import Program, build
from nunatak.wiring.application import application
from nunatak.wiring.secret import write_private

_LISTEN_SECONDS = 30.0
_KEPT_MB = 64


def run(settings: Settings, *, member: bool = False) -> None:
    """Serves until SIGINT or SIGTERM, then ends the request and the job in hand; a `member` shares its port with the
    others of its fleet. Raises Busy when the data folder of a SQLite file has a server already."""
    began = time.monotonic()
    folder(settings.data)
    with alone(settings.data / "lock") if settings.is_sqlite else nullcontext():
        if not member:
            unused(settings.host, settings.port)
        logs.configure(settings.log_format)  # only now: what is refused is told, not logged
        keep_freed(_KEPT_MB)
        program = build(settings)
        first = first_start(program)
        program.start()
        try:
            asyncio.run(_serve(program, first, began, member=member))
        finally:
            program.stop()


def folder(path: Path) -> None:
    """Makes the data folder where there is none. Raises Invalid where there can be none."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        expected = f"--data: expected a folder, or where one can be made: {error.strerror}"
        raise Invalid(f"The data folder can't be {path}", (expected,)) from None


def first_start(program: Program) -> FirstStart | None:
    sample = native.read(files("nunatak.exchange").joinpath("sample.json").read_bytes())
    first = setup.begin(program.service, sample)
    if first is not None:
        write_private(program.settings.data / "admin-api-key", first.credentials)
    return first


async def _serve(program: Program, first: FirstStart | None, began: float, *, member: bool) -> None:
    settings = program.settings
    port = settings.port or free_port(settings.host)
    app = application(program)
    server = Server(
        app,
        address=settings.host,
        port=port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        websockets=False,
    )
    loop = asyncio.get_running_loop()

    def end() -> None:
        """Answers those who wait for something to end, and takes nobody in any more."""
        program.leaving.set()
        server.stop()  # type: ignore[no-untyped-call]

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    serving = asyncio.create_task(server.serve())
    await _listening(settings.host, port, serving)
    address = f"http://{'127.0.0.1' if settings.host in ('0.0.0.0', '::') else settings.host}:{port}"
    structlog.get_logger("nunatak").info("ready", address=address, seconds=round(time.monotonic() - began, 2))
    entry = f"{address}/#ticket={_ticket(program, first)}" if first else address
    give_back()
    if not member:
        threading.Thread(target=welcome.say, args=(settings, address, first, entry), daemon=True).start()
    await serving


def _ticket(program: Program, first: FirstStart) -> str:
    """Lets the browser of whoever started the server in, once; behind the # it stays out of logs."""
    return program.tickets.issue(first.credentials.partition(":")[0], program.service.clock())


async def _listening(host: str, port: int, serving: asyncio.Task[None]) -> None:
    """Waits until the port answers; raises Busy when the server gave up."""
    end = time.monotonic() + _LISTEN_SECONDS
    while time.monotonic() < end and not serving.done():
        try:
            _, writer = await asyncio.open_connection("127.0.0.1" if host == "0.0.0.0" else host, port)
        except OSError:
            await asyncio.sleep(0.01)
            continue
        writer.close()
        return
    if serving.done() and (error := serving.exception()):
        raise Busy(f"The server can't listen on {host}:{port}: {error}")
    raise Busy(f"The server can't listen on {host}:{port}")


def unused(host: str, port: int) -> None:
    """Raises Busy when the port is taken: the server would share it, and each of the two get half of the requests."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that have just ended don't count
        try:
            probe.bind((host, port))
        except OSError as error:
            option = "--port" if error.errno in (errno.EADDRINUSE, errno.EACCES) else "--host"
            raise Busy(f"The server can't listen on {host}:{port}: {error.strerror}; give another {option}") from None


def free_port(host: str) -> int:
    with socket.socket() as found:
        found.bind((host, 0))
        return int(found.getsockname()[1])


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One server a data folder: two would take each other's jobs."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy(f"A server is already working on {path.parent}; stop it first, or give another --data") from None
        yield
