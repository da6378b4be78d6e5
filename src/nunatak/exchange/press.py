"""The press: parts and pictures to the file of any format; what runs in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from nunatak.core.work import LandscapeExportOptions, LandscapeExportType
from nunatak.drawing.bundled import fonts
from nunatak.drawing.scene import Scene
from nunatak.exchange import csv, html, import_json, llms, markdown, pdf, version_json
from nunatak.exchange.landscape import DiagramShown, LandscapeParts


class Format(NamedTuple):
    """What a file of a type is: its media type, and how its name ends."""

    media: str
    suffix: str


FORMATS: dict[LandscapeExportType, Format] = {
    "json": Format("application/json", ".json"),
    "object-csv": Format("text/csv; charset=utf-8", "-objects.csv"),
    "connection-csv": Format("text/csv; charset=utf-8", "-connections.csv"),
    "markdown": Format("text/markdown; charset=utf-8", ".md"),
    "html": Format("text/html; charset=utf-8", ".html"),
    "pdf": Format("application/pdf", ".pdf"),
    "llms": Format("text/plain; charset=utf-8", ".txt"),
}
# The types that show diagrams, and by which themes.
PICTURED: dict[LandscapeExportType, tuple[str, ...]] = {"html": ("light", "dark"), "pdf": ("light",)}


def pressed(parts: bytes, kind: str, options: bytes, scenes: Mapping[tuple[str, str], bytes]) -> bytes:
    """The file of a type of LandscapeParts and LandscapeExportOptions, both as JSON. `scenes` are the diagrams' scenes
    as JSON, by diagram id and theme. Raises DrawingFailed for a scene that can't be drawn."""
    loaded = msgspec.json.decode(parts, type=LandscapeParts)
    pictured = replace(loaded, diagrams=[_pictured(view, scenes) for view in loaded.diagrams])
    return _written(pictured, kind, msgspec.json.decode(options, type=LandscapeExportOptions))


def _pictured(view: DiagramShown, scenes: Mapping[tuple[str, str], bytes]) -> DiagramShown:
    found = {theme: scenes[view.diagram.id, theme] for theme in ("light", "dark") if (view.diagram.id, theme) in scenes}
    return replace(view, **{theme: msgspec.json.decode(data, type=Scene) for theme, data in found.items()})


def _written(parts: LandscapeParts, kind: str, options: LandscapeExportOptions) -> bytes:
    match kind:
        case "json":
            return import_json.write(parts) if options.schema == "v2" else version_json.write(parts)
        case "object-csv":
            return csv.write_objects(parts, mark=True).encode()
        case "connection-csv":
            return csv.write_connections(parts, mark=True).encode()
        case "markdown":
            return markdown.write(parts).encode()
        case "html":
            return html.write(parts, fonts()).encode()
        case "pdf":
            wanted = None if options.orientation is UNSET else options.orientation
            return pdf.write(parts, fonts(), orientation=wanted)
        case "llms":
            return llms.write(parts).encode()
    raise ValueError(f"there is no format {kind!r}")
