"""Search, and what depends on what."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, UnsetType

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import DRAFTED, actor_of, asked, chosen, path_of
from nunatak.api.icepanel.table import VERSION_PATH
from nunatak.core.diagram import Diagram
from nunatak.core.expanded import ModelConnectionExport, ModelObjectExport
from nunatak.core.fields import Number
from nunatak.core.flow import Flow
from nunatak.core.model import ModelConnection, ModelObject
from nunatak.services import dependencies, search, takings

OPERATIONS = Operations()
_MODEL = f"{VERSION_PATH}/model"
SearchType = Literal[
    "actor", "app", "component", "group", "root", "store", "system", "app-diagram", "component-diagram",
    "context-diagram", "connection", "flow",
]  # fmt: skip
SearchFilter = record(
    "SearchFilter", {"type": SearchType | Annotated[list[SearchType], Meta(max_length=50)] | UnsetType}
)
SearchQuery = record(
    "SearchQuery",
    {
        "search": str,
        "filter": SearchFilter | UnsetType,
        "include_data": bool | UnsetType,
        "max_results": Number | UnsetType,
        **DRAFTED,
    },
)
SearchResult = record(
    "SearchResult",
    {
        "id": str,
        "name": str,
        "score": Number,
        "type": SearchType,
        "data": Diagram | Flow | ModelConnection | ModelObject | UnsetType,
    },
)
SearchAnswer = record("SearchAnswer", {"results": list[SearchResult]})  # type: ignore[valid-type]
_IDS = str | list[str] | UnsetType
DependenciesFilter = record(
    "ModelDependenciesFilter",
    {"object_ids": _IDS, "object_labels": dict[str, str] | UnsetType, "tag_ids": _IDS, "technology_ids": _IDS},
)
DependenciesQuery = record("ModelDependenciesQuery", {"filter": DependenciesFilter, **DRAFTED})
_Objects = dict[str, ModelObject]
Dependencies = record("Answer", {"incoming": _Objects, "outgoing": _Objects})
DependenciesExport = record(
    "ModelObjectDependenciesExport",
    {
        "incoming_connection_objects": dict[str, list[ModelObjectExport]],
        "incoming_connections": list[ModelConnectionExport],
        "outgoing_connection_objects": dict[str, list[ModelObjectExport]],
        "outgoing_connections": list[ModelConnectionExport],
    },
)
ExportQuery = record("ModelObjectDependenciesQuery", DRAFTED)

operation = OPERATIONS.operation


@operation("landscapes.search", "GET", f"{VERSION_PATH}/search", query=SearchQuery, answer=SearchAnswer)
def find(call: Call[Any]) -> bytes:
    """Finds objects, connections, diagrams and flows by their names."""
    types = asked(call.query).get("type")
    found = search.search(
        call.service,
        actor_of(call),
        path_of(call),
        call.query.search,
        types=[types] if isinstance(types, str) else types,
        most=int(chosen(call.query, "max_results", search.USUAL)),
    )
    with_data = chosen(call.query, "include_data", False)
    return f'{{"results":[{",".join(_result(one, with_data=with_data) for one in found)}]}}'.encode()


def _result(one: search.Found, *, with_data: bool) -> str:
    words = msgspec.json.encode({"id": one.id, "name": one.name, "type": one.type, "score": one.score}).decode()
    return f'{words[:-1]},"data":{one.data}}}' if with_data else words


@operation(
    "model.objects.dependenciesList",
    "GET",
    f"{_MODEL}/dependencies",
    query=DependenciesQuery,
    answer=dict[str, Dependencies],  # type: ignore[valid-type]
)
def list_dependencies(call: Call[Any]) -> bytes:
    """What leads into the chosen objects and out of them, by object id."""
    found = dependencies.listing(call.service, actor_of(call), path_of(call), asked(call.query))
    parts = (f'{_key(id_)}{{"incoming":{_map(one)},"outgoing":{_map(other)}}}' for id_, (one, other) in found.items())
    return f"{{{','.join(parts)}}}".encode()


def _map(texts: dict[str, str]) -> str:
    return f"{{{','.join(f'{_key(id_)}{text}' for id_, text in texts.items())}}}"


def _key(id_: str) -> str:
    return f'"{id_}":'  # ids are letters, digits, hyphens and underscores


@operation(
    "model.objects.export.dependenciesJson",
    "GET",
    f"{_MODEL}/objects/{{modelObjectId}}/dependencies/export/json",
    query=ExportQuery,
    answer=DependenciesExport,
)
def export_dependencies(call: Call[Any]) -> dict[str, Any]:
    """The connections into and out of an object, and who stands at their other ends."""
    id_, path = call.path["modelObjectId"], path_of(call)
    found = dependencies.of_object(call.service, actor_of(call), path, id_)
    if path.draft_id is None:
        takings.note_dependencies(call.service, actor_of(call), path, id_)
    return found
