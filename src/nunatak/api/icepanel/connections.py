"""Model connections: the two writes that may redraw diagrams."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, chosen, given, path_of
from nunatak.api.icepanel.table import CONNECTIONS
from nunatak.core.model import ModelConnection
from nunatak.services import connections
from nunatak.services.connections import Redraw

OPERATIONS = Operations()
_ONE = CONNECTIONS.one_path
_Connector = Literal[
    "top-left", "top-center", "top-right", "right-top", "right-middle", "right-bottom",
    "bottom-right", "bottom-center", "bottom-left", "left-bottom", "left-middle", "left-top",
]  # fmt: skip
_REDRAW: dict[str, Any] = {"update_diagrams": bool | UnsetType}
_CONNECTORS: dict[str, Any] = {"origin_connector": _Connector | UnsetType, "target_connector": _Connector | UnsetType}

RedrawQuery = record("ConnectionUpdateQuery", _REDRAW)
UpsertQuery = record("ConnectionUpsertQuery", {**_CONNECTORS, **_REDRAW})
Answer = record("ModelConnectionAnswer", {"model_connection": ModelConnection})

operation = OPERATIONS.operation


@operation("model.connections.upsert", "PUT", _ONE, body=CONNECTIONS.upsert, query=UpsertQuery, answer=Answer)
def upsert(call: Call[Any]) -> dict[str, Any]:
    """Makes or replaces a connection at the caller's id."""
    return _written(call, whole=True)


@operation("model.connections.update", "PATCH", _ONE, body=CONNECTIONS.partial, query=RedrawQuery, answer=Answer)
def update(call: Call[Any]) -> dict[str, Any]:
    """Changes a connection, and with `updateDiagrams` the lines that show it."""
    return _written(call, whole=False)


def _written(call: Call[Any], *, whole: bool) -> dict[str, Any]:
    redraw = Redraw(
        wanted=chosen(call.query, "update_diagrams", False),
        origin_connector=chosen(call.query, "origin_connector"),
        target_connector=chosen(call.query, "target_connector"),
    )
    id_ = call.path["modelConnectionId"]
    written = connections.write(
        call.service, actor_of(call), path_of(call), id_, given(call.body), whole=whole, redraw=redraw
    )
    return {"modelConnection": written}
