"""`nunatak convert`: drawings to pages with their tags, without a server."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from nunatak.cli import tags
from nunatak.cli.paper import Page, Sheet
from nunatak.cli.progress import steps
from nunatak.core.drawing_annotation import FoundAnnotation
from nunatak.core.errors import Invalid, TooLarge
from nunatak.documents import detected
from nunatak.documents.detected import Answer, Found
from nunatak.documents.marks import Links
from nunatak.documents.match import Options
from nunatak.jobs.pool import Pool, WorkerDied
from nunatak.services.service import Apart
from nunatak.settings import Settings
from nunatak.wiring import apart as apart_within

_RESIDENT_MB = 700  # a worker with the text reader's networks in memory keeps them for the next page
_COLUMNS = ("file", "page", "text", "tag", "confidence", "left", "top", "right", "bottom", "svg")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which files, where to, and with which tags: those in `columns` of the file `tags`, found as the API does."""

    files: Sequence[Path]
    output: Path
    tags: Path | None = None
    columns: Sequence[str] = ("name",)
    partial_match: bool = False
    min_tokens: int = 2
    grayscale: bool = True

    @property
    def options(self) -> Options:
        """How tags are matched."""
        return Options(search_field=tags.FIELD, partial_match=self.partial_match, min_tokens=self.min_tokens)


def run(wanted: Wanted, settings: Settings) -> bool:
    """Converts all files, writes the hits beside the pages, and says whether all went well. Prints a path a line;
    what goes wrong is told on stderr."""
    entities = tags.read(wanted.tags, wanted.columns) if wanted.tags else []
    try:
        wanted.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        expected = f"--output: expected a folder, got {wanted.output}: {error.strerror}"
        raise Invalid("There is nowhere to write to", (expected,)) from None
    sheets = _sheets(wanted)
    with _workers(settings) as apart, ThreadPoolExecutor(settings.render_workers) as threads, steps() as progress:
        list(threads.map(partial(Sheet.look, apart=apart), sheets))
        pages = [page for sheet in sheets for page in sheet.pages]
        progress.expect(2 * len(pages))
        list(threads.map(partial(Page.read, progress=progress), pages))
        warnings = _find(apart, sheets, entities, wanted.options) if entities else []
        links = Links({("externalId", name): one.stem for one in reversed(sheets) for name in one.names})
        draw = partial(Page.draw, links=links, grayscale=wanted.grayscale, progress=progress)
        list(threads.map(draw, pages))
    _write(wanted.output, sheets, warnings, with_tags=bool(entities))
    return _told(sheets, warnings)


def _sheets(wanted: Wanted) -> list[Sheet]:
    """A sheet for each file, each with a stem of its own."""
    taken: set[str] = set()
    sheets = []
    for path in wanted.files:
        stem = next(one for one in _stems(path.stem) if one not in taken)
        taken.add(stem)
        sheets.append(Sheet(path=path, stem=stem, output=wanted.output))
    return sheets


def _stems(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}.{number}"
        number += 1


@contextmanager
def _workers(settings: Settings) -> Iterator[Apart]:
    """Processes with the limits that a server's have."""
    pool = Pool(settings.render_workers, memory_mb=settings.render_memory_mb, resident_mb=_RESIDENT_MB)
    pool.start()
    try:
        yield partial(apart_within, pool, settings.render_seconds)
    finally:
        pool.stop()


def _find(apart: Apart, sheets: Sequence[Sheet], entities: tags.Entities, options: Options) -> list[str]:
    """Looks for the tags on all pages at once, and tells each sheet its own."""
    texts = msgspec.json.encode([[page.text for page in sheet.pages if page.text] for sheet in sheets])
    try:
        found = apart(detected.found, texts, msgspec.json.encode(entities), options)
    except (WorkerDied, MemoryError):
        raise TooLarge("So many tags on so many pages need more memory than a process may have") from None
    answer = msgspec.json.decode(found, type=Answer)
    for sheet, own in zip(sheets, answer.files, strict=True):
        sheet.found = own
        for page in sheet.pages:
            page.annotations = msgspec.convert(_on(own, page.number), list[FoundAnnotation])
    return answer.warnings


def _on(found: Found, number: int) -> list[dict[str, Any]]:
    return [one for one in found.annotations if one["region"]["page"] == number]


def _write(output: Path, sheets: Sequence[Sheet], warnings: Sequence[str], *, with_tags: bool) -> None:
    """The hits as JSON, in the form of the API's answers, and as a table."""
    report = {"items": [sheet.report() for sheet in sheets], "warnings": list(warnings)}
    (output / "hits.json").write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")
    if with_tags:
        with (output / "hits.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(_COLUMNS)
            table.writerows(row for sheet in sheets for row in sheet.rows())


def _told(sheets: Sequence[Sheet], warnings: Sequence[str]) -> bool:
    for sheet in sheets:
        for page in sheet.pages:
            for path in page.written:
                print(path)
    errors = [f"{sheet.path}: {error}" for sheet in sheets for error in sheet.errors()]
    for line in (*(f"note: {warning}" for warning in warnings), *(f"nunatak: {error}" for error in errors)):
        print(line, file=sys.stderr)
    hits = sum(len(sheet.found.annotations) for sheet in sheets if sheet.found)
    pages = sum(len(sheet.pages) for sheet in sheets)
    counts = (
        _counted(len(sheets), "file"),
        _counted(pages, "page"),
        _counted(hits, "tag"),
        _counted(len(errors), "error"),
    )
    print("{}, {}, {} found, {}".format(*counts), file=sys.stderr)
    return not errors


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
