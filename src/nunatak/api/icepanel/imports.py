"""Landscape imports on the wire: a file as JSON or YAML, and what became of it."""

from __future__ import annotations

from typing import Any

from msgspec import UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, path_of
from nunatak.api.icepanel.table import VERSION_PATH
from nunatak.core.import_file import LandscapeImportData
from nunatak.core.work import LandscapeImport
from nunatak.exchange import import_text
from nunatak.services import landscape_imports

OPERATIONS = Operations()
_IMPORTS = f"{VERSION_PATH}/import"

ImportQuery = record("LandscapeImportQuery", {"prune": bool | UnsetType})
ImportAnswer = record("LandscapeImportAnswer", {"landscape_import": LandscapeImport})

operation = OPERATIONS.operation


@operation(
    "landscapes.import.create",
    "POST",
    _IMPORTS,
    query=ImportQuery,
    body=LandscapeImportData,
    body_optional=True,
    body_types=("application/json", "application/yaml"),
    read=import_text.as_json,
    answer=ImportAnswer,
)
def create(call: Call[Any]) -> dict[str, Any]:
    """Brings a file into a landscape, all of it or nothing; poll the answer's id until `completedAt`."""
    made = landscape_imports.create(call.service, actor_of(call), path_of(call), call.body, prune=call.query.prune)
    return {"landscapeImport": made}


@operation("landscapes.import.get", "GET", f"{_IMPORTS}/{{landscapeImportId}}", answer=ImportAnswer)
def get(call: Call[Any]) -> dict[str, Any]:
    """An import, and every entry that was wrong."""
    id_ = call.path["landscapeImportId"]
    return {"landscapeImport": landscape_imports.get(call.service, actor_of(call), path_of(call), id_)}
