"""A file that `nunatak convert` works on, and its pages: read, drawn and written one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from nunatak.cli import tags
from nunatak.cli.progress import Steps
from nunatak.core.drawing_annotation import FoundAnnotation, Region
from nunatak.core.errors import Refusal
from nunatak.documents import overlay
from nunatak.documents.detected import Found
from nunatak.documents.marks import Links, mark
from nunatak.documents.page import Limits, PageText
from nunatak.services.page_making import Making, guarded, readable
from nunatak.services.service import Apart


@dataclass(kw_only=True, eq=False)
class Page:
    """A page: its words once it was read, the tags on it, and the files that were written."""

    sheet: Sheet
    making: Making
    number: int
    text: PageText | None = None
    annotations: list[FoundAnnotation] = field(default_factory=list)
    written: tuple[Path, ...] = ()
    note: str = ""
    error: str = ""

    def read(self, progress: Steps) -> None:
        """Reads its words; a page without them is drawn all the same."""
        self.text, self.note = readable(self.making.text, self.number)
        progress.done(self.name)

    def draw(self, links: Links, progress: Steps, *, grayscale: bool) -> None:
        """Writes its SVG and its PNG, or remembers why there are none."""
        try:
            self._draw(links, grayscale=grayscale)
        except Refusal as refusal:
            self.error = f"page {self.number}: {refusal.message}"
        except OSError as error:
            self.error = f"page {self.number}: it can't be written: {error.strerror}"
        progress.done(self.name)

    @property
    def name(self) -> str:
        """What its files are called, but for their suffix."""
        return f"{self.sheet.stem}-{self.number}"

    def _draw(self, links: Links, *, grayscale: bool) -> None:
        drawn = self.making.drawn(self.number, grayscale=grayscale)
        marks = [mark(one, links) for one in self.annotations]
        write = partial(overlay.svg, title=self.name)
        svg = guarded(self.making.apart, self.making.check, write, drawn, self.text, marks)
        png = self.making.raster(self.number)
        self.note = drawn.note or self.note
        paths = tuple(self.sheet.output / f"{self.name}.{suffix}" for suffix in ("svg", "png"))
        for path, data in zip(paths, (svg.encode(), png), strict=True):
            path.write_bytes(data)
        self.written = paths


@dataclass(kw_only=True, eq=False)
class Sheet:
    """A file, what its pages are called, and what was found on them."""

    path: Path
    stem: str
    output: Path
    pages: list[Page] = field(default_factory=list)
    found: Found | None = None
    error: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What an entity may call it."""
        return self.path.name, self.path.stem

    def look(self, apart: Apart) -> None:
        """Finds out which pages it has, or remembers why it has none."""
        making = Making(apart=apart, source=self.path, limits=Limits())
        try:
            with self.path.open("rb"):
                pages = making.document().pages
        except OSError as error:
            self.error = f"it can't be read: {error.strerror}"
        except Refusal as refusal:
            self.error = refusal.message
        else:
            self.pages = [Page(sheet=self, making=making, number=page.number) for page in pages]

    def errors(self) -> Iterator[str]:
        """What went wrong."""
        yield from filter(None, (self.error, *(page.error for page in self.pages)))

    def report(self) -> dict[str, Any]:
        """What came of it, in the form of the API's answers."""
        results = [
            {"page": page.number, "svg": page.written[0].name, "png": page.written[1].name}
            | ({"note": page.note} if page.note else {})
            for page in self.pages
            if page.written
        ]
        found = self.found or Found(annotations=[], unmatched=[], ambiguous=[])
        hits = [{**one, "entities": [tags.told(entity) for entity in one["entities"]]} for one in found.annotations]
        errors = list(self.errors())
        return {
            "file": str(self.path),
            **({"errorMessage": ", ".join(errors)} if errors else {}),
            "results": results,
            "annotations": hits,
            "unmatched": [_doubt(one) for one in found.unmatched],
            "ambiguous": [_doubt(one) for one in found.ambiguous],
        }

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """A row for each tag and entity."""
        for one in self.found.annotations if self.found else ():
            number = one["region"]["page"]
            box = [round(side, 5) for side in msgspec.convert(one["region"], Region).bounds]
            for entity in one["entities"]:
                name = entity[tags.FIELD][0]
                yield str(self.path), number, one["text"], name, one["confidence"], *box, f"{self.stem}-{number}.svg"


def _doubt(one: dict[str, Any]) -> dict[str, Any]:
    candidates = [{**each, "entity": tags.told(each["entity"])} for each in one["candidates"]]
    return {**one, "candidates": candidates}
