"""`nunatak export`: diagrams to files, straight from a data folder or through a running server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec

from nunatak.core.diagram import Diagram, ExportFormat, Theme
from nunatak.core.errors import Invalid, NotFound
from nunatak.core.flow import Flow
from nunatak.core.kinds import DIAGRAM, FLOW, LANDSCAPE
from nunatak.render.draw import draw
from nunatak.render.options import Output
from nunatak.services import exports, places
from nunatak.settings import Settings

# How each format's files end.
SUFFIXES: dict[str, str] = {"svg": ".svg", "png": ".png"} | {str(name): end for name, end in exports.SUFFIXES.items()}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which diagrams, with which flow told, as what, and where to."""

    diagram: str | None
    flow: str | None
    every: bool
    output: Path
    format: str
    theme: str
    max_width: int | None

    def check(self) -> None:
        """Raises Invalid naming the option that doesn't fit."""
        if [self.diagram is not None, self.flow is not None, self.every].count(True) != 1:
            expected = "DIAGRAM: expected the id or handle of a diagram, or else --all or --flow"
            raise Invalid("Which diagram?", (expected,))
        if self.format not in (allowed := ("svg", "png", "pdf", *(("film", "pages", "steps") if self.flow else ()))):
            expected = f"--format: expected {', '.join(allowed[:-1])} or {allowed[-1]}, got {self.format}"
            raise Invalid("The format is not known", (expected,))
        if self.theme not in get_args(Theme):
            raise Invalid("The theme is not known", (f"--theme: expected light or dark, got {self.theme}",))
        if self.max_width is not None and not 100 <= self.max_width <= 10_240:
            raise Invalid("The width is out of range", (f"--max-width: expected 100 to 10240, got {self.max_width}",))

    @property
    def more(self) -> ExportFormat | None:
        """The format that is a file besides the SVG and the PNG."""
        return next((format for format in exports.SUFFIXES if format == self.format), None)

    def takes(self, id_: str, handle_id: str) -> bool:
        """Whether a diagram, or the flow where there is one, is meant."""
        return self.every or (self.flow or self.diagram) in (id_, handle_id)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A diagram's, or a flow's, finished file."""

    entity: Diagram | Flow
    data: bytes
    warnings: Iterable[str] = ()


def run(wanted: Wanted, settings: Settings, *, server: str | None, key: str | None) -> None:
    """Writes every wanted diagram and prints one path a line."""
    wanted.output.mkdir(parents=True, exist_ok=True)
    count = 0
    for drawn in _from_server(wanted, server, key, settings) if server else _from_folder(wanted, settings):
        count += 1
        path = wanted.output / f"{file_name(drawn.entity)}{SUFFIXES[wanted.format]}"
        path.write_bytes(drawn.data)
        print(path)
        for warning in drawn.warnings:
            print(f"note: {warning}")
    if not count and not wanted.every:
        raise NotFound(f"There is no flow {wanted.flow}" if wanted.flow else f"There is no diagram {wanted.diagram}")


def file_name(entity: Diagram | Flow) -> str:
    """A name that says what the diagram or flow is, fits every file system, and is its alone."""
    words = re.sub(r"[^a-z0-9]+", "-", entity.name.lower()).strip("-")[:60]
    return f"{words}-{entity.handle_id}" if words else entity.handle_id


def _from_folder(wanted: Wanted, settings: Settings) -> Iterator[Drawn]:
    from nunatak.cli.operate import open_service

    service, operator = open_service(settings)
    options = msgspec.json.encode({"theme": wanted.theme})
    output = msgspec.json.encode(Output(max_width=wanted.max_width, format=wanted.more))
    with service.reading() as unit:
        for land in unit.every(LANDSCAPE, None):
            place = places.place(unit, operator, land.id, places.LATEST, "read")
            for one in unit.every(FLOW if wanted.flow else DIAGRAM, place.version_id):
                if wanted.takes(one.id, one.handle_id):
                    whole = (one.diagram_id, one.id) if isinstance(one, Flow) else (one.id,)
                    files = draw(exports.encoded(unit, place, *whole), options, output)
                    data = {"svg": files.svg, "png": files.png}.get(wanted.format, files.more)
                    yield Drawn(entity=one, data=data, warnings=files.warnings)


def _from_server(wanted: Wanted, server: str, key: str | None, settings: Settings) -> Iterator[Drawn]:
    from nunatak.cli.client import Client, stored_key

    options = {"theme": wanted.theme} | ({"maxWidth": wanted.max_width} if wanted.max_width else {})
    options |= {"format": wanted.more} if wanted.more else {}
    with Client(server, key or stored_key(settings)) as client:
        for one in client.flows() if wanted.flow else client.diagrams():
            if wanted.takes(one.id, one.handle_id):
                told = {"flowId": one.id} if isinstance(one, Flow) else {}
                record = client.export(one, options | told)
                url = str(getattr(record.file_urls, "pdf" if wanted.format == "pages" else wanted.format))
                yield Drawn(entity=one, data=client.fetch(url), warnings=record.warnings or ())
