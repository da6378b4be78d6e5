"""Descriptions that are made from the model."""

from __future__ import annotations

from typing import Any

from msgspec import UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, chosen, path_of
from nunatak.api.icepanel.table import CONNECTIONS, DIAGRAMS
from nunatak.services import descriptions

OPERATIONS = Operations()

_LENGTH: dict[str, Any] = {"type": descriptions.Length}
ConnectionBody = record("ModelConnectionGenerateDescription", _LENGTH)
DiagramContentGenerateDescriptionFilter = record(
    "DiagramContentGenerateDescriptionFilter", {**_LENGTH, "model_object_ids": list[str] | UnsetType}
)
Answer = record("DescriptionAnswer", {"description": str, "message": str})

operation = OPERATIONS.operation


@operation(
    "model.connections.generateDescription",
    "POST",
    f"{CONNECTIONS.one_path}/generate-description",
    body=ConnectionBody,
    answer=Answer,
)
def describe_connection(call: Call[Any]) -> dict[str, Any]:
    """Says in a sentence what a connection does, from the model alone."""
    id_ = call.path["modelConnectionId"]
    told = descriptions.of_connection(call.service, actor_of(call), path_of(call), id_, call.body.type)
    return {"description": told, "message": descriptions.MESSAGE}


@operation(
    "diagrams.content.generateDescription",
    "POST",
    f"{DIAGRAMS.one_path}/content/generate-description",
    body=DiagramContentGenerateDescriptionFilter,
    answer=Answer,
)
def describe_diagram(call: Call[Any]) -> dict[str, Any]:
    """Says in plain sentences what a diagram shows, from the model alone."""
    id_, wanted = call.path["diagramId"], chosen(call.body, "model_object_ids")
    told = descriptions.of_diagram(call.service, actor_of(call), path_of(call), id_, call.body.type, wanted)
    return {"description": told, "message": descriptions.MESSAGE}
