"""The catalog's file: technologies in one piece, icons in blocks, so that one is read without the rest."""

from __future__ import annotations

import hashlib
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from nunatak.core.catalog import Provider, TechnologyType
from nunatak.core.tag import TagColor

BLOCK = 64  # technologies whose icons are read together
Theme = Literal["light", "dark"]


class Entry(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A technology as the file has it; `hex` is its brand's colour, and `icon` whether there is one."""

    id: str
    slug: str
    slugs: list[str]
    name: str
    name_short: str = ""
    hex: str = ""
    color: TagColor
    provider: Provider | None = None
    type: TechnologyType | None = None
    website_url: str = ""
    icon: bool = False


class CatalogFile:
    """The file at a path. `digest` names its content; the technologies stand in the order of their names."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        self.entries: tuple[Entry, ...] = msgspec.json.decode(self._read("technologies.json"), type=tuple[Entry, ...])
        self._blocks = {entry.slug: place // BLOCK for place, entry in enumerate(self.entries) if entry.icon}
        self._icons = lru_cache(maxsize=8)(self._block)

    def icon(self, slug: str, theme: Theme) -> str | None:
        """The SVG markup of an icon on a 24 x 24 box, for a light or a dark ground; None where there is none."""
        block = self._blocks.get(slug)
        if block is None:
            return None
        versions = self._icons(block)[slug]
        return versions[0 if theme == "light" else -1]

    def _block(self, number: int) -> dict[str, list[str]]:
        return msgspec.json.decode(self._read(f"icons/{number}.json"), type=dict[str, list[str]])

    def _read(self, name: str) -> bytes:
        with zipfile.ZipFile(self._path) as file:
            return file.read(name)
