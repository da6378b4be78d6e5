"""`nunatak doctor`: looks at an installation and says what is wrong with it."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from nunatak import __version__
from nunatak.cli.faults import cause
from nunatak.cli.safety import unsafe
from nunatak.core.errors import Refusal
from nunatak.documents import reader
from nunatak.render.draw import draw
from nunatak.render.picture import Picture, Thing
from nunatak.settings import Settings
from nunatak.store.database import Database
from nunatak.store.migrations import revision
from nunatak.wiring import now

_SAMPLE = Picture(id="doctor", name="Doctor", things=[Thing(id="a", model_id="a", type="app", x=0, y=0, name="A")])


def run(settings: Settings, strangers: Sequence[str] = ()) -> None:
    """Prints a line a check, and one for each of the `strangers`: words on variables that look like settings and are
    none. Raises SystemExit(1) when a check failed, SystemExit(2) when all works and something is unsafe."""
    failed = 0
    print(f"nunatak {__version__}, Python {sys.version.split()[0]}, data in {settings.data.absolute()}")
    for name, check in _checks(settings):
        try:
            print(f"  ok     {name}: {check()}")
        except (Refusal, OSError) as error:
            failed += 1
            print(f"  WRONG  {name}: {cause(error)}")
    risks = [("settings", words) for words in strangers] + _risks(settings)
    for name, words in risks:
        print(f"  UNSAFE {name}: {words}")
    if failed or risks:
        raise SystemExit(1 if failed else 2)


def _risks(settings: Settings) -> list[tuple[str, str]]:
    try:
        return list(unsafe(settings))
    except Refusal as refusal:
        return [("secret", f"{refusal.message}: {refusal.errors[0]}")]


def _checks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "drawing", _drawing
    yield "scans", _scans
    yield "data folder", lambda: _private(settings.data, "run `nunatak serve` once")
    for name in ("secret", "admin-api-key"):
        if (settings.data / name).exists():
            yield name, lambda name=name: _private(settings.data / name, "")  # type: ignore[misc]
    yield "database", lambda: _database(settings)


def _drawing() -> str:
    files = draw(msgspec.json.encode(_SAMPLE))
    return f"a box is {len(files.svg):,} bytes of SVG and {len(files.png):,} bytes of PNG"


def _scans() -> str:
    if reader.installed():
        return "text of drawings that is drawn, not written, is read"
    return "text of drawings that is drawn, not written, isn't read: that needs nunatak[ocr]"


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
