"""Diagrams: what is placed where, and the folders diagrams stand in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from nunatak.core.fields import (
    AuthType,
    Coordinate,
    Derived,
    Description,
    Extent,
    Labels,
    LineShape,
    Map,
    Name,
    Number,
    Own,
    Percent,
    Struct,
    Versioned,
)

DiagramType = Literal["app-diagram", "component-diagram", "context-diagram"]
DiagramStatus = Literal["current"]
DiagramObjectType = Literal["actor", "app", "component", "group", "store", "system"]
DiagramObjectShape = Literal["area", "box"]
Connector = (
    Literal[
        "top-left", "top-center", "top-right", "right-top", "right-middle", "right-bottom",
        "bottom-right", "bottom-center", "bottom-left", "left-bottom", "left-middle", "left-top",
    ]
    | None
)  # fmt: skip

GRID = 4
CONTENT_LIMIT = 5000
# Which type of model object a diagram of this type belongs to.
DIAGRAM_MODELS: dict[str, tuple[str, ...]] = {
    "context-diagram": ("root",),
    "app-diagram": ("system",),
    "component-diagram": ("app", "store"),
}


class Point(Struct, frozen=True, kw_only=True):
    """A point in diagram units."""

    x: Coordinate
    y: Coordinate


class DiagramObject(Struct, frozen=True, kw_only=True):
    """A placed model object: top-left corner and size in diagram units; areas are sized round what they hold."""

    id: str
    model_id: str
    shape: DiagramObjectShape
    type: DiagramObjectType
    x: Coordinate
    y: Coordinate
    width: Extent
    height: Extent


class DiagramConnection(Struct, frozen=True, kw_only=True):
    """A drawn line between two diagram objects; `label_position` in percent of its length."""

    id: str
    model_id: str | None
    origin_id: str | None
    target_id: str | None
    label_position: Percent
    line_shape: LineShape
    origin_connector: Connector
    target_connector: Connector
    points: list[Point] = []


class DiagramComment(Struct, frozen=True, kw_only=True):
    """A comment's pin, in diagram units."""

    id: str
    comment_id: str
    x: Coordinate
    y: Coordinate


class DiagramObjectCount(Struct, frozen=True, kw_only=True):
    """How many objects of each type and shape a diagram holds."""

    actor: Number = 0
    app: Number = 0
    component: Number = 0
    group: Number = 0
    store: Number = 0
    system: Number = 0
    area: Number = 0
    box: Number = 0


class Diagram(Versioned, frozen=True, kw_only=True):
    """A view of the model that belongs to one model object."""

    name: Name
    type: DiagramType
    model_id: str
    index: Number
    description: Description = ""  # older clients need it
    group_id: str | None = None
    labels: Labels = {}
    parent_id: str | None = None
    pinned: bool = False
    pinned_at: datetime | UnsetType = UNSET
    pinned_index: Number | UnsetType = UNSET
    status: DiagramStatus = "current"
    zoom_overrides: dict[str, str] | UnsetType | None = UNSET
    comment_count: Derived[Number] = 0
    connection_count: Derived[Number] = 0
    object_count: Derived[DiagramObjectCount] = DiagramObjectCount()


class DiagramContent(Versioned, frozen=True, kw_only=True):
    """What is on a diagram; has the diagram's id and is written apart from it."""

    objects: Map[DiagramObject] = {}
    connections: Map[DiagramConnection] = {}
    comments: Map[DiagramComment] = {}
    group_id: Derived[str | None] = None
    model_id: Derived[str]
    name: Derived[Name]
    status: Derived[DiagramStatus] = "current"
    type: Derived[DiagramType]
    viewed_at: Derived[datetime | UnsetType] = UNSET
    viewed_by: Derived[AuthType | UnsetType] = UNSET
    viewed_by_id: Derived[str | UnsetType] = UNSET


class DiagramGroup(Versioned, frozen=True, kw_only=True):
    """A folder of diagrams of one model object."""

    name: Name
    model_id: str
    index: Number = 0
    labels: Labels = {}


Theme = Literal["light", "dark"]
ExportTab = Literal["tags", "technology", "status", "teams"]
# A file more than the SVG and the PNG: the whole as PDF; and of a flow, each step as a page, the steps as a moving SVG
# (`film`), or an archive of them.
ExportFormat = Literal["pdf", "pages", "film", "steps"]
MaxWidth = Annotated[int, Meta(ge=100, le=10_240)]


class DiagramExportImageOptions(Struct, frozen=True, kw_only=True):
    """What an image export may be asked for."""

    draft_id: str | UnsetType = UNSET
    flow_id: str | UnsetType = UNSET
    flow_path_ids: list[str] | UnsetType = UNSET
    focus_ids: list[str] | UnsetType = UNSET
    group_id: str | UnsetType = UNSET
    hide_ids: list[str] | UnsetType = UNSET
    max_width: MaxWidth | UnsetType = UNSET
    pin_ids: list[str] | UnsetType = UNSET
    tab: ExportTab | UnsetType = UNSET
    theme: Theme | UnsetType = UNSET
    # Additions of ours: the versions that are compared (the export's own where only one is named), whether what a draft
    # changes is marked.
    from_: Own[str | UnsetType] = msgspec.field(name="from", default=UNSET)
    to: Own[str | UnsetType] = UNSET
    marks: Own[bool | UnsetType] = UNSET
    # And: a clear background, the room round the content in units, a legend and a title under it, the
    # objects that are cut out, PNG pixels a unit, whether the SVG holds its fonts, and a third file.
    background: Own[Literal["canvas", "transparent"] | UnsetType] = UNSET
    padding: Own[Annotated[int, Meta(ge=0, le=1000)] | UnsetType] = UNSET
    legend: Own[bool | UnsetType] = UNSET
    title: Own[bool | UnsetType] = UNSET
    crop_ids: Own[list[str] | UnsetType] = UNSET
    scale: Own[Annotated[float, Meta(ge=0.1, le=8)] | UnsetType] = UNSET
    embed_fonts: Own[bool | UnsetType] = UNSET
    format: Own[ExportFormat | UnsetType] = UNSET
    # A flow as a sequence diagram.
    sequence: Own[bool | UnsetType] = UNSET
