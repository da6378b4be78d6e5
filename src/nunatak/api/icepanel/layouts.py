"""Layouts: diagrams put in order, and diagrams made from the model. All of them are our own operations."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from nunatak.api.icepanel.forms import record
from nunatak.api.icepanel.operation import Call, Operations
from nunatak.api.icepanel.resource import actor_of, path_of
from nunatak.api.icepanel.table import DIAGRAMS, VERSION_PATH
from nunatak.core.diagram import Diagram, DiagramContent
from nunatak.core.fields import Name
from nunatak.core.kinds import DIAGRAM_CONTENT
from nunatak.render.layout.graph import Direction
from nunatak.render.layout.layout import Wanted
from nunatak.services import entities, generations, layouts

OPERATIONS = Operations()

_TOWARD: dict[str, Any] = {"direction": Direction | UnsetType}
LayoutBody = record("DiagramLayout", {**_TOWARD, "pinned_ids": list[str] | UnsetType, "only_new": bool | UnsetType})
MakeBody = record("DiagramFromModel", {**_TOWARD, "name": Name | UnsetType})
GenerateBody = record("DiagramsFromModel", _TOWARD)
LaidAnswer = record("DiagramLayoutAnswer", {"diagram_content": DiagramContent})
MadeAnswer = record("DiagramFromModelAnswer", {"diagram": Diagram, "diagram_content": DiagramContent})
GeneratedAnswer = record("DiagramsFromModelAnswer", {"diagrams": list[Diagram]})

operation = OPERATIONS.operation


@operation(
    "diagrams.layout",
    "POST",
    f"{DIAGRAMS.one_path}/layout",
    body=LayoutBody,
    body_optional=True,
    answer=LaidAnswer,
    own=True,
)
def lay_out(call: Call[Any]) -> dict[str, Any]:
    """Lays out a diagram: what is pinned stays, and with `onlyNew` all but objects that lie on others."""
    content = layouts.lay_out(call.service, actor_of(call), path_of(call), call.path["diagramId"], _wanted(call))
    return {"diagramContent": content}


@operation(
    "model.objects.diagram",
    "POST",
    f"{VERSION_PATH}/model/objects/{{modelObjectId}}/diagram",
    body=MakeBody,
    body_optional=True,
    answer=MadeAnswer,
    own=True,
)
def make(call: Call[Any]) -> dict[str, Any]:
    """Makes a diagram of what is below a root, system, app or store, with its neighbours, laid out."""
    name = None if call.body is None or call.body.name is UNSET else call.body.name
    owner_id = call.path["modelObjectId"]
    diagram = generations.create(call.service, actor_of(call), path_of(call), owner_id, name=name, wanted=_wanted(call))
    content = entities.get(call.service, actor_of(call), DIAGRAM_CONTENT, path_of(call), diagram.id)
    return {"diagram": diagram, "diagramContent": content}


@operation(
    "diagrams.generate",
    "POST",
    f"{DIAGRAMS.path}/generate",
    body=GenerateBody,
    body_optional=True,
    answer=GeneratedAnswer,
    own=True,
)
def generate(call: Call[Any]) -> dict[str, Any]:
    """Makes a diagram for each level of the model that has none."""
    return {"diagrams": generations.missing(call.service, actor_of(call), path_of(call), _wanted(call))}


def _wanted(call: Call[Any]) -> Wanted:
    given = {} if call.body is None else {
        name: value
        for name in Wanted.__struct_fields__
        if (value := getattr(call.body, name, UNSET)) is not UNSET
    }  # fmt: skip
    return replace(
        Wanted(), **{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    )
