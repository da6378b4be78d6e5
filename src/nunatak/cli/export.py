"""`nunatak export`: diagrams to files, straight from a data folder or through a running server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec

from nunatak.core.diagram import Diagram, Theme
from nunatak.core.errors import Invalid, NotFound
from nunatak.core.kinds import DIAGRAM, LANDSCAPE
from nunatak.render.draw import draw
from nunatak.render.options import Output
from nunatak.services import exports, places
from nunatak.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which diagrams, as what, and where to."""

    diagram: str | None
    output: Path
    format: str
    theme: str
    max_width: int | None

    @staticmethod
    def checked(
        diagram: str | None, *, every: bool, output: Path, format: str, theme: str, max_width: int | None
    ) -> Wanted:
        """What the options say; raises Invalid naming the one that doesn't fit."""
        if (diagram is None) != every:
            raise Invalid("Which diagram?", ("DIAGRAM: expected the id or handle of a diagram, or else --all",))
        if format not in ("svg", "png"):
            raise Invalid("The format is not known", (f"--format: expected svg or png, got {format}",))
        if theme not in get_args(Theme):
            raise Invalid("The theme is not known", (f"--theme: expected light or dark, got {theme}",))
        if max_width is not None and not 100 <= max_width <= 10_240:
            raise Invalid("The width is out of range", (f"--max-width: expected 100 to 10240, got {max_width}",))
        return Wanted(diagram=diagram, output=output, format=format, theme=theme, max_width=max_width)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A diagram's finished file."""

    diagram: Diagram
    data: bytes
    warnings: Iterable[str] = ()


def run(wanted: Wanted, settings: Settings, *, server: str | None, key: str | None) -> None:
    """Writes every wanted diagram and prints one path a line."""
    wanted.output.mkdir(parents=True, exist_ok=True)
    count = 0
    for drawn in _from_server(wanted, server, key, settings) if server else _from_folder(wanted, settings):
        count += 1
        path = wanted.output / f"{file_name(drawn.diagram)}.{wanted.format}"
        path.write_bytes(drawn.data)
        print(path)
        for warning in drawn.warnings:
            print(f"note: {warning}")
    if not count and wanted.diagram:
        raise NotFound(f"There is no diagram {wanted.diagram}")


def file_name(diagram: Diagram) -> str:
    """A name that says what the diagram is, fits every file system, and is the diagram's alone."""
    words = re.sub(r"[^a-z0-9]+", "-", diagram.name.lower()).strip("-")[:60]
    return f"{words}-{diagram.handle_id}" if words else diagram.handle_id


def _from_folder(wanted: Wanted, settings: Settings) -> Iterator[Drawn]:
    from nunatak.cli.operate import open_service

    service, operator = open_service(settings)
    options = msgspec.json.encode({"theme": wanted.theme})
    output = msgspec.json.encode(Output(max_width=wanted.max_width))
    with service.reading() as unit:
        for land in unit.every(LANDSCAPE, None):
            place = places.place(unit, operator, land.id, places.LATEST, "read")
            for diagram in unit.every(DIAGRAM, place.version_id):
                if wanted.diagram in (None, diagram.id, diagram.handle_id):
                    files = draw(exports.encoded(unit, place, diagram.id), options, output)
                    data = files.svg if wanted.format == "svg" else files.png
                    yield Drawn(diagram=diagram, data=data, warnings=files.warnings)


def _from_server(wanted: Wanted, server: str, key: str | None, settings: Settings) -> Iterator[Drawn]:
    from nunatak.cli.client import Client, stored_key

    client = Client(server, key or stored_key(settings))
    options = {"theme": wanted.theme} | ({"maxWidth": wanted.max_width} if wanted.max_width else {})
    for diagram in client.diagrams():
        if wanted.diagram in (None, diagram.id, diagram.handle_id):
            record = client.export(diagram, options)
            url = record.file_urls.svg if wanted.format == "svg" else record.file_urls.png
            warnings = record.warnings or ()
            yield Drawn(diagram=diagram, data=client.fetch(url), warnings=warnings)
