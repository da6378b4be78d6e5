"""The catalog that ships with the package, read when it is first asked for."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from nunatak.catalog.catalog import Catalog
from nunatak.catalog.file import CatalogFile


@cache
def catalog() -> Catalog:
    """The bundled catalog, read once in a process; it never changes."""
    return Catalog(CatalogFile(Path(str(resources.files("nunatak.catalog"))) / "catalog.zip"))
