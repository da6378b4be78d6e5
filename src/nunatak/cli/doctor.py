"""`nunatak doctor`: looks at an installation and says what is wrong with it."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from nunatak import __version__
from nunatak.core.errors import Refusal
from nunatak.render.draw import draw
from nunatak.render.picture import Picture, Thing
from nunatak.settings import Settings
from nunatak.store.database import Database
from nunatak.store.migrations import revision
from nunatak.wiring import now

_SAMPLE = Picture(id="doctor", name="Doctor", things=[Thing(id="a", model_id="a", type="app", x=0, y=0, name="A")])


def run(settings: Settings) -> None:
    """Prints a line a check; raises SystemExit(1) when one of them failed."""
    failed = 0
    print(f"nunatak {__version__}, Python {sys.version.split()[0]}, data in {settings.data.absolute()}")
    for name, check in _checks(settings):
        try:
            print(f"  ok    {name}: {check()}")
        except (Refusal, OSError) as error:
            failed += 1
            print(f"  WRONG {name}: {error}")
    if failed:
        raise SystemExit(1)


def _checks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "drawing", _drawing
    yield "data folder", lambda: _private(settings.data, "run `nunatak serve` once")
    for name in ("secret", "admin-api-key"):
        if (settings.data / name).exists():
            yield name, lambda name=name: _private(settings.data / name, "")  # type: ignore[misc]
    yield "database", lambda: _database(settings)
    yield "listening", lambda: _listening(settings)


def _drawing() -> str:
    files = draw(msgspec.json.encode(_SAMPLE))
    return f"a box is {len(files.svg):,} bytes of SVG and {len(files.png):,} bytes of PNG"


def _private(path: Path, hint: str) -> str:
    if not path.exists():
        raise OSError(f"{path} is not there; {hint}")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o007:
        raise OSError(f"{path} can be read by everybody (mode {mode:04o}): chmod o-rwx {path}")
    return f"{path} has mode {mode:04o}"


def _database(settings: Settings) -> str:
    database = Database(settings.database_url, clock=now)
    try:
        database.check()
        return f"{'SQLite' if database.is_sqlite else 'PostgreSQL'} answers, schema {revision(database) or 'empty'}"
    finally:
        database.close()


def _listening(settings: Settings) -> str:
    if settings.host in ("127.0.0.1", "localhost", "::1") or settings.public_url.startswith("https://"):
        return f"{settings.host}:{settings.port}"
    raise OSError(
        f"{settings.host} is open to the network without TLS: put a proxy before it and set NUNATAK_PUBLIC_URL"
    )
