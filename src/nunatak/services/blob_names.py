"""Which blobs records name: several records may name the same one, and what no record names any more is swept."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, structs

from nunatak.core.kinds import DIAGRAM_EXPORT_IMAGE, LANDSCAPE_EXPORT, LANDSCAPE_IMPORT
from nunatak.core.work import DiagramExportImageFileUrls
from nunatak.store.unit import Unit
from nunatak.store.waits import share

if TYPE_CHECKING:
    from nunatak.services.service import BlobStore, Service

# Each record's blobs lie below one of these; nothing else is ever swept.
PICTURES, LANDSCAPE_EXPORTS, IMPORTS = "pictures", "landscape-exports", "imports"
_LOCK = "blob-names"
_BATCH = 100


def safe(unit: Unit, blobs: BlobStore, keys: Iterable[str]) -> bool:
    """Whether all these blobs are there, and stay until the unit ends: a record that it stores may name them."""
    share(unit, _LOCK)
    return all(blobs.exists(key) for key in keys)


def of_urls(urls: DiagramExportImageFileUrls) -> list[str]:
    """The keys of all files of a picture, with the one that says that the others are there."""
    keys = [key for key in structs.asdict(urls).values() if key is not UNSET and key]
    return [*keys, f"{keys[0].rpartition('.')[0]}.json"] if keys else []


def of_import(id_: str) -> str:
    """The key of the file that an import brings in; a store may not tell capitals from small letters."""
    return f"{IMPORTS}/{id_.encode().hex()}.json"


def named(unit: Unit) -> set[str]:
    """The keys that records name now."""
    found: set[str] = set()
    for image in unit.every(DIAGRAM_EXPORT_IMAGE, None):
        found.update(of_urls(image.file_urls))
    found.update(export.file_url for export in unit.every(LANDSCAPE_EXPORT, None) if export.file_url)
    found.update(of_import(each.id) for each in unit.every(LANDSCAPE_IMPORT, None))
    return found


def sweep(service: Service, *, before: datetime, pictures_before: datetime) -> int:
    """Removes the blobs that no record names and that were written before a time, and says how many. Finished pictures
    have a time of their own, for whoever draws the same one finds it there."""
    with service.reading() as unit:
        kept = named(unit)
    ages = ((PICTURES, pictures_before), (LANDSCAPE_EXPORTS, before), (IMPORTS, before))
    orphans = (
        key
        for prefix, limit in ages
        for key, written in list(service.blobs.dated(prefix))
        if written < limit and key not in kept
    )
    return sum(_removed(service, batch) for batch in _batches(orphans))


def _removed(service: Service, keys: list[str]) -> int:
    """Removes those that still nobody names, while nobody can begin to."""
    with service.database.write() as unit:
        unit.lock(_LOCK)
        gone = sorted(set(keys) - named(unit), key=lambda key: (not key.endswith(".json"), key))
        for key in gone:
            service.blobs.delete(key)
        return len(gone)


def _batches(keys: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(itertools.islice(keys, _BATCH)):
        yield batch
