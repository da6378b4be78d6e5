"""Parts: what every exchange format is read into, with the file's own ids; nothing here is stored yet."""

from __future__ import annotations

from nunatak.core.diagram import Connector, DiagramObjectShape, DiagramObjectType, DiagramType, Point
from nunatak.core.fields import Caption, Coordinate, Description, Extent, Labels, LineShape, Name, Percent, Struct
from nunatak.core.flow import FlowStepType, StepText
from nunatak.core.model import ModelConnectionDirection, ModelStatus
from nunatak.core.tag import TagColor, TagGroupIcon


class LinkPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A link from the model to what really runs."""

    url: str
    name: str = ""


class ObjectPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A model object. `parent_id` None means the domain's root; `technologies` and `icon` are names, not ids;
    `group_ids` lists every group around it, inner and outer."""

    id: str
    type: DiagramObjectType
    name: Name
    parent_id: str | None = None
    caption: Caption = ""
    description: Description = ""
    external: bool = False
    status: ModelStatus = "live"
    technologies: list[str] = []
    icon: str | None = None
    tags: list[str] = []
    group_ids: list[str] = []
    links: list[LinkPart] = []
    labels: Labels = {}


class ConnectionPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A model connection from its initiator to its receiver; all ids are of object parts."""

    id: str
    name: Name
    origin_id: str
    target_id: str
    description: Description = ""
    direction: ModelConnectionDirection | None = "outgoing"
    status: ModelStatus = "live"
    technologies: list[str] = []
    tags: list[str] = []
    via_id: str | None = None
    links: list[LinkPart] = []
    labels: Labels = {}


class TagGroupPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A family of tags."""

    id: str
    name: Name
    icon: TagGroupIcon


class TagPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tag of one family."""

    id: str
    name: Name
    color: TagColor
    group_id: str


class PlacedPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A placed object: top-left corner in diagram units on the grid of 4; size 0 means the type's default, and areas
    are sized round what they hold. Outer areas come before inner ones, areas before boxes."""

    id: str
    model_id: str
    shape: DiagramObjectShape = "box"
    x: Coordinate
    y: Coordinate
    width: Extent = 0
    height: Extent = 0


class DrawnPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A drawn connection between two placed parts' ids of the same diagram; a missing connector is the renderer's."""

    id: str
    model_id: str | None = None
    origin_id: str
    target_id: str
    line_shape: LineShape = "curved"
    origin_connector: Connector = None
    target_connector: Connector = None
    label_position: Percent = 50
    points: list[Point] = []


class DiagramPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A diagram with its content; `model_id` None means the domain's root."""

    id: str
    name: Name
    type: DiagramType
    model_id: str | None = None
    description: Description = ""
    objects: list[PlacedPart] = []
    connections: list[DrawnPart] = []


class PathPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One way out of a fork of a flow."""

    id: str
    name: str


class StepPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A step of a flow. `origin_id` and `target_id` are placed parts and `via_id` a drawn part of the flow's diagram;
    `path_id` is the way out of an earlier fork that the step is on, `paths` are a fork's own."""

    id: str
    type: FlowStepType
    description: StepText = ""
    origin_id: str | None = None
    target_id: str | None = None
    via_id: str | None = None
    path_id: str | None = None
    paths: list[PathPart] = []


class FlowPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A story over a diagram, its steps in their order."""

    id: str
    name: Name
    diagram_id: str
    steps: list[StepPart] = []


class Parts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that a file holds for one domain of a landscape. Parents come before their children. `warnings` say, a
    sentence each, what of the file was left out."""

    name: Name = ""
    description: Description = ""
    objects: list[ObjectPart] = []
    connections: list[ConnectionPart] = []
    tag_groups: list[TagGroupPart] = []
    tags: list[TagPart] = []
    diagrams: list[DiagramPart] = []
    flows: list[FlowPart] = []
    warnings: list[str] = []
