"""The shared catalog: its technologies as entities, found by id, slug, name and site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urlsplit

from msgspec import UNSET

from nunatak.catalog.file import CatalogFile, Entry, Theme
from nunatak.core.catalog import CatalogTechnology
from nunatak.core.kinds import fold

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
MAKER = "catalog"  # who made the shared technologies
ICONS = "/icons/"
_ICON = re.compile(r"/icons/(?:[0-9a-f]{8}/)?([a-z0-9-]{1,200}?)(?:-light|-dark)?\.(?:svg|png)$")


@dataclass(frozen=True, kw_only=True)
class Brand:
    """What the catalog knows of a brand besides the technology: `hex` is its colour, or empty."""

    technology: CatalogTechnology
    hex: str


class Catalog:
    """The technologies of a file. Addresses of icons begin with `icons`, a path below the server's address: whoever
    answers a caller puts that address before it."""

    def __init__(self, file: CatalogFile) -> None:
        self._file = file
        self.icons = f"{ICONS}{file.digest}/"
        self._entries = {entry.id: entry for entry in file.entries}
        self._made: dict[str, CatalogTechnology] = {}

    @cached_property
    def technologies(self) -> Sequence[CatalogTechnology]:
        """All of them, in the order of their names."""
        return [self._technology(entry) for entry in self._file.entries]

    def get(self, id_: str) -> CatalogTechnology | None:
        """The technology with this id, or None."""
        entry = self._entries.get(id_)
        return None if entry is None else self._technology(entry)

    def among(self, ids: Iterable[str]) -> list[CatalogTechnology]:
        """Those of the ids that are there."""
        return [found for id_ in ids if (found := self.get(id_)) is not None]

    def by_slug(self, slug: str) -> CatalogTechnology | None:
        """The technology that a slug leads to, or None."""
        return self.get(self._slugs.get(slug.lower(), ""))

    def by_name(self, name: str) -> CatalogTechnology | None:
        """The technology of this name, short name or slug, whatever its case; names count before slugs."""
        return self.get(self._names.get(fold(name).strip(), ""))

    def by_site(self, url: str) -> Brand | None:
        """The brand whose site an address lies on: the nearest one above the address's host, or None."""
        labels = _host(url).split(".")
        for start in range(len(labels) - 1):
            entry = self._entries.get(self._sites.get(".".join(labels[start:]), ""))
            if entry is not None:
                return Brand(technology=self._technology(entry), hex=entry.hex)
        return None

    def icon(self, technology_id: str, theme: Theme) -> str:
        """The SVG markup of a technology's icon on a 24 x 24 box; empty where there is none."""
        entry = self._entries.get(technology_id)
        return (self._file.icon(entry.slug, theme) or "") if entry else ""

    def icon_at(self, url: str | None, theme: Theme) -> str:
        """The SVG markup of the shared icon that lies at an address, as a suggestion or `icons` gave it; empty for any
        other address."""
        found = _ICON.search(url or "")
        technology = self.by_slug(found[1]) if found else None
        return self.icon(technology.id, theme) if technology else ""

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return {slug: entry.id for entry in self._file.entries for slug in entry.slugs}

    @cached_property
    def _names(self) -> dict[str, str]:
        entries = self._file.entries
        short = {fold(entry.name_short): entry.id for entry in entries if entry.name_short}
        return {**self._slugs, **short, **{fold(entry.name): entry.id for entry in entries}}

    @cached_property
    def _sites(self) -> dict[str, str]:
        """Host -> id; of several technologies on a host the one with the shortest path and name is the brand's."""
        sites: dict[str, str] = {}
        ordered = sorted(self._file.entries, key=lambda e: (len(e.website_url), len(e.name), e.slug))
        for entry in ordered:
            if host := _host(entry.website_url):
                sites.setdefault(host, entry.id)
        return sites

    def _technology(self, entry: Entry) -> CatalogTechnology:
        made = self._made.get(entry.id)
        if made is None:
            made = self._made[entry.id] = _technology(entry, self.icons)
        return made


def _host(url: str) -> str:
    """The host of an address, with or without a scheme before it; empty for what is no address."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def _technology(entry: Entry, icons: str) -> CatalogTechnology:
    light = f"{icons}{entry.slug}-light.svg" if entry.icon else None
    dark = f"{icons}{entry.slug}-dark.svg" if entry.icon else None
    return CatalogTechnology(
        id=entry.id,
        organization_id=None,
        name=entry.name,
        name_short=entry.name_short or UNSET,
        color=entry.color,
        provider=entry.provider,
        restrictions=None,
        type=entry.type,
        icon_url=light,
        icon_url_light=light,
        icon_url_dark=dark,
        status="approved",
        website_url=entry.website_url or UNSET,
        default_slug=entry.slug,
        slugs=entry.slugs,
        created_at=SINCE,
        created_by="service",
        created_by_id=MAKER,
        updated_at=SINCE,
        updated_by="service",
        updated_by_id=MAKER,
    )
