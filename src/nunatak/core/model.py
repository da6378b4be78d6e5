"""The model: objects in a hierarchy and the connections between them."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from nunatak.core.fields import Caption, Derived, Description, IdList, Labels, Map, Name, Number, Struct, Versioned
from nunatak.core.reality import RealityConnector

ModelObjectType = Literal["actor", "app", "component", "group", "root", "store", "system"]
ModelStatus = Literal["deprecated", "future", "live", "removed"]
ModelConnectionDirection = Literal["outgoing", "bidirectional"]
RealityLinkStatus = Literal["valid", "invalid"]

# Which types may stand under which (the C4 levels; a group's parent may be the root or a group).
PARENTS: dict[str, tuple[str, ...]] = {
    "root": (),
    "actor": ("root",),
    "system": ("root",),
    "group": ("root", "group"),
    "app": ("system",),
    "store": ("system",),
    "component": ("app", "store"),
}


class ModelObjectIcon(Struct, frozen=True, kw_only=True):
    """The technology whose picture a card shows."""

    catalog_technology_id: str
    name: str
    url: str | UnsetType = UNSET
    url_dark: str | UnsetType = UNSET
    url_light: str | UnsetType = UNSET


class RealityLink(Struct, frozen=True, kw_only=True):
    """A link from the model to what really runs: a page, a repository, a file."""

    connection_resolve_url: str | UnsetType = UNSET
    connector: RealityConnector | UnsetType = UNSET
    custom_name: str | UnsetType | None = UNSET
    index: Number = 0
    url: str | UnsetType = UNSET
    id: Derived[str]
    error_message: Derived[str | UnsetType] = UNSET
    name: Derived[str | UnsetType] = UNSET
    status: Derived[RealityLinkStatus | UnsetType] = UNSET


class ModelObjectDiagram(Struct, frozen=True, kw_only=True):
    """Where an object is placed: diagram `id`, diagram object `object_id`."""

    id: str
    object_id: str


class ModelConnectionDiagram(Struct, frozen=True, kw_only=True):
    """Where a connection is drawn, and between which model objects there."""

    connection_id: str
    id: str
    origin_model_id: str
    target_model_id: str


class FlowReference(Struct, frozen=True, kw_only=True):
    """A step of a flow that uses the thing."""

    id: str
    step_id: str


class ModelObject(Versioned, frozen=True, kw_only=True):
    """A box of the model. The derived fields are kept true by the server after every write."""

    name: Name
    type: ModelObjectType
    parent_id: str | None
    caption: Caption | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    external: bool = False
    group_ids: IdList = []
    icon: ModelObjectIcon | None = None
    labels: Labels = {}
    links: Map[RealityLink] = {}
    status: ModelStatus = "live"
    tag_ids: IdList = []
    team_ids: IdList = []
    team_only_editing: bool = False
    technology_ids: IdList = []
    domain_id: str = ""
    child_diagram_ids: Derived[list[str]] = []
    child_ids: Derived[list[str]] = []
    diagrams: Derived[dict[str, ModelObjectDiagram]] = {}
    flows: Derived[dict[str, FlowReference]] = {}
    linked: Derived[bool] = False
    parent_ids: Derived[list[str]] = []


class ModelConnection(Versioned, frozen=True, kw_only=True):
    """A line of the model, from its initiator (`origin_id`) to its receiver."""

    name: Name
    origin_id: str
    target_id: str
    direction: ModelConnectionDirection | None
    description: Description | UnsetType = UNSET
    labels: Labels = {}
    links: Map[RealityLink] = {}
    status: ModelStatus = "live"
    tag_ids: IdList = []
    technology_ids: IdList = []
    via_id: str | None = None
    diagrams: Derived[dict[str, ModelConnectionDiagram]] = {}
    flows: Derived[dict[str, FlowReference]] = {}
    linked: Derived[bool] = False
